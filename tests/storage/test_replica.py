"""Reads on a replica, and that whoever has written reads what he wrote however far the replica is behind."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import OnChange, migrate, todo_services
from fastapi_todo_kit.schemas import ListCreate, ListQuery
from tests.auth.support import auth_settings, running_application
from tests.storage.replication import Process, Replication, process
from tests.storage.test_statements import READS
from tests.support import Api, make_app, running

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
async def processes(replication: Replication) -> AsyncIterator[tuple[Process, Process, Process]]:
    """Three processes that the tests share."""
    settings = replication.settings()
    async with process(settings) as one, process(settings) as two, process(settings) as three:
        yield one, two, three


@pytest.fixture
def writer(processes: tuple[Process, ...]) -> Process:
    """A process, as a user whom nobody has seen before."""
    return processes[0].as_user(uuid.uuid4().hex)


@pytest.fixture
def reader(processes: tuple[Process, ...], writer: Process) -> Process:
    """Another process, as the same user."""
    return processes[1].as_user(writer.api.user)


@pytest.fixture
def third(processes: tuple[Process, ...], writer: Process) -> Process:
    """A third process, as the same user."""
    return processes[2].as_user(writer.api.user)


async def seq_after(api: Api, method: str, path: str, body: Any = None, **headers: str) -> int:
    """Send a write; return what its answer says of the space."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response = await api.send(method, path, body, headers=sent)
    assert response.is_success, response.text
    return int(response.headers["todo-seq"])


async def wanted_by(process: Process) -> int:
    """Return what a process wants a replica to have of its user's space."""
    space = await process.api.get("/spaces/current")
    return process.store._marks.wanted(uuid.UUID(space["id"]))


async def titles(api: Api, **headers: str) -> list[str]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    response = await api.send("GET", "/todos", headers=sent)
    assert response.status_code == 200, response.text
    return [todo["title"] for todo in response.json()["items"]]


async def test_a_read_takes_one_statement_on_the_replica(
    replication: Replication, writer: Process, reader: Process
) -> None:
    label = await writer.api.label("urgent")
    todo = await writer.api.todo(label_ids=[label["id"]])
    await replication.caught_up()

    for path, count in READS:
        with replication.recorded() as statements:
            await reader.api.get(path.format(id=todo["id"], list=todo["list_id"], label=label["id"]))

        assert [place for place, _ in statements] == ["standby"] * count, statements


async def test_what_another_process_wrote_is_seen_when_the_replica_has_it(
    replication: Replication, writer: Process, reader: Process
) -> None:
    async with replication.paused():
        await writer.api.todo("new")

        assert await titles(reader.api) == []

    assert await titles(reader.api) == ["new"]


async def test_a_client_that_says_what_it_has_seen_reads_nothing_older(
    replication: Replication, writer: Process, reader: Process
) -> None:
    await writer.api.todo("old")
    async with replication.paused():
        seq = await seq_after(writer.api, "POST", "/todos", {"title": "new"})

        assert await titles(reader.api, Todo_Seq=str(seq)) == ["old", "new"]
        assert await titles(reader.api, Todo_Seq=str(seq - 1)) == ["old"]
        assert await titles(reader.api, Todo_Seq="9" * 18) == ["old", "new"]


async def test_a_process_reads_what_it_wrote_and_then_from_the_replica_again(
    replication: Replication, writer: Process
) -> None:
    async with replication.paused():
        await writer.api.todo("new")
        with replication.recorded() as behind:
            assert await titles(writer.api) == ["new"]
        assert await wanted_by(writer) == 2

    with replication.recorded() as there:
        assert await titles(writer.api) == ["new"]
        assert await titles(writer.api) == ["new"]

    assert [place for place, _ in behind] == ["standby", "primary"]
    assert [place for place, _ in there] == ["standby"] * 3
    assert "seq" in there[0][1]
    assert await wanted_by(writer) == 0


async def test_a_process_reads_what_it_wrote_in_whatever_space(replication: Replication, writer: Process) -> None:
    spaces = [(await writer.api.post("/spaces", {"name": "a team"}, 201))["id"] for _ in range(2)]
    await replication.caught_up()
    async with replication.paused():
        for space in spaces:
            await writer.api.post(f"/todos?space={space}", {"title": space}, 201)

        assert {one["title"] for one in (await writer.api.get("/todos", space="all"))["items"]} == {*spaces}

    await replication.caught_up()
    await writer.api.get("/todos", space="all")
    with replication.recorded() as there:
        assert len((await writer.api.get("/todos", space="all"))["items"]) == 2

    assert [place for place, _ in there] == ["standby"]


