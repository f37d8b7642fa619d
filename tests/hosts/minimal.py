"""One file, one SQLite database, and a user that stands for a login that is still to come."""

from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel

# --8<-- [start:imports]
from fastapi_todo_kit import Host, TodoKitSettings, todo_router

# --8<-- [end:imports]

app = FastAPI(title="Notes")


class User(BaseModel):
    id: int
    name: str


async def get_current_user() -> User:
    return User(id=1, name="Ann")


@app.get("/me")
async def read_me(user: Annotated[User, Depends(get_current_user)]) -> User:
    return user


# --8<-- [start:mount]
app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")
# --8<-- [end:mount]
