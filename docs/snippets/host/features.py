from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
tasks = todo_router(TodoKitSettings(), Host(current_user=get_current_user), features={"lists", "todos"})
app.include_router(tasks, prefix="/api")
