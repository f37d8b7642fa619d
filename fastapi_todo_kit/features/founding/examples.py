"""How the operation that makes a space is tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples

EXAMPLES: Final = Examples(
    bodies={
        "create_space": [
            {"name": "a team"},
            {"name": "a team below", "inherits_id": "{team}"},
            {"name": "a team of two", "invite": [{"role": "editor"}]},
        ]
    }
)
