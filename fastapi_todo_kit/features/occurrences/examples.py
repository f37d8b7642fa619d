"""How the operations that close and open todos are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

EXAMPLES: Final = Examples(
    bodies={"preview_recurrence": [{"recurrence": {"unit": "week"}, "due": {"date": "2026-03-30"}}]},
    things={
        "closed_todo": Thing("create_todo", {"title": "a todo"}, then=["complete_todo"]),
        "recurring_todo": Thing(
            "create_todo",
            {"title": "a todo", "due": {"date": "2026-03-30"}, "recurrence": {"unit": "week"}},
            then=["complete_todo"],
        ),
    },
    places={
        "skip_todo": {"todo_id": "recurring_todo"},
        "undo_todo": {"todo_id": "recurring_todo"},
        "list_occurrences": {"todo_id": "recurring_todo"},
        "list_upcoming": {"todo_id": "recurring_todo"},
        "reopen_todo": {"todo_id": "closed_todo"},
    },
)
