from datetime import timedelta

from fastapi import FastAPI

from fastapi_todo_kit import Host, Limits, TodoKitSettings, todo_router

settings = TodoKitSettings(  # or TODO_KIT_NAME=board and so on in the environment
    name="board",
    namespace="customers",
    tags=("Board",),
    limits=Limits(lists_per_space=20, subtask_depth=1),
    require_if_match=True,
    trash_retention=timedelta(days=7),
)


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
app.include_router(todo_router(settings, Host(current_user=get_current_user)), prefix="/api")
