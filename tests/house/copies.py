"""What a space holds, as rows: things that twenty requests have made once are copied for whoever needs them next.

A copy is a space of its own with other ids, in the same order: nothing is shared with the test before.
"""

import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.core.access import SpaceRef, personal_space, tenant_space
from fastapi_todo_kit.storage.database import make_engine
from fastapi_todo_kit.storage.log import Space
from fastapi_todo_kit.storage.membership import Member
from fastapi_todo_kit.storage.tables import new_id, table_of
from fastapi_todo_kit.tables import kit_metadata
from tests.support import Api, Client, TestClock

Make = Callable[[Api], Awaitable[dict[str, str]]]
Rows = dict[str, list[dict[str, Any]]]

_SPACE: Final = table_of(Space)
_MEMBER: Final = table_of(Member)
ID: Final = re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b")
_TABLES: Final = [one for one in kit_metadata().sorted_tables if one is _SPACE or "space_id" in one.c]
# In the order of making: what refers to another row of its own table comes after it.
_READS: Final = {
    table.name: select(table)
    .where((table.c.id if table is _SPACE else table.c.space_id).in_(bindparam("spaces", expanding=True)))
    .order_by(*table.primary_key)
    for table in _TABLES
}
_TEAMS: Final = select(_MEMBER.c.space_id).where(_MEMBER.c.user_id == bindparam("user"))
_WRITES: Final = {table.name: insert(table) for table in _TABLES}


def space_of(api: Api) -> SpaceRef:
    """Return the space that a client is in."""
    namespace, tenant = settings_of(api).namespace, getattr(api, "org", None)
    return personal_space(namespace, api.user) if tenant is None else tenant_space(namespace, tenant)


def settings_of(api: Api) -> TodoKitSettings:
    """Return the settings of the application that a client asks."""
    assert isinstance(api.client, Client)
    settings: TodoKitSettings = api.client.app.state.settings
    return settings


def clock_of(api: Api) -> TestClock | None:
    """Return the clock of the application that a client asks, if it is one of the tests'."""
    assert isinstance(api.client, Client)
    clock: TestClock | None = api.client.app.state.clock
    return clock


class _Kind(NamedTuple):
    """What is the same for all things that are copies of the same."""

    url: str
    namespace: str
    kind_of_space: str
    has_clock: bool


@dataclass(frozen=True)
class _Made:
    """Things as they were when they were made: by whom, in which space, and until when."""

    things: Mapping[str, str]
    user: str
    space: SpaceRef
    rows: Rows
    ids: list[uuid.UUID]
    until: datetime | None


class Copies:
    """The things that were made once on each database, and what reads and writes rows there."""

    def __init__(self) -> None:
        self._engines: dict[str, AsyncEngine] = {}
        self._made: dict[_Kind, _Made] = {}

    async def close(self) -> None:
        for engine in self._engines.values():
            await engine.dispose()

    async def rows(self, api: Api) -> Rows:
        """Return every row of the space that a client is in, and of those of the teams that its user is in."""
        async with self._engine(api).connect() as connection:
            teams = (await connection.execute(_TEAMS, {"user": api.user})).scalars()
            spaces = {"spaces": [space_of(api).id, *teams]}
            return {
                name: [dict(row) for row in (await connection.execute(read, spaces)).mappings()]
                for name, read in _READS.items()
            }

    async def things(self, api: Api, make: Make) -> dict[str, str]:
        """Return one of each thing in the space that a client is in: copied if it has nothing yet, or else made."""
        space, clock = space_of(api), clock_of(api)
        settings = settings_of(api)
        kind = _Kind(settings.database_url, settings.namespace, space.kind, clock is not None)
        if kind in self._made:
            return await self._copied(api, space, self._made[kind]) or await make(api)
        is_empty = not (await self.rows(api))[_SPACE.name]
        things = await make(api)
        if is_empty:
            assert things["space"] == str(space.id)
            rows = await self.rows(api)
            ids = {
                value for of in rows.values() for row in of for value in row.values() if isinstance(value, uuid.UUID)
            }
            self._made[kind] = _Made(
                things, api.user, space, rows, sorted(ids - {space.id}), clock.now if clock else None
            )
        return things

    async def _copied(self, api: Api, space: SpaceRef, made: _Made) -> dict[str, str]:
        """Copy what was made into a space; return nothing if something is there."""
        copy, clock = _Copy(made, api.user, space), clock_of(api)
        async with self._engine(api).begin() as connection:
            if (await connection.execute(_READS[_SPACE.name], {"spaces": [space.id]})).first() is not None:
                return {}
            for name, rows in made.rows.items():
                if rows:
                    await connection.execute(_WRITES[name], copy.of(rows))
        if clock is not None and made.until is not None:
            clock.now = max(clock.now, made.until)
        return {name: str(copy.of(one)) for name, one in made.things.items()}

    def _engine(self, api: Api) -> AsyncEngine:
        settings = settings_of(api)
        if settings.database_url not in self._engines:
            self._engines[settings.database_url] = make_engine(settings)
        return self._engines[settings.database_url]


class _Copy:
    """A space as another one was, with other ids and somebody else who did it all."""

    def __init__(self, made: _Made, user: str, space: SpaceRef) -> None:
        self._ids = {one: new_id() for one in made.ids} | {made.space.id: space.id}
        self._names = {made.user: user, made.space.key: space.key}

    def of(self, value: Any) -> Any:
        """Return what a value of the one is in the other."""
        if isinstance(value, uuid.UUID):
            return self._ids.get(value, value)
        if isinstance(value, str):
            return self._names.get(value) or ID.sub(self._of_text, value)
        if isinstance(value, list):
            return [self.of(one) for one in value]
        if isinstance(value, Mapping):
            return {name: self.of(one) for name, one in value.items()}
        return value

    def _of_text(self, found: re.Match[str]) -> str:
        # What is no id of a row is that of a request, or makes a name unique.
        other = self._ids.setdefault(uuid.UUID(found[0]), new_id())
        return str(other) if "-" in found[0] else other.hex
