"""The database away, silent, slow or full under load: refusals that come soon, and recovery without a restart."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Pool, TodoKitSettings, migrate
from fastapi_todo_kit.settings import Postgres
from tests.invariants import assert_invariants
from tests.postgres import start_server
from tests.survival.application import Application
from tests.survival.load import Load, a_client, loading
from tests.survival.proxy import Proxy, running_proxy
from tests.survival.scale import OVERLOAD_SECONDS, SILENT_SECONDS, SLOWER

pytestmark = pytest.mark.survival

LONGEST_REFUSAL = 1.2 * SLOWER
LONGEST_RECOVERY = 3.0 * SLOWER
OVERLOAD = 20
# So few connections that twenty clients for each do not keep this process, which is their network too, from its work.
FOUR = Pool(size=4, overflow=0)


@asynccontextmanager
async def application_on(url: str, **settings: Any) -> AsyncIterator[tuple[Application, Proxy]]:
    """Run an application whose database is behind a proxy; at the end its one worker is still the first."""
    async with running_proxy(url) as (proxy, url_of_proxy):
        with closing(Application(TodoKitSettings(database_url=url_of_proxy, **settings))) as application:
            yield application, proxy
            assert application.workers[0].is_alive()
    await assert_invariants(TodoKitSettings(database_url=url))


@pytest.mark.postgres
async def test_a_restarted_database_is_used_again() -> None:
    with closing(start_server(durable=True)) as server:
        await migrate(TodoKitSettings(database_url=server.dsn))
        async with application_on(server.dsn) as (application, _), loading(application, 8, "GET", "PATCH") as load:
            await asyncio.sleep(0.5)
            await asyncio.to_thread(server.stop)
            await asyncio.sleep(0.5)
            await asyncio.to_thread(server.start)
            recovery = await load.first_done_after(time.monotonic())

    assert load.slowest_refusal() < LONGEST_REFUSAL
    assert recovery < LONGEST_RECOVERY


async def test_connections_that_are_cut_are_replaced(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    async with application_on(url) as (application, proxy), loading(application, 8, "GET", "PATCH") as load:
        for _ in range(10):
            await asyncio.sleep(0.1)
            proxy.cut()
        recovery = await load.first_done_after(time.monotonic())

    assert recovery < LONGEST_RECOVERY


async def test_connections_that_were_cut_together_are_replaced_unnoticed(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    async with application_on(url) as (application, proxy), a_client(application) as api:
        proxy.delay = 0.1
        await asyncio.gather(*(api.get("/todos") for _ in range(8)))
        proxy.delay = 0.0

        proxy.cut()
        await asyncio.sleep(0.1)

        for _ in range(8):
            await api.get("/todos")


async def test_a_silent_network_is_waited_for(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    async with application_on(url) as (application, proxy), loading(application, 60, "GET", "PATCH") as load:
        await asyncio.sleep(0.5)
        proxy.silence()
        await asyncio.sleep(SILENT_SECONDS)
        proxy.resume()
        recovery = await load.first_done_after(time.monotonic())

    assert recovery < LONGEST_RECOVERY


async def test_connections_to_a_server_that_vanished_are_given_up(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    impatient = {"pool": FOUR, "postgres": Postgres(statement_timeout=1)}
    async with (
        application_on(url, **impatient) as (application, proxy),
        loading(application, 8, "GET", "PATCH") as load,
    ):
        await asyncio.sleep(0.5)
        proxy.forget()
        recovery = await load.first_done_after(time.monotonic() + 0.1)

    assert recovery < LONGEST_RECOVERY


async def test_an_exhausted_pool_refuses_in_time(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    engine = create_async_engine(url)
    async with application_on(url, pool=FOUR) as (application, _), loading(application, 40, "GET", "PATCH") as load:
        async with engine.begin() as blocker:
            await blocker.execute(text("LOCK TABLE todokit_todo"))
            await asyncio.sleep(2)
        recovery = await load.first_done_after(time.monotonic())
    await engine.dispose()

    assert load.slowest_refusal() < LONGEST_REFUSAL
    assert recovery < LONGEST_RECOVERY


async def test_a_slow_database_under_overload_keeps_its_capacity(new_postgres: Callable[[], str]) -> None:
    url = await asyncio.to_thread(new_postgres)
    async with application_on(url, pool=FOUR) as (application, proxy):
        alone = await done_while_slow(application, proxy, FOUR.size)
        crowded = await done_while_slow(application, proxy, OVERLOAD * FOUR.size)

    assert len(crowded.done) > 0.8 / SLOWER * len(alone.done)
    assert crowded.slowest_refusal() < LONGEST_REFUSAL


async def done_while_slow(application: Application, proxy: Proxy, clients: int) -> Load:
    """Return what clients are answered while each statement takes half a second more."""
    async with loading(application, clients, "GET") as load:
        await asyncio.sleep(0.5)
        proxy.delay = 0.5
        await asyncio.sleep(1)  # what was under way is done
        slow = time.monotonic()
        await asyncio.sleep(OVERLOAD_SECONDS)
        proxy.delay = 0.0
        quick = time.monotonic()
        recovery = await load.first_done_after(quick)
    assert recovery < LONGEST_RECOVERY
    return Load([answer for answer in load.answers if slow < answer.at < quick])
