"""The operations on the trash."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from fastapi_todo_kit.features.trash.schemas import Purged, TrashPage
from fastapi_todo_kit.features.trash.service import TrashService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit
from fastapi_todo_kit.http.problems import problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Trash")

MayReadTrash = Annotated[Call, Action.READ_TRASH]
MayPurgeTrash = Annotated[Call, Action.PURGE_TRASH]


@router.get("/trash", response_model=TrashPage, responses=problems(400))
async def list_trash(call: MayReadTrash, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Deleted lists and todos, the last one first."""
    return await call.read_page(lambda work: TrashService(work).page(limit, cursor))


@router.delete("/trash", response_model=Purged, responses=problems(507))
async def purge_trash(call: MayPurgeTrash) -> Response:
    """Remove everything in the trash for good."""
    return await call.write(lambda work: TrashService(work).purge())
