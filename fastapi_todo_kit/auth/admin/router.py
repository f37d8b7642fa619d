"""The operations on other people's accounts, for superusers."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.auth.admin.schemas import AccountUpdate, UserCreate, UserPage, UserQuery
from fastapi_todo_kit.auth.admin.service import AdminService
from fastapi_todo_kit.auth.dependencies import Superuser
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.users.schemas import UserRead
from fastapi_todo_kit.core.account_errors import UserNotFound
from fastapi_todo_kit.http.etags import etag
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.preconditions import GivenVersions
from fastapi_todo_kit.http.problems import BODY, problems
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.strict_request import JsonBody

router: APIRouter = account_router("Users")

UserId = Annotated[uuid.UUID, BeforeValidator(path_id(UserNotFound))]


@router.get("/users", response_model=UserPage, responses=problems(400, 403))
async def list_users(call: Superuser, query: Annotated[UserQuery, Depends(ReadQuery(UserQuery))]) -> UserPage:
    """Users in the order in which they came, or the one of an address."""
    return await AdminService(call).page(query)


@router.post("/users", status_code=201, response_model=UserRead, responses=problems(*BODY, 403, 409))
async def create_user(call: Superuser, new: JsonBody[UserCreate]) -> UserRead:
    """Make an account for somebody, who gets a mail with a link to choose a password."""
    return await AdminService(call).create(new)


@router.get("/users/{user_id}", response_model=UserRead, responses=problems(403))
async def get_user(call: Superuser, user_id: UserId, response: Response) -> UserRead:
    """One user."""
    user = await AdminService(call).get(user_id)
    response.headers["ETag"] = etag(user["version"])
    return user


@router.patch("/users/{user_id}", response_model=UserRead, responses=problems(*BODY, 403, 409, 412))
async def update_user(
    call: Superuser, user_id: UserId, changes: JsonBody[AccountUpdate], versions: GivenVersions, response: Response
) -> UserRead:
    """Disable somebody, give rights or take them; whoever is changed so is logged out everywhere."""
    user = await AdminService(call).update(user_id, changes, versions)
    response.headers["ETag"] = etag(user["version"])
    return user


@router.delete("/users/{user_id}/sessions", status_code=204, responses=problems(403))
async def end_user_sessions(call: Superuser, user_id: UserId) -> Response:
    """Log somebody out everywhere."""
    await AdminService(call).end_sessions(user_id)
    return Response(status_code=204)
