from collections.abc import Collection, Mapping
from typing import Annotated

from fastapi import FastAPI, Header

from fastapi_todo_kit import Host, Person, Sharing, TodoKitSettings, todo_router

# This stands for your table of users.
USERS = {"ann": "Ann Archer", "bob": "Bob Baker"}


class Colleagues:
    async def by_ids(self, ids: Collection[str]) -> Mapping[str, Person]:
        return {one: Person(name=USERS[one]) for one in ids if one in USERS}

    async def email_of(self, user_id: str) -> str | None:
        return f"{user_id}@example.com"  # None where nobody has verified it


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


settings = TodoKitSettings(sharing=Sharing(add_directly=True))  # without asking: they all know one another
app = FastAPI()
app.include_router(todo_router(settings, Host(current_user=get_current_user, people=Colleagues())), prefix="/api")
