"""The operations on notes."""

import uuid
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.features.notes.schemas import NoteCreate, NotePage, NoteRead
from fastapi_todo_kit.features.notes.service import NoteService
from fastapi_todo_kit.features.todos.errors import TodoNotFound
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, path_id
from fastapi_todo_kit.http.problems import BODY, found, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Notes")

TodoId = Annotated[uuid.UUID, BeforeValidator(path_id(TodoNotFound))]
MayReadNotes = Annotated[Call, Action.READ_NOTE]
MayCreateNotes = Annotated[Call, Action.CREATE_NOTE]


@router.get("/todos/{todo_id}/notes", response_model=NotePage, responses=problems(400))
async def list_notes(call: MayReadNotes, todo_id: TodoId, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The notes on a todo, as they were made."""
    return await call.read_page(lambda work: NoteService(work).page(todo_id, limit, cursor))


@router.post(
    "/todos/{todo_id}/notes",
    status_code=201,
    response_model=NoteRead,
    responses={**found(NoteRead), **problems(*BODY, 409, 507)},
)
async def create_note(call: MayCreateNotes, todo_id: TodoId, new: JsonBody[NoteCreate]) -> Response:
    """Write a note on a todo."""
    return await call.write(lambda work: NoteService(work).create(todo_id, new), 201)
