from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, TodoKitSettings, todo_router

MEMBERS = {"acme": {"ann", "bob"}, "globex": {"eve"}}


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user  # your own authentication goes here


async def get_tenant(
    user: Annotated[str, Depends(get_current_user)], x_organisation: Annotated[str | None, Header()] = None
) -> str | None:
    if x_organisation is not None and user not in MEMBERS.get(x_organisation, set()):
        raise HTTPException(404, "No such organisation")
    return x_organisation  # None stands for the user's personal space


app = FastAPI()
host = Host(current_user=get_current_user, space=get_tenant)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
