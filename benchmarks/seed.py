"""The data: the same users with the same number of todos for every application, each in its own database.

Ids are derived from the user and a number, so that a client knows them without asking.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import md5
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import httpx2
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.peers import KIT, Peer
from benchmarks.peers.handwritten import Base
from benchmarks.peers.kit import application
from fastapi_todo_kit import TodoKitSettings, migrate

LABELS_PER_USER = 2
LABELLED_EVERY = 5
DESCRIPTION = "Call the supplier, compare the three offers and write down what was agreed. " * 2


@dataclass(frozen=True)
class Population:
    """Who has what: users, numbered from 0, and todos of each, numbered from 1."""

    users: int
    todos: int

    @property
    def user_ids(self) -> list[UUID]:
        """The ids of all users."""
        return [_derived(f"user/{number}") for number in range(self.users)]

    def pick(self, random: Random) -> tuple[UUID, UUID]:
        """Choose a user and one of the seeded todos of that user."""
        user = _derived(f"user/{random.randrange(self.users)}")
        return user, _derived(f"{user}/todo/{random.randint(1, self.todos)}")


def _derived(text: str) -> UUID:
    """An id that SQL derives too: `md5(text)::uuid`."""
    return UUID(md5(text.encode(), usedforsecurity=False).hexdigest())


async def create_database(admin_dsn: str, name: str) -> str:
    """Create an empty database, in the place of one that an aborted run left, and return its DSN."""
    await drop_database(admin_dsn, name)
    async with _connection(admin_dsn) as connection:
        await connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(admin_dsn).set(database=name).render_as_string(hide_password=False)


async def drop_database(admin_dsn: str, name: str) -> None:
    """Drop a database with whoever is still connected to it."""
    async with _connection(admin_dsn) as connection:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def server_version(dsn: str) -> str:
    """The version of the PostgreSQL server."""
    async with _connection(dsn) as connection:
        return str(await connection.fetchval("SHOW server_version"))


async def seed(peer: Peer, dsn: str, population: Population) -> None:
    """Create an application's tables and fill them; vacuumed, so that no round pays for the seeding."""
    await (seed_kit if peer is KIT else seed_handwritten)(dsn, population)
    async with _connection(dsn) as connection:
        await connection.execute("VACUUM ANALYZE")


@asynccontextmanager
async def _connection(dsn: str) -> AsyncIterator[Any]:
    url = make_url(dsn).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


# The hand-written application and the limit share one schema.

HANDWRITTEN_USERS = """
    INSERT INTO "user" (id, email, hashed_password, is_active, is_superuser, is_verified)
    SELECT id, id || '@example.org', 'unusable', true, false, true FROM unnest($1::uuid[]) id
"""
HANDWRITTEN_LISTS = """
    INSERT INTO todolist (id, user_id, name) SELECT md5(id || '/list')::uuid, id, 'Inbox' FROM "user"
"""
HANDWRITTEN_LABELS = """
    INSERT INTO label (id, user_id, name)
    SELECT md5(u.id || '/label/' || n)::uuid, u.id, 'Label ' || n FROM "user" u, generate_series(1, $1::int) n
"""
HANDWRITTEN_TODOS = """
    INSERT INTO todo (id, user_id, created_by, list_id, title, description, status, priority, due, position,
        links, extra, created_at, updated_at, version)
    SELECT md5(u.id || '/todo/' || n)::uuid, u.id, u.id, md5(u.id || '/list')::uuid, 'Todo ' || n, $2, 'open',
        5, timestamptz '2026-12-01 09:00+01', n, '[]', '{}', now() + n * interval '1 ms', now(), 1
    FROM generate_series(1, $1::int) n, "user" u
"""
HANDWRITTEN_TODO_LABELS = """
    INSERT INTO todolabellink (todo_id, label_id)
    SELECT md5(u.id || '/todo/' || n)::uuid, label.id
    FROM "user" u JOIN label ON label.user_id = u.id, generate_series($2::int, $1::int, $2::int) n
"""


