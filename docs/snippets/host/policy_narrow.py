from typing import Annotated

from fastapi import FastAPI, Header
from sqlalchemy import ColumnElement, FromClause

from fastapi_todo_kit import Access, Host, Membership, RolePolicy, TodoKitSettings, todo_router
from fastapi_todo_kit.policy import Entity


class OwnTodos(RolePolicy):
    """Shows everybody but the owner only the todos that they made themselves."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        if entity != "todo" or access.role == "owner":
            return None
        return rows.c.created_by == access.principal.user_id


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


async def get_membership(x_role: Annotated[str, Header()]) -> Membership:
    return Membership("acme", x_role)  # yours looks the role up


app = FastAPI()
host = Host(current_user=get_current_user, space=get_membership, policy=OwnTodos())
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
