from dataclasses import dataclass
from typing import Annotated

from fastapi import FastAPI, Header

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


@dataclass
class User:
    id: str
    token_scopes: frozenset[str] | None


async def get_current_user(x_read_only: Annotated[bool, Header()] = False) -> User:
    return User("ann", frozenset({"todos:read"}) if x_read_only else None)


def scopes(user: User) -> frozenset[str] | None:
    return user.token_scopes


app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user, scopes=scopes)), prefix="/api")
