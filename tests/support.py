"""The application that most tests drive, and a client that says in one line what a test wants."""

import uuid
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import httpx2
from fastapi import FastAPI, Header, HTTPException

from fastapi_todo_kit import Host, Person, Sharing, TodoKitSettings, todo_router
from fastapi_todo_kit.host import Clock


@dataclass
class TestClock:
    """Time that passes when a test says so, and a millisecond at each reading."""

    __test__ = False
    now: datetime = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@dataclass(frozen=True)
class User:
    """A user of the host: the id is whatever the X-User header says, the zone comes from X-Zone."""

    id: str
    time_zone: str | None


async def header_user(
    x_user: Annotated[str | None, Header()] = None, x_zone: Annotated[str | None, Header()] = None
) -> User:
    if not x_user:
        raise HTTPException(401, "Who are you?", {"WWW-Authenticate": "Bearer"})
    return User(x_user, x_zone)


class Everybody:
    """People of whom each id is one, but for those that begin with `nobody`, with all that others may be shown."""

    def by_ids(self, ids: Collection[str]) -> Mapping[str, Person]:
        return {one: self.person(one) for one in ids if not one.startswith("nobody")}

    def person(self, user_id: str) -> Person:
        picture = f"https://example.com/{user_id}"
        return Person(name=f"{user_id} by name", email=self.email_of(user_id), avatar_url=picture)

    def email_of(self, user_id: str) -> str:
        return f"{user_id}@example.com"


def make_app(settings: TodoKitSettings, *, clock: Clock | None = None, **host: Any) -> FastAPI:
    """Return an application with the kit below /api, in which everybody is known and may be made a member."""
    if clock is not None:
        host["clock"] = clock
    if "sharing" not in settings.model_fields_set:
        sharing = Sharing(add_directly=True, invitation_url="https://app.example/join#token={token}")
        settings = settings.model_copy(update={"sharing": sharing})
    app, everybody = FastAPI(), {"current_user": header_user, "people": Everybody()}
    app.include_router(todo_router(settings, Host(**{**everybody, **host})), prefix="/api")
    app.state.settings, app.state.clock = settings, clock
    return app


class Client(httpx2.AsyncClient):
    """A client that knows the application that it asks."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(transport=httpx2.ASGITransport(app, raise_app_exceptions=True), base_url="http://test/api")
        self.app = app


@asynccontextmanager
async def running(app: FastAPI, user: str | None = None) -> AsyncIterator["Api"]:
    """Run the application's lifespan and yield a client, by default as a user whom nobody has seen before."""
    async with app.router.lifespan_context(app), Client(app) as client:
        yield Api(client, user or f"user-{uuid.uuid4().hex}")


class Api:
    """Sends requests as one user. `get`, `post` and so on check the status and return the JSON body."""

    def __init__(self, client: httpx2.AsyncClient, user: str, zone: str | None = None) -> None:
        self.client = client
        self.user = user
        self.zone = zone

    def as_user(self, user: str | None = None, zone: str | None = None) -> "Api":
        """Return a client for another user."""
        return Api(self.client, user or f"user-{uuid.uuid4().hex}", zone)

    async def send(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, **options: Any
    ) -> httpx2.Response:
        """Send a request and return the response, whatever it is."""
        sent = {"X-User": self.user} | ({"X-Zone": self.zone} if self.zone else {}) | (headers or {})
        if body is not None:
            options["json"] = body
        return await self.client.request(method, path, headers=sent, **options)

    async def get(self, path: str, expect: int = 200, **params: Any) -> Any:
        """GET; parameters are given as keywords, with __ for a dot."""
        query = {name.replace("__", "."): value for name, value in params.items()}
        # Empty parameters would replace those that the path has already.
        return _body(await self.send("GET", path, **({"params": query} if query else {})), expect)

    async def post(self, path: str, body: Any = None, expect: int | None = None, **headers: str) -> Any:
        """POST; by default any status below 300 will do. Headers are given as keywords, with _ for a hyphen."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return _body(await self.send("POST", path, body, headers=sent), expect)

    async def patch(self, path: str, body: Any, expect: int = 200, **headers: str) -> Any:
        """PATCH."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return _body(await self.send("PATCH", path, body, headers=sent), expect)

    async def put(self, path: str, expect: int = 200) -> Any:
        """PUT."""
        return _body(await self.send("PUT", path), expect)

    async def delete(self, path: str, expect: int | None = None, **headers: str) -> Any:
        """DELETE; by default any status below 300 will do."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return _body(await self.send("DELETE", path, headers=sent), expect)

    async def todo(self, title: str = "a todo", **fields: Any) -> dict[str, Any]:
        """Create a todo."""
        created: dict[str, Any] = await self.post("/todos", {"title": title, **fields}, 201)
        return created

    async def list(self, name: str = "a list", **fields: Any) -> dict[str, Any]:
        """Create a list."""
        created: dict[str, Any] = await self.post("/lists", {"name": name, **fields}, 201)
        return created

    async def label(self, name: str, **fields: Any) -> dict[str, Any]:
        """Create a label."""
        created: dict[str, Any] = await self.post("/labels", {"name": name, **fields}, 201)
        return created

    async def titles(self, **params: Any) -> Any:
        """Return the titles of a page of todos."""
        return [todo["title"] for todo in (await self.get("/todos", **params))["items"]]

    async def all_pages(self, path: str, **params: Any) -> Any:
        """Follow the cursors and return every item."""
        items, page = [], await self.get(path, **params)
        items += page["items"]
        while page["next_cursor"]:
            page = await self.get(path, cursor=page["next_cursor"], **params)
            items += page["items"]
        return items


def _body(response: httpx2.Response, expect: int | None) -> Any:
    fine = response.status_code == expect if expect else response.is_success
    assert fine, f"{response.request.method} {response.request.url}: {response.status_code} {response.text}"
    return response.json() if response.content else None
