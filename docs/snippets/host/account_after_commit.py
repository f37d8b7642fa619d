from collections.abc import Sequence

import msgspec
from fastapi import FastAPI

from fastapi_todo_kit import Host, OnAccount, TodoKitSettings, auth_router, todo_router
from fastapi_todo_kit.account_events import AccountEvent

audit: list[bytes] = []  # stands for your audit log


async def write_down(events: Sequence[AccountEvent]) -> None:
    audit.extend(msgspec.json.encode(event) for event in events)


settings = TodoKitSettings()
host = Host(on_account=OnAccount(after_commit=write_down))
app = FastAPI()
app.include_router(auth_router(settings, host), prefix="/auth")
app.include_router(todo_router(settings, host), prefix="/api")
