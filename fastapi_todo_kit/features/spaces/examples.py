"""How the operations on spaces are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Filter, Thing

EXAMPLES: Final = Examples(
    bodies={"update_space": [{"name": "another name"}]},
    things={
        "space": Thing("get_current_space"),
        "team": Thing("create_space", is_personal=True),
        "trashed_team": Thing("create_space", then=["delete_space"], is_personal=True),
    },
    places={
        "update_space": {"space_id": "team"},
        "delete_space": {"space_id": "team"},
        "restore_space": {"space_id": "trashed_team"},
    },
    filters={"space": Filter("space")},
)
