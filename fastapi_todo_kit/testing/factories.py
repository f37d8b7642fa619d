"""Valid things to begin a test with: bodies of requests, and a space with something in it."""

import itertools
from typing import Any

from fastapi_todo_kit.schemas import LabelCreate, ListCreate, TodoCreate, TodoRead
from fastapi_todo_kit.services import SyncTodoServices, TodoServices
from fastapi_todo_kit.storage.sessions import drive

_numbers = itertools.count(1)


def todo_body(**fields: Any) -> dict[str, Any]:
    """Return the JSON body of a new todo, with a title of its own."""
    return {"title": f"Todo {next(_numbers)}", **fields}


def list_body(**fields: Any) -> dict[str, Any]:
    """Return the JSON body of a new list, with a name of its own."""
    return {"name": f"List {next(_numbers)}", **fields}


def label_body(**fields: Any) -> dict[str, Any]:
    """Return the JSON body of a new label, with a name that no other one has."""
    return {"name": f"Label {next(_numbers)}", **fields}


async def seed(kit: TodoServices, *, lists: int = 2, todos: int = 3) -> list[TodoRead]:
    """Fill a space: lists, a label, and in each list todos, the first of them labelled and with a subtask.

    Returns:
        All todos, subtasks included.
    """
    made = []
    label = await kit.labels.create(LabelCreate(**label_body()))
    for _ in range(lists):
        home = await kit.lists.create(ListCreate(**list_body()))
        for number in range(todos):
            fields = {"label_ids": [label["id"]]} if number == 0 else {}
            made.append(await kit.todos.create(TodoCreate(**todo_body(list_id=home["id"], **fields))))
        if todos:
            made.append(await kit.todos.create(TodoCreate(**todo_body(parent_id=made[-todos]["id"]))))
    return made


def sync_seed(kit: SyncTodoServices, *, lists: int = 2, todos: int = 3) -> list[TodoRead]:
    """Fill a space as `seed` does, on a sync session."""
    return drive(seed(kit.twin, lists=lists, todos=todos))
