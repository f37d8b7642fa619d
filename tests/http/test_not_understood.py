"""What is not understood is refused, and not ignored: parameters that nobody has declared, bodies that nobody reads."""

import uuid
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Query
from fastapi.security import APIKeyQuery

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from tests.http.heavy import Operation, operations_of
from tests.stalls import call, no_stall
from tests.support import Api, User, header_user, make_app, running

OPERATIONS = operations_of(make_app(TodoKitSettings(database_url="sqlite+aiosqlite://")))
JSON = {"Content-Type": "application/json"}


def target(operation: Operation) -> str:
    return operation.path_to_nothing.removeprefix("/api")


async def test_every_operation_refuses_an_unknown_parameter(api: Api) -> None:
    for operation in OPERATIONS:
        for name in ("page", "offset", "due_lt", "x" * 5_000):
            response = await api.send(operation.method, f"{target(operation)}?{name}=1", headers=JSON)

            told = response.json()
            assert (response.status_code, told["code"]) == (422, "unknown_parameter"), operation.name
            assert (told["errors"][0]["parameter"], len(told["errors"])) == (name[:100], 1)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/todos?due_lt=2026-03-28", "due.lt"), ("/todos?label[]=x", "label"), ("/todos?due.le=", "due.lt"),
        ("/todos?priority=0", "priority.lte"), ("/todos?labels=x", "label"), ("/todos?Sort=due", "sort"),
        ("/todos/{id}/subtasks?limits=1", "limit"), ("/lists?archive=true", "archived"),
    ],
)  # fmt: skip
async def test_the_nearest_parameter_is_named(api: Api, path: str, near: str) -> None:
    response = await api.send("GET", path.format(id=uuid.UUID(int=1)))

    assert response.status_code == 422
    assert f"did you mean `{near}`?" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize("path", ["/todos/{id}/subtasks?sort=due", "/trash?updated_since=2026-03-28T00:00:00Z"])
async def test_a_parameter_of_another_operation_is_unknown(api: Api, path: str) -> None:
    assert (await api.get(path.format(id=uuid.UUID(int=1)), 422))["code"] == "unknown_parameter"


async def test_who_calls_is_asked_before(api: Api) -> None:
    for path, body in (("/todos?page=2", None), (f"/todos/{uuid.UUID(int=1)}/complete", {"x": 1})):
        assert (await api.client.post(path, json=body)).status_code == 401


@pytest.mark.parametrize(
    "query", ["limit=1&limit=2", "due.lt=2026-03-28&due.lt=2026-03-29", "sort=due&sort=due", "q=a&q=b"]
)
async def test_a_parameter_that_is_no_list_is_given_once(api: Api, query: str) -> None:
    told = await api.get(f"/todos?{query}", 422)

    assert (told["errors"][0]["code"], told["errors"][0]["parameter"]) == (
        "repeated_parameter",
        query.partition("=")[0],
    )


async def test_an_empty_value_is_no_value(api: Api) -> None:
    (listing,) = [one for one in OPERATIONS if one.name == "todo_kit_list_todos"]
    document: Any = make_app(TodoKitSettings(database_url="sqlite+aiosqlite://")).openapi()
    names = [one["name"] for one in document["paths"][listing.path]["get"]["parameters"] if one["in"] == "query"]

    for name in set(names) - {"q"}:  # an empty search is in every text
        assert (await api.send("GET", f"/todos?{name}=")).status_code in {400, 422}, name


async def test_a_query_has_a_greatest_length(sqlite_url: str) -> None:
    app = make_app(TodoKitSettings(database_url=sqlite_url))

    async with running(app):
        with no_stall("a long query"):
            answer = await call(app, "GET", f"/api/todos?{'a&' * 500_000}")

    assert (answer.status, answer.json()["code"]) == (414, "query_too_long")


async def user_of_query(tenant: Annotated[str, Query()] = "") -> User:
    return User(f"somebody of {tenant}", None)


async def traced(trace: Annotated[bool, Query()] = False) -> None:
    del trace


async def test_dependencies_of_the_host_may_declare_parameters(sqlite_url: str) -> None:
    settings = TodoKitSettings(database_url=sqlite_url, passed_parameters=("utm_*", "ref"))
    app = FastAPI()
    router = todo_router(settings, Host(current_user=user_of_query))
    app.include_router(router, prefix="/api", dependencies=[Depends(traced)])

    async with running(app) as api:
        await api.get("/todos?tenant=a&trace=true&utm_source=mail&ref=1")
        assert (await api.get("/todos?tenants=a", 422))["code"] == "unknown_parameter"
        assert (await api.get("/todos?reference=1", 422))["code"] == "unknown_parameter"


async def test_a_key_in_the_query_is_declared(sqlite_url: str) -> None:
    async def user(key: Annotated[str, Depends(APIKeyQuery(name="api_key"))]) -> str:
        return key

    app = make_app(TodoKitSettings(database_url=sqlite_url), current_user=user)
    async with running(app) as api:
        assert (await api.send("GET", f"/todos?api_key={api.user}")).status_code == 200
        assert (await api.send("GET", f"/todos?api_key={api.user}&apikey=1")).json()["code"] == "unknown_parameter"


async def test_an_override_of_a_test_may_declare_parameters(sqlite_url: str) -> None:
    app = make_app(TodoKitSettings(database_url=sqlite_url))
    app.dependency_overrides[header_user] = user_of_query

    async with running(app) as api:
        await api.get("/todos?tenant=a")


async def test_unknown_parameters_can_be_ignored(sqlite_url: str) -> None:
    async with running(make_app(TodoKitSettings(database_url=sqlite_url, unknown_parameters="ignore"))) as api:
        await api.get("/todos?page=2")
        await api.get("/todos?limit=1&limit=2", 422)


WITHOUT_BODY = [one for one in OPERATIONS if not one.takes_body]


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b" {\n} ", b"\n"])
async def test_a_body_that_says_nothing_is_none(api: Api, body: bytes) -> None:
    for operation in WITHOUT_BODY:
        response = await api.send(operation.method, target(operation), content=body, headers=JSON)

        assert response.status_code in {200, 204, 404}, (operation.name, response.text)


@pytest.mark.parametrize("body", [b'{"completed_at": "2026-03-28T00:00:00Z"}', b"not json", b"[]", b'""', b"0"])
async def test_a_body_where_none_is_taken_is_refused(api: Api, body: bytes) -> None:
    for operation in WITHOUT_BODY:
        for headers in ({}, JSON, {"Content-Type": "text/plain"}):
            response = await api.send(operation.method, target(operation), content=body, headers=headers)

            assert (response.status_code, response.json()["code"]) == (422, "unexpected_body"), operation.name


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
async def test_a_compressed_body_is_415(api: Api, encoding: str) -> None:
    response = await api.send("POST", "/todos", content=b"\x1f\x8b", headers={**JSON, "Content-Encoding": encoding})

    assert (response.status_code, response.headers["accept-encoding"]) == (415, "identity")
