"""How the operations on lists are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Filter, Thing

EXAMPLES: Final = Examples(
    bodies={
        "create_list": [{"name": "a list"}],
        "update_list": [{"name": "another name"}],
        "move_list": [{"before": "{other_list}"}, {"after": "{other_list}"}, {"space_id": "{team}"}],
    },
    things={
        "list": Thing("create_list"),
        "other_list": Thing("create_list"),
        "archived_list": Thing("create_list", then=["archive_list"]),
        "trashed_list": Thing("create_list", then=["delete_list"]),
    },
    places={
        "unarchive_list": {"list_id": "archived_list"},
        "restore_list": {"list_id": "trashed_list"},
    },
    filters={
        "list": Filter("list"),
        "to": Filter("list", beside={"todos": "move"}),
    },
)
