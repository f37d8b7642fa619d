"""The operation that makes a space."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from fastapi_todo_kit.features.founding.schemas import SpaceCreate, SpaceMade
from fastapi_todo_kit.features.founding.service import SpaceFounding
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.problems import BODY, TOO_MANY, found, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Spaces")

MayCreateSpaces = Annotated[Call, Action.CREATE_SPACE]


@router.post(
    "/spaces",
    status_code=201,
    response_model=SpaceMade,
    responses={**found(SpaceMade), **problems(*BODY, 409, 507), **TOO_MANY},
)
async def create_space(call: MayCreateSpaces, new: JsonBody[SpaceCreate]) -> Response:
    """Make a space that others can be members of; you are its owner."""
    return await call.write(lambda work: SpaceFounding(work).create(new), 201)
