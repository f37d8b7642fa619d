"""The data of the kit: one todo per list comes from its API, so that all is as the kit makes it; SQL copies that."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import make_url

from benchmarks.data.databases import connection_to
from benchmarks.data.population import (
    DESCRIPTION,
    LABELLED_EVERY,
    LABELS_PER_USER,
    TODOS_PER_LIST,
    WALL_CLOCK,
    Population,
    derived,
)
from benchmarks.peers.kit import application
from benchmarks.peers.kit_accounts import settings_for
from fastapi_todo_kit import TodoKitSettings, migrate


@dataclass(frozen=True)
class Prototype:
    """The todo from which a list is filled, with the numbers from `first` to `last`."""

    id: UUID
    user: UUID
    first: int
    last: int

    @property
    def numbers(self) -> range:
        """The numbers of the todos of the list."""
        return range(self.first, self.last + 1)


# On PostgreSQL.

# A fractional index of six digits: the kit can still insert behind and between these.
POSTGRES_OVERRIDES = {
    "id": "md5(t.created_by || '/todo/' || n)::uuid",
    "title": "'Todo ' || n",
    "position": f"'f' || lpad((1 + (n - 1) % {TODOS_PER_LIST})::text, 6, '0')",
    "created_at": "t.created_at + n * interval '1 ms'",
}
POSTGRES_NUMBERED = """
    FROM unnest($1::uuid[], $2::int[], $3::int[]) AS prototype (id, first, last)
    JOIN todokit_todo t USING (id) CROSS JOIN generate_series(first, last) n
"""
# Shifted from list to list: a page of all lists has the todos of equal numbers side by side.
POSTGRES_LABELS = f"""
    INSERT INTO todokit_todo_label (space_id, todo_id, label_id)
    SELECT t.space_id, md5(t.created_by || '/todo/' || n)::uuid, l.id
    {POSTGRES_NUMBERED} JOIN todokit_label l ON l.space_id = t.space_id
    WHERE (n + (n - 1) / {TODOS_PER_LIST}) % {LABELLED_EVERY} = 0
"""
POSTGRES_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_name = 'todokit_todo' AND table_schema = current_schema() AND is_generated = 'NEVER'
"""
POSTGRES_USERS = """
    INSERT INTO todokit_auth_user (id, email, email_key, name, is_active, is_verified, is_superuser, version,
        created_at, updated_at)
    SELECT id, id || '@example.org', id || '@example.org', 'Somebody', true, true, false, 1, now(), now()
    FROM unnest($1::uuid[]) id
"""
POSTGRES_SESSIONS = """
    INSERT INTO todokit_auth_session (id, user_id, created_at, authenticated_at, used_at, expires_at,
        address, user_agent)
    SELECT md5(id || '/session')::uuid, id, now(), now(), now(), now() + interval '30 days', '127.0.0.1', 'benchmark'
    FROM todokit_auth_user
"""


async def seed_kit(dsn: str, population: Population) -> None:
    """Migrate and fill PostgreSQL; vacuumed, so that no round pays for the seeding."""
    await migrate(TodoKitSettings(database_url=dsn))
    prototypes = await _make_prototypes(dsn, population)
    numbered = [list(column) for column in zip(*((one.id, one.first, one.last) for one in prototypes), strict=True)]
    async with connection_to(dsn) as connection:
        columns = [row["column_name"] for row in await connection.fetch(POSTGRES_COLUMNS)]
        await connection.execute(_copy(columns, POSTGRES_OVERRIDES) + POSTGRES_NUMBERED, *numbered)
        await connection.execute(POSTGRES_LABELS, *numbered)
        await connection.execute("DELETE FROM todokit_todo WHERE id = ANY($1::uuid[])", numbered[0])
        await connection.execute("VACUUM ANALYZE")


async def seed_kit_accounts(dsn: str, population: Population) -> None:
    """Seed what `seed_kit` does, for users of the kit's own who have logged in."""
    await migrate(settings_for(dsn))
    async with connection_to(dsn) as connection:
        await connection.execute(POSTGRES_USERS, population.user_ids)
        await connection.execute(POSTGRES_SESSIONS)
    await seed_kit(dsn, population)


# On SQLite, which stores a UUID as 32 digits.

SQLITE_OVERRIDES = {"id": ":id", "title": "'Todo ' || :number", "position": "printf('f%06d', :number)"}
SQLITE_LABELS = """
    INSERT INTO todokit_todo_label (space_id, todo_id, label_id)
    SELECT space_id, :id, id FROM todokit_label
    WHERE space_id = (SELECT space_id FROM todokit_todo WHERE id = :prototype) AND :number % :every = 0
"""


async def seed_kit_sqlite(url: str, population: Population) -> None:
    """Migrate and fill a file of SQLite."""
    await migrate(TodoKitSettings(database_url=url))
    prototypes = await _make_prototypes(url, population)
    with closing(sqlite3.connect(make_url(url).database or "")) as connection, connection:
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(todokit_todo)")]
        copy = _copy(columns, SQLITE_OVERRIDES) + " FROM todokit_todo t WHERE t.id = :prototype"
        connection.executemany(copy, _numbered(prototypes))
        connection.executemany(SQLITE_LABELS, _numbered(prototypes))
        connection.executemany("DELETE FROM todokit_todo WHERE id = ?", [(one.id.hex,) for one in prototypes])
        connection.execute("ANALYZE")


def _numbered(prototypes: list[Prototype]) -> Iterator[dict[str, Any]]:
    for one in prototypes:
        for number in one.numbers:
            todo = derived(f"{one.user}/todo/{number}").hex
            yield {"prototype": one.id.hex, "id": todo, "number": number, "every": LABELLED_EVERY}


# On both.


def _copy(columns: list[str], overrides: dict[str, str]) -> str:
    values = ", ".join(overrides.get(column, f"t.{column}") for column in columns)
    return f"INSERT INTO todokit_todo ({', '.join(columns)}) SELECT {values}"


async def _make_prototypes(url: str, population: Population) -> list[Prototype]:
    """Create the lists of each user, each with one todo, with the kit's defaults for all that may be absent."""
    app = application(url)
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://benchmark") as client,
    ):
        return [one for user in population.user_ids for one in await _prototypes_of(client, user, population)]


async def _prototypes_of(client: httpx2.AsyncClient, user: UUID, population: Population) -> list[Prototype]:
    client.headers["X-User"] = str(user)
    for number in range(1, LABELS_PER_USER + 1):
        await _post(client, "/labels", {"name": f"Label {number}"})
    prototypes = []
    for first in range(1, population.todos + 1, TODOS_PER_LIST):
        todo_list = await _post(client, "/lists", {"name": f"From {first}"})
        todo = {"title": "Todo", "description": DESCRIPTION, "due": WALL_CLOCK, "priority": 5}
        created = await _post(client, "/todos", {**todo, "list_id": todo_list["id"]})
        last = min(first + TODOS_PER_LIST - 1, population.todos)
        prototypes.append(Prototype(UUID(created["id"]), user, first, last))
    return prototypes


async def _post(client: httpx2.AsyncClient, path: str, body: dict[str, object]) -> dict[str, Any]:
    response = await client.post(path, json=body)
    if response.status_code != httpx2.codes.CREATED:
        raise RuntimeError(f"POST {path} answered {response.status_code}: {response.text}")
    created: dict[str, Any] = response.json()
    return created
