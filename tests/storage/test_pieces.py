"""What is done row by row is done some at a time, with a turn for others between, wherever a unit of work runs."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.core.access import Principal, access_to
from fastapi_todo_kit.kit import kit_on
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import gathered
from fastapi_todo_kit.storage.kit import Context
from fastapi_todo_kit.storage.sessions import SessionStore, drive
from fastapi_todo_kit.storage.work import Work

ROWS = range(1_000)
MANY = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 999) SELECT n FROM numbers"
)


@pytest.fixture
def context(settings: TodoKitSettings) -> Context:
    kit = kit_on(Database(settings), settings, None)
    return Context(kit, access_to("", Principal("ann")), Action.READ_TODO)


@pytest.fixture
async def database(settings: TodoKitSettings) -> AsyncIterator[Database]:
    database = Database(settings)
    yield database
    await database.close()


async def sizes_of(work: Work) -> list[int]:
    """Go through many rows; between two pieces something else must have run."""
    work.authorise()
    turns: list[str] = []
    sizes: list[int] = []
    async for piece in work.pieces(ROWS):
        assert not sizes or turns, "nobody else had the event loop"
        turns.clear()
        asyncio.get_running_loop().call_soon(turns.append, "somebody else")
        sizes.append(len(piece))
    return sizes


async def test_others_have_their_turn_between_pieces(context: Context, database: Database) -> None:
    sizes = await database.read(context, sizes_of)

    assert sum(sizes) == len(ROWS)
    assert max(sizes) <= 250


async def test_others_have_their_turn_in_a_session_of_the_host(context: Context) -> None:
    engine = create_async_engine(context.kit.settings.url)
    async with AsyncSession(engine) as session:
        sizes = await SessionStore(session, commits=False).read(context, sizes_of)
    await engine.dispose()

    assert (sum(sizes), max(sizes) <= 250) == (len(ROWS), True)


async def read_many(work: Work) -> list[int]:
    work.authorise()
    return [row.n for row in await work.fetch(MANY, {})]


async def test_rows_are_read_some_at_a_time_and_none_is_lost(context: Context, database: Database) -> None:
    engine = create_async_engine(context.kit.settings.url)
    async with AsyncSession(engine) as session:
        in_session = await SessionStore(session, commits=False).read(context, read_many)
    await engine.dispose()

    assert in_session == await database.read(context, read_many) == list(ROWS)


async def test_rows_are_made_of_what_was_read_in_pieces() -> None:
    turns: list[int] = []

    async def give_way() -> None:
        turns.append(len(turns))

    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        rows = await gathered(connection.execute(MANY), give_way)
    engine.dispose()

    assert (len(rows), len(turns) >= len(ROWS) // 250) == (len(ROWS), True)


async def in_pieces(work: Work) -> int:
    work.authorise()
    return sum([len(piece) async for piece in work.pieces([row.n for row in await work.fetch(MANY, {})])])


def test_in_a_synchronous_session_there_is_nobody_to_give_way_to(context: Context) -> None:
    url = make_url(context.kit.settings.database_url)
    engine = create_engine(url.set(drivername="sqlite" if context.kit.settings.is_sqlite else "postgresql+psycopg"))
    with Session(engine) as session:
        count = drive(SessionStore(session, commits=False).read(context, in_pieces))
    engine.dispose()

    assert count == len(ROWS)
