"""How the operations on notes are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Thing

EXAMPLES: Final = Examples(
    bodies={"create_note": [{"text": "note {unique}"}]},
    things={"note": Thing("create_note"), "other_note": Thing("create_note")},  # two of a kind, for pages
)
