"""The operations on spaces."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from fastapi_todo_kit.features.spaces.schemas import SpacePage, SpaceRead, SpaceUpdate
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, SpaceId
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Spaces")

MayReadSpaces = Annotated[Call, Action.READ_SPACE]
MayUpdateSpaces = Annotated[Call, Action.UPDATE_SPACE]
MayDeleteSpaces = Annotated[Call, Action.DELETE_SPACE]
MayRestoreSpaces = Annotated[Call, Action.RESTORE_SPACE]


@router.get("/spaces", response_model=SpacePage, responses=problems(400))
async def list_spaces(call: MayReadSpaces, limit: Limit = 200, cursor: Cursor = None) -> Response:
    """The spaces that you may work in."""
    return await call.read_page(lambda work: SpaceService(work).page(limit, cursor))


@router.get("/spaces/current", response_model=SpaceRead, responses=problems())
async def get_current_space(call: MayReadSpaces) -> Response:
    """The space of this request."""
    return await call.read_page(lambda work: SpaceService(work).current())


@router.get("/spaces/{space_id}", response_model=SpaceRead, responses=problems())
async def get_space(call: MayReadSpaces, space_id: SpaceId) -> Response:
    """One space."""
    return await call.within(space_id).read_page(lambda work: SpaceService(work).current())


@router.patch("/spaces/{space_id}", response_model=SpaceRead, responses=problems(*BODY, *VERB))
async def update_space(
    call: MayUpdateSpaces, space_id: SpaceId, changes: JsonBody[SpaceUpdate], if_match: IfMatch
) -> Response:
    """Change a space: what is absent stays, null clears (JSON Merge Patch)."""
    return await call.within(space_id).write(lambda work: SpaceService(work).update(changes, if_match))


@router.delete("/spaces/{space_id}", status_code=204, responses=problems(*VERB))
async def delete_space(call: MayDeleteSpaces, space_id: SpaceId, if_match: IfMatch) -> Response:
    """Send a space to the trash, with everything in it."""
    return await call.within(space_id).write(lambda work: SpaceService(work).delete(if_match), 204)


@router.post("/spaces/{space_id}/restore", response_model=SpaceRead, responses=problems(*VERB))
async def restore_space(call: MayRestoreSpaces, space_id: SpaceId, if_match: IfMatch) -> Response:
    """Bring a space back from the trash, with everything that was in it."""
    return await call.within(space_id).write(lambda work: SpaceService(work).restore(if_match))
