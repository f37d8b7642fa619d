"""Tables that have grown since PostgreSQL was last told how large they are, with connections that knew them small."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import OnChange, Pool, TodoKitSettings
from fastapi_todo_kit.changes import ChangeEvent
from tests.growing import grow
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough

READ = "SELECT relname, seq_tup_read, idx_tup_fetch FROM pg_stat_xact_user_tables"
TODOS = 1_000


async def a_few(api: Api, list_id: str) -> None:
    """Add todos with labels and links, so that foreign keys are looked up often enough for a plan to be kept."""
    label_ids = [(await api.label(f"{list_id} {n}"))["id"] for n in range(3)]
    for n in range(12):
        link = {"source": "billing", "type": "invoice", "id": f"{n}"}
        await api.todo(list_id=list_id, label_ids=label_ids, links=[link])


async def test_foreign_keys_are_looked_up_by_an_index_in_what_has_just_grown(new_postgres: Callable[[], str]) -> None:
    settings = TodoKitSettings(database_url=await asyncio.to_thread(new_postgres), pool=Pool(size=1, overflow=0))
    read: list[dict[str, Any]] = []

    async def look(_events: Sequence[ChangeEvent], transaction: Any) -> None:
        read.append({row.relname: row for row in await transaction.connection.execute(text(READ))})

    async with running(make_app(settings, on_change=OnChange(before_commit=look))) as api:
        small, full = await api.list("small"), await api.list("full")
        await a_few(api, small["id"])
        await analyze(settings)
        await a_few(api, (await api.list("other"))["id"])
        await grow(api, settings, full["id"], TODOS, labels=10, links=5)

        await api.post(f"/lists/{full['id']}/duplicate")

    # Once through all for a few statements; 15,000 times, if for each row.
    assert read[-1]["todokit_todo"].seq_tup_read < 30 * TODOS
    # Each once, not all of the space for each piece that is copied.
    for name, each in (("todokit_todo_label", 10), ("todokit_todo_link", 5)):
        assert read[-1][name].seq_tup_read + read[-1][name].idx_tup_fetch < 1.5 * each * TODOS, name


async def analyze(settings: TodoKitSettings) -> None:
    engine = create_async_engine(settings.url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("ANALYZE"))
    await engine.dispose()
