"""The operations on who is to do a todo."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.features.assignees.service import TodoAssigning
from fastapi_todo_kit.features.members.schemas import UserId
from fastapi_todo_kit.features.todos.errors import TodoNotFound
from fastapi_todo_kit.features.todos.schemas import TodoRead
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Todos")

TodoId = Annotated[uuid.UUID, BeforeValidator(path_id(TodoNotFound))]
AssigneeId = Annotated[UserId, Path(description="The id of a user, or `me`")]
MayAssignTodos = Annotated[Call, Action.ASSIGN_TODO]


@router.put("/todos/{todo_id}/assignees/{user_id}", response_model=TodoRead, responses=problems(*VERB))
async def add_todo_assignee(call: MayAssignTodos, todo_id: TodoId, user_id: AssigneeId, if_match: IfMatch) -> Response:
    """Assign a todo to one more user."""
    return await call.write(lambda work: TodoAssigning(work).add_assignee(todo_id, user_id, if_match))


@router.delete("/todos/{todo_id}/assignees/{user_id}", response_model=TodoRead, responses=problems(*VERB))
async def remove_todo_assignee(
    call: MayAssignTodos, todo_id: TodoId, user_id: AssigneeId, if_match: IfMatch
) -> Response:
    """Take a user off a todo."""
    return await call.write(lambda work: TodoAssigning(work).remove_assignee(todo_id, user_id, if_match))
