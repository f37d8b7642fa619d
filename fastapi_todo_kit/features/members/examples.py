"""How the operations on members are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

EXAMPLES: Final = Examples(
    bodies={
        "put_member": [{"role": "owner"}],
        "transfer_space": [{"user_id": "{colleague}"}],
    },
    things={"shared_team": Thing("create_space", then=["put_member"], is_personal=True)},
    places={
        "list_members": {"space_id": "shared_team"},
        "put_member": {"space_id": "team", "user_id": "colleague"},
        "remove_member": {"space_id": "shared_team", "user_id": "colleague"},
        "leave_space": {"space_id": "shared_team"},
        "transfer_space": {"space_id": "shared_team"},
    },
    given=["colleague"],
)
