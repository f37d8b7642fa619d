"""How the operations on assignees are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

EXAMPLES: Final = Examples(
    things={"assigned_todo": Thing("create_todo", {"title": "a todo"}, then=["add_todo_assignee"])},
    places={
        "add_todo_assignee": {"user_id": "oneself"},
        "remove_todo_assignee": {"todo_id": "assigned_todo", "user_id": "oneself"},
    },
    given=["oneself"],
)
