"""The operations on spaces."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from fastapi_todo_kit.features.spaces.schemas import SpacePage, SpaceRead
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.problems import problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Spaces")

MayReadSpaces = Annotated[Call, Action.READ_SPACE]


@router.get("/spaces", response_model=SpacePage, responses=problems())
async def list_spaces(call: MayReadSpaces) -> Response:
    """The spaces that you may work in."""
    return await call.read_page(lambda work: SpaceService(work).page())


@router.get("/spaces/current", response_model=SpaceRead, responses=problems())
async def get_current_space(call: MayReadSpaces) -> Response:
    """The space of this request."""
    return await call.read_page(lambda work: SpaceService(work).current())
