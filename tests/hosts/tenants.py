"""Organisations with members in roles; a proxy in front has authenticated the user and passes the name on."""

import os
from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path, Request
from pydantic import BaseModel

# --8<-- [start:imports]
from fastapi_todo_kit import Host, Membership, TodoKitSettings, todo_router

# --8<-- [end:imports]

BOARD_DATABASE_URL = os.environ.get("BOARD_DATABASE_URL", "sqlite:///./board.db")

Role = Literal["viewer", "editor", "admin"]


@dataclass
class Organisation:
    key: str
    name: str
    members: dict[str, Role] = field(default_factory=dict)


@dataclass
class Member:
    organisation: Organisation
    role: Role


class OrganisationCreate(BaseModel):
    key: str
    name: str


class RoleChange(BaseModel):
    role: Role


organisations: dict[str, Organisation] = {}


async def get_user(x_forwarded_user: Annotated[str | None, Header()] = None) -> str:
    if not x_forwarded_user:
        raise HTTPException(401, "Log in first")
    return x_forwarded_user


async def organisation_in_path(org: Annotated[str, Path(description="Key of the organisation")]) -> str:
    return org


CurrentUser = Annotated[str, Depends(get_user)]


async def get_member(
    request: Request, user: CurrentUser, x_organisation: Annotated[str | None, Header()] = None
) -> Member:
    """Return the caller's place in the organisation that the path names, or else the header."""
    organisation = organisations.get(request.path_params.get("org") or x_organisation or "")
    if organisation is None or user not in organisation.members:
        raise HTTPException(404, "No such organisation")
    return Member(organisation, organisation.members[user])


CurrentMember = Annotated[Member, Depends(get_member)]

app = FastAPI()
in_organisation = APIRouter(prefix="/orgs/{org}", dependencies=[Depends(organisation_in_path)])


@app.post("/orgs", status_code=201)
async def create_organisation(new: OrganisationCreate, user: CurrentUser) -> Organisation:
    if new.key in organisations:
        raise HTTPException(409, "There is one already")
    organisation = organisations[new.key] = Organisation(new.key, new.name, {user: "admin"})
    return organisation


@app.get("/orgs")
async def list_organisations(user: CurrentUser) -> list[Organisation]:
    return [one for one in organisations.values() if user in one.members]


@in_organisation.put("/members/{name}", status_code=204)
async def set_role(name: str, change: RoleChange, member: CurrentMember) -> None:
    if member.role != "admin":
        raise HTTPException(403, "Only an admin may do this")
    member.organisation.members[name] = change.role


# --8<-- [start:mount]
async def get_space(member: CurrentMember) -> Membership:
    return Membership(member.organisation.key, member.role)


app.include_router(todo_router(TodoKitSettings(), Host(current_user=get_user, space=get_space)), prefix="/api")
in_organisation.include_router(
    todo_router(
        TodoKitSettings(name="board", database_url=BOARD_DATABASE_URL, require_if_match=True),
        Host(current_user=get_user, space=get_space),
    )
)
# --8<-- [end:mount]

app.include_router(in_organisation)
