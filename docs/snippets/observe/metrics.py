from fastapi import FastAPI
from prometheus_client import make_asgi_app

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


async def get_current_user() -> str:
    return "ann"  # your own dependency goes here


app = FastAPI()
app.include_router(todo_router(TodoKitSettings(metrics=True), Host(current_user=get_current_user)), prefix="/api")
app.mount("/metrics", make_asgi_app())  # not open to the world
