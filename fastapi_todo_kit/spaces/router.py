"""The operations on spaces."""

from starlette.responses import Response

from fastapi_todo_kit.http.call import CurrentCall
from fastapi_todo_kit.http.problems import problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.spaces.schemas import SpacePage, SpaceRead
from fastapi_todo_kit.spaces.service import SpaceService

router = feature_router("Spaces")


@router.get("/spaces", response_model=SpacePage, responses=problems())
async def list_spaces(call: CurrentCall) -> Response:
    """The spaces that you may work in."""
    return await call.read_page(lambda work: SpaceService(work).page())


@router.get("/spaces/current", response_model=SpaceRead, responses=problems())
async def get_current_space(call: CurrentCall) -> Response:
    """The space of this request."""
    return await call.read_page(lambda work: SpaceService(work).current())
