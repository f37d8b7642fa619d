from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from fastapi_todo_kit import Host, Person, TodoKitSettings, todo_router

NAMES = {"ann": "Ann Archer", "bob": "Bob Baker"}  # your users; here their ids are their tokens, too


async def get_current_user(token: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
    if token.credentials not in NAMES:
        raise HTTPException(401)
    return token.credentials


class Colleagues:
    def by_ids(self, ids: Collection[str]) -> dict[str, Person]:
        return {one: Person(name=NAMES[one]) for one in ids if one in NAMES}

    def email_of(self, user_id: str) -> str:
        return f"{user_id}@example.com"


app = FastAPI()
host = Host(current_user=get_current_user, people=Colleagues())
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
