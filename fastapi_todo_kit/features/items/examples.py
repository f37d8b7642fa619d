"""How the operations on items are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

_ITEM: Final = {"space_id": "space", "kind": "kind_of_item", "target_id": "list"}
EXAMPLES: Final = Examples(
    bodies={
        "update_item": [
            {"is_favorite": True, "color": "#d97706"},
            {"before": "{item}"},
            {"after": "{item}"},
        ],
        "mark_space_seen": [{"seq": 0}, {}],
    },
    things={
        "item": Thing("mark_space_seen", is_personal=True),
        "item_of_list": Thing("update_item", {"is_hidden": True}, is_personal=True),
    },
    places={"update_item": _ITEM, "reset_item": _ITEM},
    given=["kind_of_item"],
)
