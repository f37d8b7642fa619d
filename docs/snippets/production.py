from fastapi import FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, production_middleware, todo_router


async def get_current_user() -> str:
    return "ann"  # your own dependency goes here


settings = TodoKitSettings()
app = FastAPI(middleware=production_middleware(settings))
app.include_router(todo_router(settings, Host(current_user=get_current_user)), prefix="/api")
