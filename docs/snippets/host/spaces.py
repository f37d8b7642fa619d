from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, Membership, TodoKitSettings, todo_router

ROLES = {("acme", "ann"): "owner", ("globex", "ann"): "editor", ("acme", "bob"): "viewer"}


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


async def get_membership(
    user: Annotated[str, Depends(get_current_user)], x_organisation: Annotated[str | None, Header()] = None
) -> Membership | None:
    if x_organisation is None:
        return None
    role = ROLES.get((x_organisation, user))
    if role is None:
        raise HTTPException(404, "No such organisation")
    return Membership(x_organisation, role)


async def find_memberships(user: str) -> list[Membership]:
    return [Membership(organisation, role) for (organisation, member), role in ROLES.items() if member == user]


app = FastAPI()
host = Host(current_user=get_current_user, space=get_membership, spaces=find_memberships)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
