"""The operations on lists."""

import uuid
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.core.access import ALL_SPACES
from fastapi_todo_kit.core.errors import WrongReference
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.lists.errors import ListNotFound
from fastapi_todo_kit.features.lists.moving import ListMoving
from fastapi_todo_kit.features.lists.schemas import ListCreate, ListMove, ListPage, ListQuery, ListRead, ListUpdate
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, found, problems
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Lists")

ListId = Annotated[uuid.UUID, BeforeValidator(path_id(ListNotFound))]
MayReadLists = Annotated[Call, Action.READ_LIST]
MayReadListsAnywhere = Annotated[Call, Action.READ_LIST, ALL_SPACES]
MayCreateLists = Annotated[Call, Action.CREATE_LIST]
MayUpdateLists = Annotated[Call, Action.UPDATE_LIST]
MayDeleteLists = Annotated[Call, Action.DELETE_LIST]


@router.get("/lists", response_model=ListPage, responses=problems(400))
async def list_lists(
    call: MayReadListsAnywhere, query: Annotated[ListQuery, Depends(ReadQuery(ListQuery))]
) -> Response:
    """Lists in their order."""
    return await call.read_page(lambda work: ListService(work).page(query))


@router.post(
    "/lists", status_code=201, response_model=ListRead, responses={**found(ListRead), **problems(*BODY, 409, 507)}
)
async def create_list(call: MayCreateLists, new: JsonBody[ListCreate]) -> Response:
    """Add a list at the end."""
    return await call.write(lambda work: ListService(work).create(new), 201)


@router.get("/lists/{list_id}", response_model=ListRead, responses=problems(304))
async def get_list(call: MayReadLists, list_id: ListId) -> Response:
    """One list."""
    return await call.read_item(lambda work: ListService(work).get(list_id))


@router.patch("/lists/{list_id}", response_model=ListRead, responses=problems(*BODY, *VERB))
async def update_list(
    call: MayUpdateLists, list_id: ListId, changes: JsonBody[ListUpdate], if_match: IfMatch
) -> Response:
    """Change a list: what is absent stays, null clears (JSON Merge Patch)."""
    return await call.write(lambda work: ListService(work).update(list_id, changes, if_match))


@router.delete("/lists/{list_id}", status_code=204, responses=problems(*VERB))
async def delete_list(
    call: MayDeleteLists,
    list_id: ListId,
    if_match: IfMatch,
    todos: Annotated[Literal["trash", "move"], Query(description="What becomes of its todos")] = "trash",
    to: Annotated[Id | None, Query(description="The list they move to, with todos=move")] = None,
) -> Response:
    """Send a list to the trash: with its todos, which come back with it, or after moving them to another list."""
    target = move_target(todos, to)
    return await call.write(lambda work: ListService(work).delete(list_id, if_match, target), 204)


@router.post("/lists/{list_id}/archive", response_model=ListRead, responses=problems(*VERB))
async def archive_list(call: MayUpdateLists, list_id: ListId, if_match: IfMatch) -> Response:
    """Put a list away: it is shown no longer, and nothing is added to it."""
    return await call.write(lambda work: ListService(work).archive(list_id, if_match))


@router.post("/lists/{list_id}/unarchive", response_model=ListRead, responses=problems(*VERB))
async def unarchive_list(call: MayUpdateLists, list_id: ListId, if_match: IfMatch) -> Response:
    """Take a list out of the archive."""
    return await call.write(lambda work: ListService(work).unarchive(list_id, if_match))


@router.post("/lists/{list_id}/move", response_model=ListRead, responses=problems(*BODY, *VERB))
async def move_list(call: MayUpdateLists, list_id: ListId, target: JsonBody[ListMove], if_match: IfMatch) -> Response:
    """Put a list before or after another, or into another space with all that is in it."""
    both = call.into(target.space_id, Action.CREATE_LIST)
    return await both.write(lambda work: ListMoving(work).move(list_id, target, if_match))


@router.post("/lists/{list_id}/restore", response_model=ListRead, responses=problems(*VERB))
async def restore_list(call: MayUpdateLists, list_id: ListId, if_match: IfMatch) -> Response:
    """Bring a list back from the trash, with exactly the todos that went with it."""
    return await call.write(lambda work: ListService(work).restore(list_id, if_match))


@router.post("/lists/{list_id}/duplicate", status_code=201, response_model=ListRead, responses=problems(*VERB))
async def duplicate_list(call: MayCreateLists, list_id: ListId) -> Response:
    """Copy a list with its todos; the copies are open."""
    return await call.write(lambda work: ListService(work).duplicate(list_id), 201)


def move_target(todos: Literal["trash", "move"], to: uuid.UUID | None) -> uuid.UUID | None:
    """Return the list that the todos of a deleted list go to, or None for the trash.

    Raises:
        WrongReference: one of the two parameters makes no sense without the other.
    """
    if (todos == "move") != (to is not None):
        raise WrongReference("todos=move and to={list} go together.")
    return to
