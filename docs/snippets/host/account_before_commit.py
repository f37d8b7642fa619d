from collections.abc import Sequence

from fastapi import FastAPI

from fastapi_todo_kit import ChangeRefused, Host, OnAccount, TodoKitSettings, Transaction, auth_router, todo_router
from fastapi_todo_kit.account_events import AccountEvent, LoggedIn


async def keep_out(events: Sequence[AccountEvent], _: Transaction) -> None:
    for event in events:
        if isinstance(event, LoggedIn) and event.address == "203.0.113.9":
            raise ChangeRefused("Logging in from there is not possible.")


settings = TodoKitSettings()
host = Host(on_account=OnAccount(before_commit=keep_out))
app = FastAPI()
app.include_router(auth_router(settings, host), prefix="/auth")
app.include_router(todo_router(settings, host), prefix="/api")
