"""The kit, mounted as its README shows, behind a host whose current user is whoever the request names."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import FastAPI, Header

from benchmarks.peers import DATABASE_URL, POOL_SIZE
from fastapi_todo_kit import Host, Pool, TodoKitSettings, todo_router


@dataclass(frozen=True)
class User:
    """The least that the kit asks of a host's user."""

    id: str


async def stub_user(x_user: Annotated[str, Header()]) -> User:
    """Trust the header, so that the numbers are the kit's and not those of an authentication library."""
    return User(x_user)


def application(database_url: str) -> FastAPI:
    """Build an application that is nothing but the kit."""
    app = FastAPI()
    settings = TodoKitSettings(database_url=database_url, pool=Pool(size=POOL_SIZE, overflow=0))
    app.include_router(todo_router(settings, Host(current_user=stub_user)))
    return app


app = application(DATABASE_URL)
