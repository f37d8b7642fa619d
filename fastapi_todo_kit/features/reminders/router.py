"""The operations on reminders."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.core.access import ALL_SPACES
from fastapi_todo_kit.features.reminders.errors import ReminderNotFound
from fastapi_todo_kit.features.reminders.schemas import (
    ReminderCreate,
    ReminderPage,
    ReminderQuery,
    ReminderRead,
    ReminderSnooze,
    ReminderUpdate,
)
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.features.todos.errors import TodoNotFound
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, found, problems
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Reminders")

TodoId = Annotated[uuid.UUID, BeforeValidator(path_id(TodoNotFound))]
ReminderId = Annotated[uuid.UUID, BeforeValidator(path_id(ReminderNotFound))]
MayReadReminders = Annotated[Call, Action.READ_REMINDER]
MayReadRemindersAnywhere = Annotated[Call, Action.READ_REMINDER, ALL_SPACES]
MaySetReminders = Annotated[Call, Action.SET_REMINDER]
Query = Annotated[ReminderQuery, Depends(ReadQuery(ReminderQuery))]
_ONE = "/todos/{todo_id}/reminders/{reminder_id}"


@router.get("/reminders", response_model=ReminderPage, responses=problems(400))
async def list_my_reminders(call: MayReadRemindersAnywhere, query: Query) -> Response:
    """Your reminders of open todos that are still to come, the next one first."""
    return await call.read_page(lambda work: ReminderService(work).mine(query))


@router.get("/todos/{todo_id}/reminders", response_model=ReminderPage, responses=problems(400))
async def list_reminders(call: MayReadReminders, todo_id: TodoId, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Your reminders of a todo; nobody else sees them."""
    return await call.read_page(lambda work: ReminderService(work).page(todo_id, limit, cursor))


@router.post(
    "/todos/{todo_id}/reminders",
    status_code=201,
    response_model=ReminderRead,
    responses={**found(ReminderRead), **problems(*BODY, 409, 507)},
)
async def create_reminder(call: MaySetReminders, todo_id: TodoId, new: JsonBody[ReminderCreate]) -> Response:
    """Be reminded of a todo."""
    return await call.write(lambda work: ReminderService(work).create(todo_id, new), 201)


@router.get(_ONE, response_model=ReminderRead, responses=problems(304))
async def get_reminder(call: MayReadReminders, todo_id: TodoId, reminder_id: ReminderId) -> Response:
    """One of your reminders."""
    return await call.read_item(lambda work: ReminderService(work).get(todo_id, reminder_id))


@router.patch(_ONE, response_model=ReminderRead, responses=problems(*BODY, *VERB))
async def update_reminder(
    call: MaySetReminders,
    todo_id: TodoId,
    reminder_id: ReminderId,
    changes: JsonBody[ReminderUpdate],
    if_match: IfMatch,
) -> Response:
    """Give a reminder another time, which it has not reminded at yet."""
    return await call.write(lambda work: ReminderService(work).update(todo_id, reminder_id, changes, if_match))


@router.delete(_ONE, status_code=204, responses=problems(*VERB))
async def delete_reminder(
    call: MaySetReminders, todo_id: TodoId, reminder_id: ReminderId, if_match: IfMatch
) -> Response:
    """Remove a reminder."""
    return await call.write(lambda work: ReminderService(work).delete(todo_id, reminder_id, if_match), 204)


@router.post(f"{_ONE}/snooze", response_model=ReminderRead, responses=problems(*BODY, *VERB))
async def snooze_reminder(
    call: MaySetReminders, todo_id: TodoId, reminder_id: ReminderId, asked: JsonBody[ReminderSnooze], if_match: IfMatch
) -> Response:
    """Let a reminder be silent until a moment, and remind then."""
    return await call.write(lambda work: ReminderService(work).snooze(todo_id, reminder_id, asked, if_match))


@router.post(f"{_ONE}/dismiss", response_model=ReminderRead, responses=problems(*VERB))
async def dismiss_reminder(
    call: MaySetReminders, todo_id: TodoId, reminder_id: ReminderId, if_match: IfMatch
) -> Response:
    """Let a reminder not remind, until its todo recurs or gets another time."""
    return await call.write(lambda work: ReminderService(work).dismiss(todo_id, reminder_id, if_match))
