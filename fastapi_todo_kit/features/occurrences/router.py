"""The operations that close and open todos, and those on what recurs."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.calendar.schemas import Slot
from fastapi_todo_kit.features.occurrences.schemas import (
    OccurrencePage,
    RecurrencePreview,
    RecurrencePreviewed,
    Upcoming,
)
from fastapi_todo_kit.features.occurrences.service import TodoCompletion
from fastapi_todo_kit.features.todos.errors import TodoNotFound
from fastapi_todo_kit.features.todos.schemas import TodoRead
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, path_id
from fastapi_todo_kit.http.past import CompletedAt
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Todos")

TodoId = Annotated[uuid.UUID, BeforeValidator(path_id(TodoNotFound))]
OccurrenceName = Annotated[Slot | None, Query(description="The `occurrence` that you see in the todo")]
UpcomingLimit = Annotated[int, Query(ge=1, le=100)]
MayReadTodos = Annotated[Call, Action.READ_TODO]
MayCompleteTodos = Annotated[Call, Action.COMPLETE_TODO]


@router.post("/todos/{todo_id}/complete", response_model=TodoRead, responses=problems(*VERB))
async def complete_todo(
    call: MayCompleteTodos,
    todo_id: TodoId,
    if_match: IfMatch,
    completed_at: CompletedAt,
    occurrence: OccurrenceName = None,
) -> Response:
    """Complete a todo and its open subtasks, or the present occurrence of one that recurs, which then goes on.

    What is completed stays as it is. Of a todo that recurs, name the occurrence that you see, by `occurrence` or by
    If-Match: if somebody else was faster, the next one is not completed along.
    """
    return await call.write(lambda work: TodoCompletion(work).complete(todo_id, if_match, occurrence, completed_at))


@router.post("/todos/{todo_id}/skip", response_model=TodoRead, responses=problems(*VERB))
async def skip_todo(
    call: MayCompleteTodos, todo_id: TodoId, if_match: IfMatch, occurrence: OccurrenceName = None
) -> Response:
    """Leave out the present occurrence of a todo that recurs; it is named as in `complete`."""
    return await call.write(lambda work: TodoCompletion(work).skip(todo_id, if_match, occurrence))


@router.post("/todos/{todo_id}/undo", response_model=TodoRead, responses=problems(*VERB))
async def undo_todo(call: MayCompleteTodos, todo_id: TodoId, if_match: IfMatch) -> Response:
    """Take back the last `complete` or `skip` of an occurrence: values, subtasks and history are as before."""
    return await call.write(lambda work: TodoCompletion(work).undo(todo_id, if_match))


@router.get("/todos/{todo_id}/occurrences", response_model=OccurrencePage, responses=problems(400))
async def list_occurrences(call: MayReadTodos, todo_id: TodoId, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The completed and skipped occurrences of a todo, the last one first."""
    return await call.read_page(lambda work: TodoCompletion(work).occurrences(todo_id, limit, cursor))


@router.get("/todos/{todo_id}/upcoming", response_model=Upcoming, responses=problems())
async def list_upcoming(call: MayReadTodos, todo_id: TodoId, limit: UpcomingLimit = 10) -> Response:
    """The occurrences behind the present one."""
    return await call.read_page(lambda work: TodoCompletion(work).upcoming(todo_id, limit))


@router.post("/recurrence/preview", response_model=RecurrencePreviewed, responses=problems(*BODY))
async def preview_recurrence(call: MayReadTodos, asked: JsonBody[RecurrencePreview]) -> Response:
    """A recurrence in words, as it would be stored, and its first occurrences; nothing is stored."""
    return await call.read_page(lambda work: TodoCompletion(work).preview_recurrence(asked))


@router.post("/todos/{todo_id}/reopen", response_model=TodoRead, responses=problems(*VERB))
async def reopen_todo(call: MayCompleteTodos, todo_id: TodoId, if_match: IfMatch) -> Response:
    """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors."""
    return await call.write(lambda work: TodoCompletion(work).reopen(todo_id, if_match))


@router.post("/todos/{todo_id}/cancel", response_model=TodoRead, responses=problems(*VERB))
async def cancel_todo(call: MayCompleteTodos, todo_id: TodoId, if_match: IfMatch) -> Response:
    """Cancel a todo and its open subtasks: they will not be done."""
    return await call.write(lambda work: TodoCompletion(work).cancel(todo_id, if_match))
