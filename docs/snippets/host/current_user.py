from dataclasses import dataclass
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


@dataclass
class User:
    id: int
    name: str


USERS = {"ann": User(1, "Ann"), "bob": User(2, "Bob")}


def get_current_user(x_user: Annotated[str | None, Header()] = None) -> User:
    user = USERS.get(x_user or "")
    if user is None:
        raise HTTPException(401, "Log in first", {"WWW-Authenticate": "Bearer"})
    return user


app = FastAPI()
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")
