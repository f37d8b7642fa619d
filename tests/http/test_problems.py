import ast
import uuid
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, model_validator
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import PlainTextResponse

from fastapi_todo_kit import RequestError, TodoKitError, TodoKitSettings, errors
from fastapi_todo_kit.errors import TodoNotFound
from fastapi_todo_kit.http.problems import Problem
from tests.support import Api, header_user, make_app, running

PROBLEM_JSON = "application/problem+json"


def answering(text: str) -> Any:
    """Return an exception handler that only says that it was called."""

    async def handler(_request: Request, _error: Exception) -> PlainTextResponse:
        return PlainTextResponse(text, 418)

    return handler


def add_host_routes(app: FastAPI) -> None:
    """Give the application routes of its own, beside and below those of the kit."""
    own = APIRouter()

    @own.get("/own/{number}")
    async def own_number(number: int) -> int:
        if number == 404:
            raise HTTPException(404, {"reason": "no such number"})
        return number

    app.include_router(own)
    app.include_router(own, prefix="/api")


def members_given_to_errors() -> set[str | None]:
    """Return what the package gives to errors by name, wherever it makes one."""
    classes = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, RequestError)}
    return {
        keyword.arg
        for path in Path(errors.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in classes
        for keyword in node.keywords
    }


def test_every_member_that_an_error_can_have_is_described() -> None:
    assert "version" in members_given_to_errors()
    assert members_given_to_errors() - set(Problem.model_fields) == set()


async def test_an_error_is_a_problem_document(api: Api) -> None:
    response = await api.send("GET", f"/todos/{uuid.uuid4()}")

    assert response.headers["content-type"] == PROBLEM_JSON
    problem = response.json()
    assert len(problem.pop("request_id")) == 32
    assert problem == {
        "type": "about:blank",
        "title": "Todo not found",
        "status": 404,
        "code": "todo_not_found",
        "detail": "There is no such todo in this space.",
    }


@pytest.mark.parametrize("given", ["a", "0f8fad5b-d9cb-469f-a165-70867728950e", "a.b:c/d+e=", "x" * 64])
async def test_a_sane_request_id_comes_back(api: Api, given: str) -> None:
    problem = (await api.send("GET", "/todos/x", headers={"X-Request-ID": given})).json()

    assert problem["request_id"] == given


@pytest.mark.parametrize("given", [b"", b" ", b"a b", b"x" * 65, b"<script>", b'a"b', b"\xe4", b"\xc2\xb2"])
async def test_a_strange_request_id_is_replaced(api: Api, given: bytes) -> None:
    headers = [(b"X-Request-ID", given), (b"X-User", api.user.encode())]
    response = await api.client.get("/todos/x", headers=headers)

    assert uuid.UUID(hex=response.json()["request_id"]).version == 7


async def test_each_request_has_an_id_of_its_own(api: Api) -> None:
    ids = {(await api.get("/todos/x", 404))["request_id"] for _ in range(3)}

    assert len(ids) == 3


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "#/title", "missing"),
        ({"title": 1}, "#/title", "string_type"),
        ({"title": None}, "#/title", "string_type"),
        ({"title": " \t"}, "#/title", "string_too_short"),
        ({"title": "x" * 501}, "#/title", "string_too_long"),
        ({"title": "x", "unknown": 1}, "#/unknown", "extra_forbidden"),
        ({"title": "x", "a/b~c": 1}, "#/a~1b~0c", "extra_forbidden"),
        ({"title": "x", "~fixed": 1}, "#/~0fixed", "extra_forbidden"),
        ({"title": "x", "due": {"datetime": "2026-03-29T09:00:00", "timezone": "Mars/Base"}}, "#/due/timezone", None),
        ({"title": "x", "due": {"datetime": "2026-03-29T09:00:00Z"}}, "#/due/datetime", "local_datetime_parsing"),
        ({"title": "x", "due": {"date": "2026-02-30"}}, "#/due/date", "date_impossible"),
        ({"title": "x", "due": {}}, "#/due/date", "missing"),
        ({"title": "x", "due": "2026-03-29"}, "#/due", None),
        ({"title": "x", "deadline": "1899-12-31"}, "#/deadline", "year_out_of_range"),
        ({"title": "x", "priority": 10}, "#/priority", "less_than_equal"),
        ({"title": "x", "status": "completed"}, "#/status", "literal_error"),
        ({"title": "x", "label_ids": ["x"]}, "#/label_ids/0", "uuid_parsing"),
        ({"title": "x", "links": [{"source": "a", "type": "b", "id": "c", "url": "x"}]}, "#/links/0/url", None),
        ([], "#", None),
        ("text", "#", None),
    ],
)
async def test_a_validation_error_points_into_the_body(api: Api, body: Any, pointer: str, code: str | None) -> None:
    problem = await api.post("/todos", body, 422)

    assert (problem["code"], problem["status"]) == ("invalid_input", 422)
    (place,) = problem["errors"]
    assert place["pointer"] == pointer
    assert code in (None, place["code"])
    assert place["detail"]


