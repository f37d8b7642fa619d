"""What there is to know about the spaces of a call. Reading one never makes its row."""

from collections.abc import Sequence
from typing import cast

from fastapi_todo_kit.spaces.repository import SpaceRepository
from fastapi_todo_kit.spaces.schemas import SpacePage, SpaceRead
from fastapi_todo_kit.storage.log import SpaceRef, personal_space
from fastapi_todo_kit.storage.work import Work


class SpaceService:
    """Reads the spaces that the principal of a unit of work may work in."""

    def __init__(self, work: Work) -> None:
        self._context = work.context
        self._spaces = SpaceRepository(work)

    async def page(self) -> SpacePage:
        """Return the personal space and, in a tenant of the host, that one."""
        own = personal_space(self._context.settings.namespace, self._context.principal.user_id)
        refs = list({ref.id: ref for ref in (own, self._context.space)}.values())
        return {"items": await self._read(refs), "next_cursor": None}

    async def current(self) -> SpaceRead:
        """Return the space of this call."""
        (space,) = await self._read([self._context.space])
        return space

    async def _read(self, refs: Sequence[SpaceRef]) -> list[SpaceRead]:
        rows = {row.id: row for row in await self._spaces.by_ids([ref.id for ref in refs])}
        return [
            cast(
                "SpaceRead",
                {
                    "id": ref.id,
                    "kind": ref.kind,
                    "key": ref.key,
                    "seq": rows[ref.id].seq if ref.id in rows else 0,
                    "created_at": rows[ref.id].created_at if ref.id in rows else None,
                    "is_current": ref.id == self._context.space.id,
                },
            )
            for ref in refs
        ]
