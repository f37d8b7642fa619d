from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"  # your own dependency goes here: whatever it returns, its `id` is the user


app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")