async def test_every_wrong_place_is_named(api: Api) -> None:
    problem = await api.post("/todos", {"priority": -1, "deadline": 3, "nonsense": True}, 422)

    assert {place["pointer"] for place in problem["errors"]} == {"#/title", "#/priority", "#/deadline", "#/nonsense"}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/todos?limit=0", "limit"),
        ("/todos?due.gte=tomorrow", "due.gte"),
        ("/todos?label=x", "label"),
        ("/todos?space=x", "space"),
        ("/lists?tz=Mars%2FBase", "tz"),
        ("/lists?archived=perhaps", "archived"),
    ],
)
async def test_a_validation_error_names_the_parameter(api: Api, path: str, parameter: str) -> None:
    response = await api.send("GET", path)

    assert response.status_code == 422
    (place,) = response.json()["errors"]
    assert place["parameter"] == parameter
    assert "pointer" not in place


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/todos/7", "todo_not_found"),
        ("/todos/7/subtasks", "todo_not_found"),
        ("/lists/7", "list_not_found"),
        ("/labels/7", "label_not_found"),
        ("/todos?cursor=x", "invalid_cursor"),
    ],
)
async def test_codes_are_stable(api: Api, path: str, code: str) -> None:
    response = await api.send("GET", path)

    assert response.json()["code"] == code
    assert response.json()["status"] == response.status_code


async def test_a_problem_carries_its_limit(database_url: str) -> None:
    settings = TodoKitSettings.model_validate({"database_url": database_url, "limits": {"lists_per_space": 1}})
    async with running(make_app(settings)) as api:
        await api.list()

        problem = await api.post("/lists", {"name": "one too many"}, 409)

    assert (problem["code"], problem["limit"], problem["maximum"]) == ("limit_reached", "lists_per_space", 1)


async def test_a_method_that_a_path_does_not_know_is_a_problem(api: Api) -> None:
    response = await api.send("PUT", "/todos")

    assert (response.status_code, response.headers["content-type"]) == (405, PROBLEM_JSON)
    assert response.json()["code"] == "method_not_allowed"
    assert response.headers["allow"]


async def test_the_hosts_401_keeps_its_headers(api: Api) -> None:
    for method, path in (("GET", "/todos"), ("POST", "/lists"), ("DELETE", "/trash")):
        response = await api.client.request(method, path, json={"name": "x"} if method == "POST" else None)

        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert response.headers["content-type"] == PROBLEM_JSON
        assert {"code": "unauthorized", "detail": "Who are you?", "status": 401}.items() <= response.json().items()


@pytest.mark.parametrize("status", [402, 418, 499, 520])
async def test_any_status_of_the_host_is_a_problem(settings: TodoKitSettings, status: int) -> None:
    async def refuse() -> None:
        raise HTTPException(status, {"reason": "not text"})

    async with running(make_app(settings, current_user=refuse)) as api:
        response = await api.send("GET", "/todos")

    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM_JSON)
    assert response.json()["status"] == status
    assert isinstance(response.json()["detail"], str)


class Credentials(BaseModel):
    user: str = "someone"
    password: str = ""

    @model_validator(mode="after")
    def _together(self) -> "Credentials":
        raise ValueError("user and password go together")


async def user_by_query(credentials: Annotated[Credentials, Query()]) -> str:
    return credentials.user


async def user_by_number(x_number: Annotated[int, Header()]) -> int:
    return x_number


@pytest.mark.parametrize("current_user", [user_by_query, user_by_number])
async def test_a_validation_error_of_the_hosts_dependency_is_a_problem(
    settings: TodoKitSettings, current_user: Any
) -> None:
    async with running(make_app(settings, current_user=current_user)) as api:
        response = await api.send("GET", "/todos")

    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM_JSON)
    assert len(response.json()["errors"]) == 1


