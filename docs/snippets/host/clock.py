from datetime import UTC, datetime

from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, clock=lambda: datetime(2027, 1, 1, 9, tzinfo=UTC))
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
