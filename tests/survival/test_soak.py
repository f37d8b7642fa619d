"""Busy for half of a long time: nothing piles up, neither memory nor tasks, descriptors or transactions."""

import asyncio
import statistics
from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple

import psutil
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import TodoKitSettings
from tests.survival.application import Application
from tests.survival.load import a_client, loading
from tests.survival.scale import IS_FULL, SOAK_ROUNDS, SOAK_SECONDS

pytestmark = pytest.mark.survival

CLIENTS = 8
MOST_GROWTH = 0.05
OPEN = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'todo_kit' AND state LIKE 'idle in transaction%'
"""


class Held(NamedTuple):
    """What the worker of an application holds while nobody asks it anything; memory in bytes."""

    memory: int
    tasks: int
    descriptors: int
    transactions: int


async def test_nothing_piles_up(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    pause = SOAK_SECONDS / SOAK_ROUNDS / 2
    held = []
    with closing(Application(TodoKitSettings(database_url=url))) as application:
        for _ in range(SOAK_ROUNDS):
            async with loading(application, CLIENTS, "GET", "PATCH") as load:
                await asyncio.sleep(pause)
            await asyncio.sleep(pause)
            assert not load.refused
            held.append(await what_is_held(application, url))

    first, last = held[0], held[-1]
    assert last.tasks == first.tasks
    assert last.descriptors <= first.descriptors + CLIENTS  # the pool may have grown to a connection for each
    assert {each.transactions for each in held} == {0}
    if IS_FULL:  # before half an hour, caches that fill look like a leak
        assert growth([each.memory for each in held[SOAK_ROUNDS // 2 :]]) < MOST_GROWTH


async def what_is_held(application: Application, url: str) -> Held:
    worker = psutil.Process(application.workers[0].pid)
    async with a_client(application) as api:
        tasks = (await api.client.get(f"{application.url}/tasks")).json()
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        transactions = (await connection.execute(text(OPEN))).scalar_one()
    await engine.dispose()
    return Held(worker.memory_info().rss, tasks, worker.num_fds(), transactions)


def growth(sizes: list[int]) -> float:
    """Return by which share of the first size a straight line through all of them rises."""
    slope = statistics.linear_regression(range(len(sizes)), sizes).slope
    return slope * len(sizes) / sizes[0]
