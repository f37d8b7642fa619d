"""What there is to know about the spaces of a call. Reading one never makes its row."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row

from fastapi_todo_kit.core.access import Access, access_to
from fastapi_todo_kit.features.spaces.repository import SpaceRepository
from fastapi_todo_kit.features.spaces.schemas import SpacePage, SpaceRead
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.work import Work


class SpaceService:
    """Reads the spaces that the principal of a unit of work may work in."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._spaces = SpaceRepository(work)

    @verb(Action.READ_SPACE)
    async def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one.

        Raises:
            SpaceNotFound: the policy does not show the space of this call.
        """
        self._work.authorise()
        principal = self._work.access.principal
        own = access_to(self._work.kit.settings.namespace, principal)
        accesses = {access.space.id: access for access in (own, self._work.access)}
        return {"items": await self._read(list(accesses.values())), "next_cursor": None}

    @verb(Action.READ_SPACE)
    async def current(self) -> SpaceRead:
        """Return the space of this call.

        Raises:
            SpaceNotFound: the policy does not show it.
        """
        self._work.authorise()
        (space,) = await self._read([self._work.access])
        return space

    async def _read(self, accesses: Sequence[Access]) -> list[SpaceRead]:
        rows = {row.id: row for row in await self._spaces.by_ids([access.space.id for access in accesses])}
        return [self._spelled(access, rows.get(access.space.id)) for access in accesses]

    def _spelled(self, access: Access, row: Row[Any] | None) -> SpaceRead:
        return cast(
            "SpaceRead",
            {
                "id": access.space.id,
                "kind": access.space.kind,
                "key": access.space.key,
                "role": access.role,
                "seq": 0 if row is None else row.seq,
                "created_at": None if row is None else row.created_at,
                "is_current": access.space.id == self._work.space_id,
            },
        )