async def test_a_client_that_says_what_it_has_seen_reads_all_spaces_from_the_primary(
    replication: Replication, writer: Process, reader: Process
) -> None:
    """The number is of one space, and nobody says of which."""
    async with replication.paused():
        seq = await seq_after(writer.api, "POST", "/todos", {"title": "new"})
        answer = await reader.api.send("GET", "/todos?space=all", headers={"Todo-Seq": str(seq)})

        assert [one["title"] for one in answer.json()["items"]] == ["new"]


async def test_a_process_reads_no_less_than_others_where_it_changed_nothing(
    replication: Replication, writer: Process, reader: Process
) -> None:
    todo = await writer.api.todo("old")
    async with replication.paused():
        await writer.api.patch(f"/todos/{todo['id']}", {"title": "new"})
        await reader.api.patch(f"/todos/{todo['id']}", {"title": "new"})

        assert await titles(reader.api) == ["new"]


async def test_whoever_is_told_of_a_change_reads_it(replication: Replication) -> None:
    found: list[Any] = []

    async def read(_events: object) -> None:
        found.append(await titles(kit.api))

    async with process(replication.settings(), on_change=OnChange(after_commit=read)) as kit, replication.paused():
        await kit.api.todo("new")

    assert found == [["new"]]


async def test_a_write_that_changed_nothing_says_nothing_of_other_spaces(
    replication: Replication, writer: Process, reader: Process
) -> None:
    """The number that it tells is of a commit before it; who has that one may lack what was written meanwhile."""
    todo = await writer.api.todo("there")
    elsewhere = reader.as_user(uuid.uuid4().hex)
    async with replication.paused():
        await elsewhere.api.todo("new")
        await reader.api.patch(f"/todos/{todo['id']}", {"title": "there"})

        assert await titles(reader.api) == ["there"]
        assert await titles(elsewhere.api) == ["new"]


async def test_every_answer_to_a_write_tells_the_seq(writer: Process) -> None:
    api = writer.api
    path = f"/todos/{uuid.uuid4()}"
    new = {"title": "new", "id": path.removeprefix("/todos/")}

    seqs = [
        await seq_after(api, "POST", "/todos", new, Idempotency_Key="key"),
        await seq_after(api, "PATCH", path, {"title": "changed"}),
        await seq_after(api, "PATCH", path, {"title": "changed"}),
        await seq_after(api, "POST", f"{path}/complete"),
        await seq_after(api, "POST", "/todos", new, Idempotency_Key="key"),
        await seq_after(api, "DELETE", path),
    ]

    assert seqs == [2, 3, 3, 4, 4, 5]  # the first one makes the inbox, too
    assert (await api.get("/spaces/current"))["seq"] == 5


async def test_whoever_was_refused_because_of_others_can_read_why(
    replication: Replication, writer: Process, reader: Process, third: Process
) -> None:
    todo = await writer.api.todo("old")
    path = f"/todos/{todo['id']}"
    async with replication.paused():
        await writer.api.patch(path, {"title": "new"})
        stale = await reader.api.send("PATCH", path, {"title": "mine"}, headers={"If-Match": '"1"'})
        answer = await third.api.send("GET", path, headers={"Todo-Seq": stale.headers["todo-seq"]})

        assert stale.status_code == 412
        assert answer.json()["version"] == stale.json()["version"] == 2
        assert (await reader.api.get(path))["title"] == "new"


async def test_a_conflict_tells_the_seq(writer: Process) -> None:
    todo = await writer.api.todo()

    response = await writer.api.send("POST", "/todos", {"title": "again", "id": todo["id"]})

    assert (response.status_code, response.headers["todo-seq"]) == (409, "2")


async def test_without_a_replica_nobody_hears_of_it(postgresql_api: Api) -> None:
    api = postgresql_api.as_user()

    created = await api.send("POST", "/todos", {"title": "new"})
    answer = await api.send("GET", "/todos", headers={"Todo-Seq": "nonsense"})

    assert (created.status_code, answer.status_code) == (201, 200)
    assert "todo-seq" not in created.headers


@pytest.mark.parametrize("header", ["", "-1", "+1", "1.5", "0x1", "one", "1 2", "1, 2", "1" * 19, "1" * 5_000])
async def test_a_header_that_is_no_number_is_refused(writer: Process, header: str) -> None:
    response = await writer.api.send("GET", "/todos", headers={"Todo-Seq": header})

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {
            "parameter": "Todo-Seq",
            "code": "todo_seq",
            "detail": "1 to 18 digits, as an answer to a write had them",
        }
    ]


