"""A replica that is away, refuses, or lacks what it needs: the primary answers, and nobody waits for it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg
import pytest
from prometheus_client import REGISTRY

from fastapi_todo_kit import Pool, RolePolicy, migrate
from fastapi_todo_kit.storage import replica
from fastapi_todo_kit.storage.engines.connections import Connection
from tests.mounts.health.test_health import asking, ready
from tests.storage.replication import Process, Replication, process, until, value
from tests.storage.test_faults import run_sql

MOUNT = "replicated"
WARNING = "the replica cannot answer, so the primary does"


@pytest.fixture(scope="module")
async def shared(replication: Replication) -> AsyncIterator[Process]:
    """A process that tests share."""
    async with process(replication.settings(metrics=True, name=MOUNT)) as one:
        yield one


@pytest.fixture
async def kit(replication: Replication, shared: Process) -> AsyncIterator[Process]:
    """The process, for a user with one todo, which the replica has; it leaves a replica that is away alone for good."""
    one = shared.as_user(uuid.uuid4().hex)
    one.end_cooldown()
    with patient_for(3_600):
        await one.api.todo("there")
        await replication.caught_up()
        assert await one.api.titles() == ["there"]
        yield one


@contextmanager
def patient_for(seconds: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replica, "_COOLDOWN_SECONDS", seconds)
        yield


@contextmanager
def stopped(replication: Replication) -> Iterator[None]:
    replication.standby.stop()
    try:
        yield
    finally:
        if not replication.standby.is_running:
            replication.standby.start()


def fallbacks(reason: str) -> float:
    labels = {"mount": MOUNT, "reason": reason}
    return REGISTRY.get_sample_value("todo_kit_replica_fallbacks_total", labels) or 0.0


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if WARNING in record.getMessage()]


async def places(kit: Process, replication: Replication) -> list[str]:
    """Read; return where the statements ran."""
    with replication.recorded() as statements:
        assert await kit.api.titles() == ["there"]
    return [place for place, _ in statements]


async def test_a_stopped_replica_is_left_alone_and_noticed_when_it_returns(
    replication: Replication, kit: Process, caplog: pytest.LogCaptureFixture
) -> None:
    before = fallbacks("unavailable")
    with replication.attempts() as attempts:
        with stopped(replication):
            assert [await kit.api.titles() for _ in range(4)] == [["there"]] * 4
            in_vain = len(attempts)

        assert await places(kit, replication) == ["primary"]
        assert len(attempts) == in_vain == 1

        kit.end_cooldown()
        assert await places(kit, replication) == ["standby"]
    assert await places(kit, replication) == ["standby"]
    assert len(warnings_in(caplog)) == 1
    assert fallbacks("unavailable") - before == 5


async def test_one_read_finds_out_and_the_others_do_not_wait_for_it(
    replication: Replication, kit: Process, caplog: pytest.LogCaptureFixture
) -> None:
    with stopped(replication):
        await asyncio.gather(*(kit.api.titles() for _ in range(10)))
        assert len(warnings_in(caplog)) == 1
        kit.end_cooldown()
        with replication.attempts() as attempts:
            found = await asyncio.gather(*(kit.api.titles() for _ in range(10)))

    assert found == [["there"]] * 10
    assert len(attempts) == 1


async def test_an_application_starts_and_writes_without_its_replica(replication: Replication) -> None:
    with stopped(replication), replication.attempts() as attempts:
        async with process(replication.settings()) as kit:
            await kit.api.todo("there")

            assert await kit.api.titles() == ["there"]
    assert len(attempts) == 1  # of the warm-up


async def test_a_worker_is_ready_without_its_replica(replication: Replication) -> None:
    with stopped(replication):
        async with asking(replication.settings()) as client:
            assert await ready(client) == (200, {"database": "ok", "tables": "ok"})


async def test_the_warm_up_opens_a_connection_and_the_end_closes_it(replication: Replication) -> None:
    name = f"warm_{uuid.uuid4().hex}"
    await value(replication.primary.dsn, f"CREATE DATABASE {name}")
    await replication.caught_up()
    count = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608  (a name of our own)

    async with process(replication.settings(name)):
        assert await value(replication.standby.dsn, count) == 1

    await until(replication.standby.dsn, f"SELECT ({count}) = 0")


async def test_a_replica_that_only_starts_is_no_error(replication: Replication, kit: Process) -> None:
    standby = replication.standby
    standby.stop()
    standby._run("pg_ctl", "start", "--wait", f"--log={standby._log}", "--options=-c hot_standby=off")
    try:
        with pytest.raises(asyncpg.CannotConnectNowError):
            await value(standby.dsn, "SELECT 1")

        with replication.attempts() as attempts:
            await kit.api.titles()
            assert [await places(kit, replication) for _ in range(2)] == [["primary"]] * 2
        assert len(attempts) == 1
    finally:
        standby.stop()
        standby.start()


async def test_connections_that_were_cut_are_replaced(replication: Replication, kit: Process) -> None:
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'todo_kit'"
    await value(replication.standby.dsn, cut)

    assert set(await places(kit, replication)) == {"standby"}


async def test_a_conflict_with_recovery_is_answered_by_the_primary(
    replication: Replication, kit: Process, caplog: pytest.LogCaptureFixture
) -> None:
    primary, standby = replication.urls()
    await run_sql(
        primary,
        "CREATE TABLE held (id int)",
        """CREATE FUNCTION hold() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
            IF pg_is_in_recovery() THEN PERFORM pg_sleep(20) FROM (SELECT count(*) FROM held) counted; END IF;
            RETURN true; END $$""",
        "ALTER TABLE todokit_label RENAME TO label",
        "CREATE VIEW todokit_label AS SELECT * FROM label WHERE (SELECT hold())",
    )
    try:
        await replication.caught_up()
        await value(standby, "ALTER SYSTEM SET max_standby_streaming_delay = 0")
        await value(standby, "SELECT pg_reload_conf()")
        reading = asyncio.create_task(kit.api.get("/labels"))
        await until(standby, "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
        await run_sql(primary, "DROP TABLE held")

        assert (await reading)["items"] == []
        assert "conflict with recovery" in warnings_in(caplog)[0]
        assert await places(kit, replication) == ["standby"]  # it is not left alone for that
    finally:
        await run_sql(primary, "DROP VIEW todokit_label", "ALTER TABLE label RENAME TO todokit_label")
        await replication.caught_up()


async def test_tables_that_the_replica_has_not_got_yet_are_read_on_the_primary(
    replication: Replication, caplog: pytest.LogCaptureFixture
) -> None:
    name = f"new_{uuid.uuid4().hex}"
    await value(replication.primary.dsn, f"CREATE DATABASE {name}")
    settings = replication.settings(name)
    async with replication.paused():
        await migrate(settings)
        with patient_for(3_600):
            async with process(settings) as kit:
                assert [await kit.api.titles() for _ in range(3)] == [[]] * 3
                assert len(warnings_in(caplog)) == 1


async def test_a_statement_that_takes_too_long_there_is_run_here(replication: Replication, kit: Process) -> None:
    with failing_once(asyncpg.QueryCanceledError("canceling statement due to statement timeout")) as failed:
        assert await kit.api.titles() == ["there"]

    assert len(failed) == 1
    assert await places(kit, replication) == ["standby"]


async def test_a_replica_that_says_nothing_is_left_alone(replication: Replication, kit: Process) -> None:
    with failing_once(TimeoutError()):
        assert await kit.api.titles() == ["there"]

    assert await places(kit, replication) == ["primary"]


async def test_one_read_finds_out_whether_the_replica_says_something_again(
    replication: Replication, kit: Process
) -> None:
    with failing_once(TimeoutError()):
        await kit.api.titles()
    kit.end_cooldown()
    fetch, is_first, asked, speak = asyncpg.Connection.fetch, True, asyncio.Event(), asyncio.Event()

    async def say_nothing(driver: Any, *arguments: Any) -> Any:
        nonlocal is_first
        if is_first:
            is_first = False
            asked.set()
            await speak.wait()
        return await fetch(driver, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncpg.Connection, "fetch", say_nothing)
        asking = asyncio.create_task(kit.api.titles())
        await asked.wait()
        assert await places(kit, replication) == ["primary"]
        speak.set()
        await asking

    assert await places(kit, replication) == ["standby"]


@contextmanager
def failing_once(error: Exception) -> Iterator[list[Exception]]:
    """Let the next statement of the driver fail."""
    failed: list[Exception] = []
    fetch = asyncpg.Connection.fetch

    async def fail(driver: Any, *arguments: Any) -> Any:
        if not failed:
            failed.append(error)
            raise error
        return await fetch(driver, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncpg.Connection, "fetch", fail)
        yield failed


async def test_a_read_for_which_no_connection_is_free_goes_to_the_primary(replication: Replication) -> None:
    settings = replication.settings(pool=Pool(size=1, overflow=0, wait=0.3, timeout=30))
    async with process(settings) as kit:
        await kit.api.todo("there")
        await replication.caught_up()
        assert await places(kit, replication) == ["standby"] * 2
        taken, free = asyncio.Event(), asyncio.Event()

        async def take(_connection: Connection) -> None:
            taken.set()
            await free.wait()

        taking = asyncio.create_task(kit.store._replica.query(take))
        await taken.wait()
        assert await places(kit, replication) == ["primary"]
        free.set()
        await taking

        assert await places(kit, replication) == ["standby"]


async def test_a_replica_that_is_behind_is_counted(replication: Replication, kit: Process) -> None:
    before = {reason: fallbacks(reason) for reason in ("behind", "unavailable")}
    async with replication.paused():
        await kit.api.todo("new")
        assert await kit.api.titles() == ["there", "new"]

    assert fallbacks("behind") - before["behind"] == 1
    assert fallbacks("unavailable") == before["unavailable"]


async def test_what_is_not_there_is_not_looked_for_on_the_primary(replication: Replication, kit: Process) -> None:
    with replication.recorded() as statements:
        await kit.api.get(f"/todos/{uuid.uuid4()}", 404)

    assert [place for place, _ in statements] == ["standby"] * 2  # and whether it has moved


@pytest.mark.parametrize("mistake", [RuntimeError("a defect"), ValueError("another")])
async def test_a_defect_is_not_hidden(replication: Replication, mistake: Exception) -> None:
    asked: list[Any] = []

    class Broken(RolePolicy):
        def allows(self, *arguments: Any) -> bool:
            asked.append(arguments)
            raise mistake

    async with process(replication.settings(), policy=Broken()) as kit:
        with pytest.raises(type(mistake), match=str(mistake)):
            await kit.api.get("/todos")

    assert len(asked) == 1


async def test_a_pooler_before_the_replica(replication: Replication) -> None:
    """In transaction mode both statements of a read come to one server, because they are in one transaction."""
    async with process(replication.settings(postgres={"pooler": "transaction"})) as kit:
        async with replication.paused():
            await kit.api.todo("there")
            assert await places(kit, replication) == ["standby", "primary"]

        assert await places(kit, replication) == ["standby"] * 2
