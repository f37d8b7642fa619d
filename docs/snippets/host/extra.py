from datetime import date

from fastapi import FastAPI
from pydantic import BaseModel

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


class Invoice(BaseModel):
    number: str
    amount: float = 0
    issued: date | None = None
    tags: list[str] = []


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, extra=Invoice)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
