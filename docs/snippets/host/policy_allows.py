from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import FastAPI, Header

from fastapi_todo_kit import Access, Action, Host, RolePolicy, TodoKitSettings, todo_router


class AuthorsDelete(RolePolicy):
    """Lets only those delete a todo who made it."""

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        if action is Action.DELETE_TODO and record is not None and record["created_by"] != access.principal.user_id:
            return False
        return super().allows(access, action, record)


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


async def get_tenant() -> str:
    return "acme"


app = FastAPI()
host = Host(current_user=get_current_user, space=get_tenant, policy=AuthorsDelete())
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
