"""How the operations on spaces are tried."""

from typing import Final

from fastapi_todo_kit.storage.examples import Examples, Filter, Thing

EXAMPLES: Final = Examples(things={"space": Thing("get_current_space")}, filters={"space": Filter("space")})
