from collections.abc import Sequence

from fastapi import FastAPI

from fastapi_todo_kit import ChangeRefused, Host, OnChange, TodoKitSettings, Transaction, todo_router
from fastapi_todo_kit.changes import ChangeEvent, TodoDeleted


async def keep_what_is_audited(events: Sequence[ChangeEvent], _transaction: Transaction) -> None:
    if any(isinstance(event, TodoDeleted) for event in events):
        raise ChangeRefused("Todos are kept until the audit is over.")


async def get_current_user() -> str:
    return "ann"


app = FastAPI()
host = Host(current_user=get_current_user, on_change=OnChange(before_commit=keep_what_is_audited))
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