async def seed_handwritten(dsn: str, population: Population) -> None:
    """Create the tables of the hand-written application and fill them with SQL."""
    engine = create_async_engine(dsn)
    async with engine.begin() as tables:
        await tables.run_sync(Base.metadata.create_all)
    await engine.dispose()
    async with _connection(dsn) as connection:
        await connection.execute(HANDWRITTEN_USERS, population.user_ids)
        await connection.execute(HANDWRITTEN_LISTS)
        await connection.execute(HANDWRITTEN_LABELS, LABELS_PER_USER)
        await connection.execute(HANDWRITTEN_TODOS, population.todos, DESCRIPTION)
        await connection.execute(HANDWRITTEN_TODO_LABELS, population.todos, LABELLED_EVERY)


# The kit: one todo per user comes from its API, so that space, list and labels are as the kit makes them.

KIT_TODO_OVERRIDES = {
    "id": "md5(t.created_by || '/todo/' || n)::uuid",
    "title": "'Todo ' || n",
    # A fractional index of six digits: the kit can still insert behind and between these.
    "position": "'f' || lpad(n::text, 6, '0')",
    "created_at": "t.created_at + n * interval '1 ms'",
}
KIT_TODO_LABELS = """
    INSERT INTO todokit_todo_label (space_id, todo_id, label_id)
    SELECT t.space_id, md5(t.created_by || '/todo/' || n)::uuid, l.id
    FROM todokit_todo t JOIN todokit_label l USING (space_id), generate_series($2::int, $1::int, $2::int) n
    WHERE t.id = ANY($3::uuid[])
"""
KIT_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_name = 'todokit_todo' AND table_schema = current_schema() AND is_generated = 'NEVER'
"""


async def seed_kit(dsn: str, population: Population) -> None:
    """Migrate, let the kit create one todo per user through its API, and copy that todo with SQL."""
    prototypes = await _kit_prototypes(dsn, population)
    async with _connection(dsn) as connection:
        columns = [row["column_name"] for row in await connection.fetch(KIT_COLUMNS)]
        values = ", ".join(KIT_TODO_OVERRIDES.get(column, f"t.{column}") for column in columns)
        copy = f"""
            INSERT INTO todokit_todo ({", ".join(columns)})
            SELECT {values} FROM generate_series(1, $1::int) n, todokit_todo t WHERE t.id = ANY($2::uuid[])
        """
        await connection.execute(copy, population.todos, prototypes)
        await connection.execute(KIT_TODO_LABELS, population.todos, LABELLED_EVERY, prototypes)
        await connection.execute("DELETE FROM todokit_todo WHERE id = ANY($1::uuid[])", prototypes)


async def _kit_prototypes(dsn: str, population: Population) -> list[UUID]:
    """Create a list with one todo for each user, with the kit's defaults for all that may be absent."""
    await migrate(TodoKitSettings(database_url=dsn))
    app = application(dsn)
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://benchmark") as client,
    ):
        return [await _kit_prototype(client, user) for user in population.user_ids]


async def _kit_prototype(client: httpx2.AsyncClient, user: UUID) -> UUID:
    client.headers["X-User"] = str(user)
    for number in range(1, LABELS_PER_USER + 1):
        await _post(client, "/labels", {"name": f"Label {number}"})
    todo_list = await _post(client, "/lists", {"name": "Work"})
    todo = {"title": "Todo", "description": DESCRIPTION, "due": KIT.due, "priority": 5}
    return UUID((await _post(client, "/todos", {**todo, "list_id": todo_list["id"]}))["id"])


async def _post(client: httpx2.AsyncClient, path: str, body: dict[str, object]) -> dict[str, Any]:
    response = await client.post(path, json=body)
    if response.status_code != httpx2.codes.CREATED:
        raise RuntimeError(f"POST {path} answered {response.status_code}: {response.text}")
    created: dict[str, Any] = response.json()
    return created
