from collections.abc import Sequence

from fastapi_todo_kit import RequestError, SyncTodoServices
from fastapi_todo_kit.schemas import TodoImport


def bring_what_can_be(kit: SyncTodoServices, items: Sequence[TodoImport]) -> list[str]:
    """Bring todos but for those that cannot be, and return why they cannot."""
    rest, reasons = list(items), []
    while True:
        try:
            kit.todos.create_many(rest)
        except RequestError as error:
            if "item" not in error.members:
                raise
            reasons.append(f"{rest.pop(error.members['item']).title}: {error.detail}")
        else:
            return reasons
