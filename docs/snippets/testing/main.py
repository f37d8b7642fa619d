from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, Membership, Recipient, TodoKitSettings, todo_router

ROLES = {"ann": "owner", "vic": "viewer"}


async def get_current_user(x_user: Annotated[str | None, Header()] = None) -> str:
    if x_user is None:
        raise HTTPException(401, "Log in first")
    return x_user


async def get_space(user: Annotated[str, Depends(get_current_user)]) -> Membership | None:
    return Membership("acme", ROLES[user]) if user in ROLES else None


def find_recipient(user_id: str, tenant: str | None) -> Recipient:
    return Recipient(membership=None if tenant is None else Membership(tenant, ROLES[user_id]))


app = FastAPI()
host = Host(current_user=get_current_user, space=get_space, recipient=find_recipient)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
