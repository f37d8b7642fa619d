"""The operations on todos."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.core.access import ALL_SPACES
from fastapi_todo_kit.features.labels.errors import LabelNotFound
from fastapi_todo_kit.features.todos.errors import TodoNotFound
from fastapi_todo_kit.features.todos.moving import TodoMoving
from fastapi_todo_kit.features.todos.placement import TodoPlacement
from fastapi_todo_kit.features.todos.schemas import TodoCreate, TodoMove, TodoPage, TodoQuery, TodoRead, TodoUpdate
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, found, problems
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Todos")

TodoId = Annotated[uuid.UUID, BeforeValidator(path_id(TodoNotFound))]
LabelId = Annotated[uuid.UUID, BeforeValidator(path_id(LabelNotFound))]
MayReadTodos = Annotated[Call, Action.READ_TODO]
MayReadTodosAnywhere = Annotated[Call, Action.READ_TODO, ALL_SPACES]
MayCreateTodos = Annotated[Call, Action.CREATE_TODO]
MayUpdateTodos = Annotated[Call, Action.UPDATE_TODO]
MayDeleteTodos = Annotated[Call, Action.DELETE_TODO]


@router.get("/todos", response_model=TodoPage, responses=problems(400))
async def list_todos(
    call: MayReadTodosAnywhere, query: Annotated[TodoQuery, Depends(ReadQuery(TodoQuery))]
) -> Response:
    """Todos: filtered, searched, sorted, a page at a time. Those of archived lists only where the list is named."""
    return await call.read_page(lambda work: TodoService(work).page(query))


@router.post(
    "/todos", status_code=201, response_model=TodoRead, responses={**found(TodoRead), **problems(*BODY, 409, 507)}
)
async def create_todo(call: MayCreateTodos, new: JsonBody[TodoCreate]) -> Response:
    """Add a todo at the end of its list: the list that is named, its parent's, or the inbox."""
    return await call.write(lambda work: TodoService(work).create(new), 201)


@router.get("/todos/{todo_id}", response_model=TodoRead, responses=problems(304))
async def get_todo(call: MayReadTodos, todo_id: TodoId) -> Response:
    """One todo."""
    return await call.read_item(lambda work: TodoService(work).get(todo_id))


@router.patch("/todos/{todo_id}", response_model=TodoRead, responses=problems(*BODY, *VERB))
async def update_todo(
    call: MayUpdateTodos, todo_id: TodoId, changes: JsonBody[TodoUpdate], if_match: IfMatch
) -> Response:
    """Change a todo: what is absent stays, null clears (JSON Merge Patch)."""
    return await call.write(lambda work: TodoService(work).update(todo_id, changes, if_match))


@router.delete("/todos/{todo_id}", status_code=204, responses=problems(*VERB))
async def delete_todo(call: MayDeleteTodos, todo_id: TodoId, if_match: IfMatch) -> Response:
    """Send a todo and its subtasks to the trash."""
    return await call.write(lambda work: TodoService(work).delete(todo_id, if_match), 204)


@router.get("/todos/{todo_id}/subtasks", response_model=TodoPage, responses=problems(400))
async def list_subtasks(call: MayReadTodos, todo_id: TodoId, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The direct subtasks of a todo, in their order."""
    query = TodoQuery(limit=limit, cursor=cursor)
    return await call.read_page(lambda work: TodoService(work).subtasks(todo_id, query))


@router.post("/todos/{todo_id}/move", response_model=TodoRead, responses=problems(*BODY, *VERB))
async def move_todo(call: MayUpdateTodos, todo_id: TodoId, target: JsonBody[TodoMove], if_match: IfMatch) -> Response:
    """Put a todo, with its subtasks, into another list or space, below another todo, or in another place."""
    both = call.into(target.space_id, Action.CREATE_TODO)
    return await both.write(lambda work: TodoMoving(work).move(todo_id, target, if_match))


@router.post("/todos/{todo_id}/restore", response_model=TodoRead, responses=problems(*VERB))
async def restore_todo(call: MayUpdateTodos, todo_id: TodoId, if_match: IfMatch) -> Response:
    """Bring a todo back from the trash, with exactly the subtasks that went with it."""
    return await call.write(lambda work: TodoPlacement(work).restore(todo_id, if_match))


@router.post("/todos/{todo_id}/duplicate", status_code=201, response_model=TodoRead, responses=problems(*VERB))
async def duplicate_todo(call: MayCreateTodos, todo_id: TodoId) -> Response:
    """Copy a todo and its subtasks to the end of its list; the copies are open."""
    return await call.write(lambda work: TodoPlacement(work).duplicate(todo_id), 201)


@router.put("/todos/{todo_id}/labels/{label_id}", response_model=TodoRead, responses=problems(*VERB))
async def add_todo_label(call: MayUpdateTodos, todo_id: TodoId, label_id: LabelId, if_match: IfMatch) -> Response:
    """Put a label on a todo."""
    return await call.write(lambda work: TodoService(work).add_label(todo_id, label_id, if_match))


@router.delete("/todos/{todo_id}/labels/{label_id}", response_model=TodoRead, responses=problems(*VERB))
async def remove_todo_label(call: MayUpdateTodos, todo_id: TodoId, label_id: LabelId, if_match: IfMatch) -> Response:
    """Take a label off a todo."""
    return await call.write(lambda work: TodoService(work).remove_label(todo_id, label_id, if_match))
