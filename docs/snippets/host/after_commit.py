from collections.abc import Sequence

import msgspec
from fastapi import FastAPI

from fastapi_todo_kit import Host, OnChange, TodoKitSettings, todo_router
from fastapi_todo_kit.changes import ChangeEvent

sent: list[bytes] = []  # stands for your broker


async def publish(events: Sequence[ChangeEvent]) -> None:
    sent.extend(msgspec.json.encode(event) for event in events)


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, on_change=OnChange(after_commit=publish))
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
