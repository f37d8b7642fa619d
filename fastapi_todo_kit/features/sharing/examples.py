"""How the operations that share are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples

EXAMPLES: Final = Examples(
    bodies={"share_list": [{"name": "a list for two"}, {"inherits_id": "{team}"}, {"invite": [{"role": "viewer"}]}]}
)
