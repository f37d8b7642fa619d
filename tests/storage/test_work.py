"""What a unit of work holds back, to send it together with its change, and what it may not be held back from."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from fastapi_todo_kit import LinkTarget, TodoKitSettings, Transaction, migrate
from fastapi_todo_kit.core.access import Principal, access_to
from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.kit import kit_on
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.kit import Context
from fastapi_todo_kit.storage.log import lock_of
from fastapi_todo_kit.storage.repository import Repository, in_space
from fastapi_todo_kit.storage.tables import new_id, table_of
from fastapi_todo_kit.storage.work import Work
from tests.support import make_app, running

LINK = {"source": "billing", "type": "invoice", "id": "42"}


class Labels(Repository):
    """The smallest repository that writes."""

    table = table_of(Label)
    entity = "label"

    async def put(self, name: str) -> None:
        now = self._work.now
        row = {"id": new_id(), "name": name, "name_key": name, "color": None}
        await self.add({**row, "version": 1, "created_at": now, "created_by": "test", "updated_at": now})

    async def count(self) -> int:
        counted = select(func.count()).select_from(self.table).where(in_space(self.table))
        return int(await self.fetch_value(counted))

    async def remove_all(self) -> int:
        return await self.run(self.table.delete().where(in_space(self.table)))


@pytest.fixture(params=["sqlite", "postgresql"])
async def context(request: pytest.FixtureRequest, tmp_path: Path, new_postgres: Callable[[], str]) -> Context:
    """In a database of the test's own, because what these tests write is not in the log."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite+aiosqlite:///{tmp_path / 'work.db'}" if is_sqlite else await asyncio.to_thread(new_postgres)
    settings = TodoKitSettings(database_url=url)
    await migrate(settings)
    kit = kit_on(Database(settings), settings, None)
    return Context(kit, access_to("", Principal("ann")), Action.CREATE_LABEL)


@pytest.fixture
async def database(context: Context) -> AsyncIterator[Database]:
    database = Database(context.kit.settings)
    yield database
    await database.close()


async def test_what_is_held_back_is_there_for_the_next_statement(context: Context, database: Database) -> None:
    async def operation(work: Work) -> list[int]:
        work.authorise()
        labels, seen = Labels(work), []
        await labels.put("one")
        seen.append(await labels.count())
        await labels.put("two")
        await labels.put("three")
        seen.append(await labels.remove_all())
        await labels.put("four")
        return seen

    seen = await database.write(context, operation)
    left = await database.read(replace(context, action=Action.READ_LABEL), counted)

    assert (seen, left) == ([1, 3], 1)


async def counted(work: Work) -> int:
    work.authorise()
    return await Labels(work).count()


async def test_what_is_written_without_a_lock_is_not_held_back(context: Context, database: Database) -> None:
    """Nothing is logged then, and nothing would send it."""

    async def operation(work: Work) -> None:
        work.authorise()

    await database.write(context, operation)  # so that there is a space
    await database.transact(lambda connection: Labels(Work(context, connection)).put("alone"))
    left = await database.read(context, counted)

    assert left == 1


async def test_a_link_policy_sees_what_was_written_before_it_is_asked(database_url: str) -> None:
    lists: list[int] = []

    async def count_lists(_access: Any, _target: LinkTarget, transaction: Transaction) -> bool:
        lists.append((await transaction.connection.execute(text("SELECT count(*) FROM todokit_list"))).scalar())
        return True

    settings = TodoKitSettings(database_url=database_url)
    async with running(make_app(settings, link_policy=count_lists)) as api:
        await api.post("/todos", {"title": "makes the inbox", "links": [LINK]})
        await api.post("/todos", {"title": "finds it", "links": [LINK]})

    assert lists[0] == lists[1]


def test_the_lock_is_spelled_with_numbers_only() -> None:
    space_id = new_id()

    sql = lock_of(space_id, 3)

    assert sql.split("'") == ["UPDATE todokit_space SET seq = seq + 3 WHERE id = ", space_id.hex, ""]
