"""A list of any size that goes to another space, for whoever runs the application: `todo-kit move-list`."""

import uuid
from dataclasses import replace
from typing import Final

from fastapi_todo_kit.core.access import OWNER, Access, SpaceRef
from fastapi_todo_kit.core.errors import SpaceNotFound
from fastapi_todo_kit.features.lists.moving import ListMoving
from fastapi_todo_kit.features.lists.schemas import ListMove, ListRead
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.each_space import find_space
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.work import Work

_EVERY: Final = 2**31
"""More todos than a list has."""


async def move_list_of_any_size(kit: Kit, list_id: uuid.UUID, source: uuid.UUID, target: uuid.UUID) -> ListRead:
    """Bring a list to the end of another space, with all that is in it, in one transaction; no policy is asked.

    Whoever writes into either of the two spaces waits meanwhile, and is refused after the lock timeout.

    Raises:
        SpaceNotFound, ListNotFound, InboxStays, StaysWithTenant, LimitReached, SpaceHoldsOneList, AlreadyExists
    """
    limits = kit.settings.limits.model_copy(update={"todos_per_move": _EVERY})
    kit = replace(kit, settings=kit.settings.model_copy(update={"limits": limits}))
    here = kit.as_system(await _space(kit, source), Action.UPDATE_LIST, "move-list")
    there = Access(here.access.principal, await _space(kit, target), OWNER)
    context = replace(here, other=(there, Action.CREATE_LIST))

    async def move(work: Work) -> ListRead:
        return await ListMoving(work).move(list_id, ListMove(space_id=target))

    return await kit.store.write(context, move)


async def _space(kit: Kit, space_id: uuid.UUID) -> SpaceRef:
    found = await kit.store.transact(lambda connection: find_space(connection, kit.settings.namespace, space_id))
    if found is None:
        raise SpaceNotFound(f"There is no space {space_id}.")
    return found
