"""The application: two made-up users, the kit below /api, nothing else."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


@dataclass(frozen=True)
class User:
    """A user of this application. The kit needs an `id`, and takes a `time_zone` where there is one."""

    id: str
    time_zone: str


# A real application looks its users up; these two stand for them. The key is the bearer token.
USERS = {"ann": User("ann", "Europe/Berlin"), "bob": User("bob", "America/New_York")}


async def get_current_user(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> User:
    """Return the user of the bearer token."""
    user = USERS.get(credentials.credentials)
    if user is None:
        raise HTTPException(401, "Use the token ann or bob.", {"WWW-Authenticate": "Bearer"})
    return user


def create_app(settings: TodoKitSettings | None = None) -> FastAPI:
    """Return the application; settings come from the environment unless they are given."""
    app = FastAPI(title="Todos, mounted")
    app.include_router(todo_router(settings or TodoKitSettings(), Host(current_user=get_current_user)), prefix="/api")
    return app
