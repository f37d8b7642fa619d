"""How the operations on todos are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Filter, Thing

EXAMPLES: Final = Examples(
    bodies={
        "create_todo": [
            {"title": "a todo", "list_id": "{list}"},
            {"title": "a subtask", "parent_id": "{todo}"},
            {"title": "a todo", "label_ids": ["{label}"]},
        ],
        "update_todo": [{"title": "another title", "label_ids": ["{label}"]}],
        "move_todo": [
            {"list_id": "{other_list}"},
            {"parent_id": "{neighbour}"},
            {"before": "{neighbour}"},
            {"after": "{neighbour}"},
            {"space_id": "{team}"},
        ],
    },
    things={
        "todo": Thing("create_todo", {"title": "a todo", "list_id": "{list}", "label_ids": ["{label}"]}),
        "neighbour": Thing("create_todo"),
        "subtask": Thing("create_todo", {"title": "a subtask", "parent_id": "{todo}"}),
        "trashed_todo": Thing("create_todo", {"title": "a todo"}, then=["delete_todo"]),
    },
    places={
        "restore_todo": {"todo_id": "trashed_todo"},
        "add_todo_label": {"label_id": "other_label"},
    },
    filters={"parent": Filter("todo")},
)
