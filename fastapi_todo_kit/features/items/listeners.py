"""What items do about what happens below them, inside the same transaction."""

from fastapi_todo_kit.core.access import personal_space
from fastapi_todo_kit.features.items.service import ItemService
from fastapi_todo_kit.features.lists.events import ListLeaving
from fastapi_todo_kit.storage.work import Work


async def on_list_leaving(work: Work, event: ListLeaving) -> None:
    """Let the item of whoever moves a list follow, where it goes from or to the space that items are in.

    Of a move between two others that space is not locked, and cannot be any more: locks are taken in one order.
    """
    own = personal_space(work.kit.settings.namespace, work.access.principal.user_id).id
    home = next((one for one in (work, event.there) if one.space_id == own), None)
    if home is not None:
        await ItemService(home).follow(event.list_id, work.space_id, event.there.space_id)