async def test_a_space_that_the_replica_does_not_know_is_behind(replication: Replication, writer: Process) -> None:
    async with replication.paused():
        await writer.api.todo("first of its space")

        assert await titles(writer.api) == ["first of its space"]


async def test_each_of_many_clients_sees_its_own_writes(
    replication: Replication, writer: Process, reader: Process
) -> None:
    """Each goes on and on writing to one of two processes and reading from the other, while the replica stutters."""

    async def write_and_read(n: int) -> None:
        one, other = (writer, reader) if n % 2 else (reader, writer)
        user = f"{writer.api.user}-{n % 4}"
        for step in range(10):
            title = f"{n}-{step}"
            created = await one.as_user(user).api.send("POST", "/todos", {"title": title})
            seen = {"Todo-Seq": created.headers["todo-seq"]}
            item = await other.as_user(user).api.send("GET", f"/todos/{created.json()['id']}", headers=seen)
            own = await one.as_user(user).api.send("GET", f"/todos/{created.json()['id']}")
            assert (item.status_code, own.status_code) == (200, 200), title

    async def stutter() -> None:
        while True:
            await replication.pause()
            await replication.resume()

    stuttering = asyncio.create_task(stutter())
    try:
        with replication.recorded() as statements:
            await asyncio.gather(*(write_and_read(n) for n in range(12)))
    finally:
        stuttering.cancel()
        await asyncio.wait([stuttering])
        await replication.resume()

    places = [place for place, statement in statements if "FROM todokit_todo" in statement]
    assert {"primary", "standby"} <= set(places)


async def test_the_services_stay_in_their_session(replication: Replication, reader: Process) -> None:
    engine = create_async_engine(replication.primary.dsn)
    async with replication.paused(), AsyncSession(engine) as session:
        settings = replication.settings()
        async with todo_services(settings, session=session, user_id=reader.api.user) as services:
            await services.lists.create(ListCreate(name="of the host"))
            names = [one["name"] for one in (await services.lists.page(ListQuery()))["items"]]
            await session.commit()

        assert names == ["of the host"]
        assert (await reader.api.get("/lists"))["items"] == []
    await engine.dispose()


async def test_a_session_of_the_host_has_no_replica(replication: Replication) -> None:
    engine = create_async_engine(replication.primary.dsn)

    async def session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine) as one:
            yield one

    app = make_app(replication.settings(), session=session, commit="kit")
    with replication.attempts() as attempts:
        async with running(app) as api:
            created = await api.send("POST", "/todos", {"title": "new"})
            assert await titles(api, Todo_Seq="nonsense") == ["new"]

    assert "todo-seq" not in created.headers
    assert "Todo-Seq" not in str(app.openapi())
    assert attempts == []
    await engine.dispose()


async def test_what_lets_people_in_is_read_on_the_primary(replication: Replication) -> None:
    settings = auth_settings(replication.primary.dsn, revocation_max_age=timedelta(0))
    settings = settings.model_copy(update={"read_url": replication.settings().read_url})
    await migrate(settings)
    async with running_application(settings) as application:
        person = await application.person()
        async with replication.paused():
            elsewhere = await person.elsewhere()
            with replication.recorded() as statements:
                assert (await elsewhere.get("/api/todos")).status_code == 200
            await elsewhere.post("/auth/logout")
            assert (await elsewhere.get("/api/todos")).status_code == 401

    where = {("todokit_auth" in statement, place) for place, statement in statements}
    assert where == {(True, "primary"), (False, "standby")}


def test_a_replica_serves_one_event_loop_after_another(replication: Replication) -> None:
    app = make_app(replication.settings())
    user = {"X-User": uuid.uuid4().hex}

    for n in range(3):
        with TestClient(app, headers=user) as client:
            client.post("/api/todos", json={"title": "one more"})
            assert len(client.get("/api/todos").json()["items"]) == n + 1


def test_only_reads_of_a_mount_with_a_replica_take_the_header(replication: Replication) -> None:
    def takers(app: Any) -> dict[str, bool]:
        return {
            f"{method} {path}": any(one["name"] == "Todo-Seq" for one in operation["parameters"])
            for path, methods in app.openapi()["paths"].items()
            for method, operation in methods.items()
        }

    settings = replication.settings()
    with_replica = takers(make_app(settings))
    without = takers(make_app(settings.model_copy(update={"read_url": None})))

    assert with_replica == {
        operation: operation.startswith("get ") or operation.endswith("/preview") for operation in without
    }
    assert not any(without.values())
