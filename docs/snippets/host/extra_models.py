from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from fastapi_todo_kit import ExtraModels, Host, TodoKitSettings, todo_router


class Invoice(BaseModel):
    number: str


class Folder(BaseModel):
    model_config = ConfigDict(extra="allow")  # takes fields that it does not declare

    shelf: int = 1


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, extra=ExtraModels(todo=Invoice, list=Folder))
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