@pytest.mark.parametrize(
    ("handled", "path", "user"),
    [
        (RequestValidationError, "/todos?limit=0", "ann"),
        (HTTPException, "/todos", ""),
        (StarletteHTTPException, "/todos", ""),
        (401, "/todos", ""),
        (TodoNotFound, "/todos/x", "ann"),
        (RequestError, "/todos/x", "ann"),
        (TodoKitError, "/todos/x", "ann"),
    ],
)
async def test_a_handler_of_the_host_wins(settings: TodoKitSettings, handled: Any, path: str, user: str) -> None:
    app = make_app(settings)
    app.add_exception_handler(handled, answering("the host"))
    async with running(app) as api:
        response = await api.client.get(path, headers={"X-User": user})

    assert (response.status_code, response.text) == (418, "the host")


async def test_a_handler_of_the_host_for_one_error_leaves_the_others_alone(settings: TodoKitSettings) -> None:
    app = make_app(settings)
    app.add_exception_handler(TodoNotFound, answering("the host"))
    async with running(app) as api:
        assert (await api.send("GET", "/lists/x")).headers["content-type"] == PROBLEM_JSON
        assert (await api.send("GET", "/todos/x")).text == "the host"


@pytest.mark.parametrize("prefix", ["", "/api"])
async def test_the_hosts_own_routes_keep_their_format(settings: TodoKitSettings, prefix: str) -> None:
    app = make_app(settings)
    add_host_routes(app)
    async with running(app) as api:
        await api.get("/todos")
        invalid = await api.client.get(f"http://test{prefix}/own/x")
        missing = await api.client.get(f"http://test{prefix}/own/404")
        unknown = await api.client.get(f"http://test{prefix}/nowhere")

    assert invalid.headers["content-type"] == "application/json"
    assert invalid.json()["detail"][0]["loc"] == ["path", "number"]
    assert missing.json() == {"detail": {"reason": "no such number"}}
    assert unknown.json() == {"detail": "Not Found"}


async def test_including_the_router_adds_nothing_to_the_app(settings: TodoKitSettings) -> None:
    plain = FastAPI()
    app = make_app(settings)
    async with running(app) as api:
        await api.get("/todos")
        await api.get("/todos/x", 404)

    assert app.exception_handlers == plain.exception_handlers
    assert app.user_middleware == plain.user_middleware == []


async def test_starlette_hands_its_handlers_to_routes_in_the_scope() -> None:
    """A canary: the kit's handlers are merged into this private key, behind those of the host."""
    app, teapot, seen = FastAPI(), answering("a teapot"), []

    @app.get("/")
    async def look(request: Request) -> None:
        seen.append(request.scope["starlette.exception_handlers"])

    app.add_exception_handler(404, teapot)
    app.add_exception_handler(LookupError, teapot)
    async with running(app) as api:
        await api.client.get("http://test/")

    ((by_class, by_status),) = seen
    assert by_class[LookupError] == by_status[404] == teapot
    assert {StarletteHTTPException, RequestValidationError} <= set(by_class)


async def test_an_error_that_nobody_expected_is_left_to_the_host(settings: TodoKitSettings) -> None:
    async def broken() -> str:
        raise ZeroDivisionError

    async with running(make_app(settings, current_user=broken)) as api:
        with pytest.raises(ZeroDivisionError):
            await api.send("GET", "/todos")


async def test_a_dependency_beside_the_kit_may_raise_the_kits_errors(settings: TodoKitSettings) -> None:
    async def refuse(_user: Annotated[Any, Depends(header_user)]) -> str:
        raise TodoNotFound("Not on Sundays.")

    async with running(make_app(settings, space=refuse)) as api:
        problem = await api.get("/lists", 404)

    assert (problem["code"], problem["detail"]) == ("todo_not_found", "Not on Sundays.")


async def test_a_problem_shows_no_sql_and_no_path(api: Api) -> None:
    todo = await api.todo()

    response = await api.send("POST", "/todos", {"id": todo["id"], "title": "again"})

    assert (response.status_code, response.json()["code"]) == (409, "already_exists")
    for word in ("INSERT", "sqlite", "asyncpg", "Traceback", "todokit_", "/fastapi_todo_kit"):
        assert word not in response.text


async def test_an_answer_names_its_first_hundred_mistakes(api: Api) -> None:
    response = await api.send("POST", "/todos", {"title": "x", "label_ids": ["wrong"] * 1_000})

    assert response.status_code == 422
    assert len(response.json()["errors"]) == 100


async def test_a_client_that_leaves_amid_its_body_is_no_crash(sqlite_url: str) -> None:
    came = iter([{"type": "http.request", "body": b'{"title": ', "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> Any:
        return next(came)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"x-user", b"ann"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/api/todos", "query_string": b"", "headers": headers}
    await make_app(TodoKitSettings(database_url=sqlite_url))(scope, receive, send)

    assert sent[0]["status"] == 400
