"""Header fields that come in several lines: a list is read as a whole, and of what is one value none is picked."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.requests import Request

import fastapi_todo_kit
from fastapi_todo_kit import Host, TodoKitSettings, auth_router, todo_router
from fastapi_todo_kit.auth.dependencies import client_of as client_behind
from fastapi_todo_kit.auth.external.dependencies import _bearer
from fastapi_todo_kit.errors import InvalidInput
from fastapi_todo_kit.http.read_your_writes import seen_seq
from tests.auth.support import Application, Person, auth_settings, running_application
from tests.mounts.production.support import client_of
from tests.mounts.production.support import make_app as make_production_app

Lines = list[tuple[str, str]]


@dataclass
class Scene:
    """Somebody with a todo, and who has logged in by cookies as well."""

    application: Application
    person: Person
    todo: str

    async def send(self, method: str, path: str, *lines: tuple[str, str], **options: Any) -> httpx2.Response:
        bearer = ("Authorization", f"Bearer {self.person.access_token}")
        return await self.application.client.request(method, path, headers=[bearer, *lines], **options)


@pytest.fixture
async def scene(accounts_sqlite_url: str) -> AsyncIterator[Scene]:
    settings = auth_settings(accounts_sqlite_url, cookies=True, public_url="https://todos.example")
    async with running_application(settings) as application:
        person = await application.person()
        todo = (await person.post("/api/todos", {"title": "x"})).json()
        yield Scene(application, person, f"/api/todos/{todo['id']}")


def request_with(*lines: tuple[str, str]) -> Request:
    headers = [(name.lower().encode(), value.encode()) for name, value in lines]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers})


async def if_match(scene: Scene) -> None:
    for path, field in ((scene.todo, "title"), ("/auth/me", "name")):
        version = (await scene.send("GET", path)).headers["etag"]
        for lines in ('"99"|{}', '{}|"99"', '"98"|"99", {}'):
            held = [("If-Match", line.format(version)) for line in lines.split("|")]
            answer = await scene.send("PATCH", path, *held, json={field: lines})
            assert answer.status_code == 200, (path, lines)
            version = answer.headers["etag"]
        for lines, status in (
            ('"98"|"99"', 412),
            ("{}|x", 412),
            ("*|{}", 412),
            ("*|*", 412),
            ("|".join(["{}"] * 500), 422),
        ):
            held = [("If-Match", line.format(version)) for line in lines.split("|")]
            assert (await scene.send("PATCH", path, *held, json={field: "x"})).status_code == status, (path, lines)


async def if_none_match(scene: Scene) -> None:
    for lines, status in (('"9"|"1"', 304), ('"1"|"9"', 304), ('"8"|"9"', 200), ('"1"|x', 200), ("*|*", 200)):
        held = [("If-None-Match", line) for line in lines.split("|")]
        assert (await scene.send("GET", scene.todo, *held)).status_code == status, lines


async def idempotency_key(scene: Scene) -> None:
    answer = await scene.send("PATCH", scene.todo, ("Idempotency-Key", "a"), ("Idempotency-Key", "a"), json={})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "repeated_header")


async def todo_seq(_scene: Scene) -> None:
    assert seen_seq(request_with(("Todo-Seq", "1"))) == 1
    with pytest.raises(InvalidInput):
        seen_seq(request_with(("Todo-Seq", "1"), ("Todo-Seq", "2")))


async def content_type(scene: Scene) -> None:
    for kinds in (("application/json", "text/plain"), ("application/json", "application/json")):
        lines = [("Content-Type", kind) for kind in kinds]
        assert (await scene.send("POST", "/api/todos", *lines, content=b'{"title": "x"}')).status_code == 415


async def content_encoding(scene: Scene) -> None:
    production = make_production_app(scene.application.settings)
    for lines in ([("Content-Encoding", "identity"), ("Content-Encoding", "gzip")], [("Content-Encoding", "gzip")] * 2):
        answer = await scene.send("POST", "/api/todos", *lines, ("Content-Type", "application/json"), content=b"{}")
        async with client_of(production) as client:
            behind = await client.post("/seen", headers=lines, content=b"{}")
        assert (answer.status_code, behind.status_code) == (415, 415)


async def content_length(scene: Scene) -> None:
    # Servers refuse it; behind one that does not, the body is counted.
    async with client_of(make_production_app(scene.application.settings)) as client:
        lines = [("Content-Length", "9999999999"), ("Content-Length", "2")]
        assert (await client.post("/seen", headers=lines, content=b"{}")).status_code != 413


async def x_request_id(scene: Scene) -> None:
    problem = await scene.send("GET", "/api/nowhere", ("X-Request-ID", "one"), ("X-Request-ID", "two"))
    refused = await scene.send("GET", "/api/todos?x=1", ("X-Request-ID", "one"), ("X-Request-ID", "two"))

    assert problem.status_code == 404
    assert refused.json()["request_id"] not in {"one", "two", "one, two"}


async def authorization(scene: Scene) -> None:
    for path in ("/auth/me", "/api/todos"):
        for other in ("Bearer nonsense", f"Bearer {scene.person.access_token}", "Basic eDp5"):
            assert (await scene.send("GET", path, ("Authorization", other))).status_code == 401, (path, other)
    given = await _bearer(request_with(("Authorization", "Bearer a"), ("Authorization", "Bearer b")))
    assert given is not None
    assert given.credentials == "a, Bearer b"


async def of_a_browser(scene: Scene, *lines: tuple[str, str]) -> int:
    body = {"email": scene.person.email, "password": scene.person.password}
    client = scene.application.client
    await client.post("/auth/login?in_cookies=true", json=body, headers=[("Origin", "https://todos.example")])
    answer = await client.patch("/auth/me", json={"name": "x"}, headers=[*lines])
    client.cookies.clear()
    return answer.status_code


async def origin(scene: Scene) -> None:
    here, evil = ("Origin", "https://todos.example"), ("Origin", "https://evil.example")
    assert [await of_a_browser(scene, *lines) for lines in ([here], [here, evil], [evil, here])] == [200, 403, 403]


async def sec_fetch_site(scene: Scene) -> None:
    here, evil = ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")
    assert [await of_a_browser(scene, *lines) for lines in ([here], [here, evil], [evil, here])] == [200, 403, 403]


async def user_agent(_scene: Scene) -> None:
    assert client_behind(request_with(("User-Agent", "a"), ("User-Agent", "b"))).user_agent == "a, b"


async def seen(scene: Scene, name: str, first: str, second: str) -> Any:
    app = make_production_app(scene.application.settings, trusted_proxies=["10.0.0.0/8"])
    async with client_of(app, "10.0.0.1") as client:
        return (await client.get("/seen", headers=[*client.headers.items(), (name, first), (name, second)])).json()


async def x_forwarded_for(scene: Scene) -> None:
    assert (await seen(scene, "X-Forwarded-For", "192.0.2.1", "192.0.2.2"))["client"] == "192.0.2.2"


async def x_forwarded_proto(scene: Scene) -> None:
    # The client writes the first line, and the proxy next to us the last.
    assert (await seen(scene, "X-Forwarded-Proto", "https", "http"))["scheme"] == "http"


READ: dict[str, Callable[[Scene], Awaitable[None]]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        if_match, if_none_match, idempotency_key, todo_seq, content_type, content_encoding, content_length,
        x_request_id, authorization, origin, sec_fetch_site, user_agent, x_forwarded_for, x_forwarded_proto,
    )
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
async def test_several_lines_of_a_header_are_one_value(scene: Scene, name: str) -> None:
    await READ[name](scene)


def test_every_header_that_is_read_is_tried_here() -> None:
    sources = {path: path.read_text() for path in Path(fastapi_todo_kit.__file__).parent.rglob("*.py")}
    read: set[str] = set()
    for path, source in sources.items():
        read |= set(re.findall(r'(?:field_value\([\w.]+, |headers\.getlist\()"([^"]+)"', source))
        picked = re.findall(r'(?<!response\.)(?<!error\.)headers\.get\("[^"]+"', source)
        assert not picked, f"{path} reads the first line only: use field_value"
    app = FastAPI()
    app.include_router(todo_router(TodoKitSettings(), Host(current_user=lambda: "x")), prefix="/api")
    app.include_router(auth_router(auth_settings("sqlite+aiosqlite://")), prefix="/auth")
    operations = [one for item in app.openapi()["paths"].values() for one in item.values()]
    described = {
        one["name"].lower() for each in operations for one in each.get("parameters", ()) if one["in"] == "header"
    }

    assert read | {"todo-seq"} == READ.keys()
    assert described <= READ.keys()
