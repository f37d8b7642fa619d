"""What is an id of a user or a tenant, at every door through which a host says one: text, a number or a UUID."""

import uuid
from collections.abc import Awaitable, Callable
from enum import IntEnum
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import uuid_utils
from fastapi import FastAPI
from sqlalchemy import create_engine, make_url
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import (
    ConfigurationError,
    Membership,
    Principal,
    TodoKitSettings,
    erase_user,
    export_user,
    migrate,
    refresh_reminders,
    sync_todo_services,
    todo_services,
)
from fastapi_todo_kit.schemas import TodoQuery
from tests.support import make_app, running

Door = Callable[[TodoKitSettings, Any], Awaitable[object]]
"""Says an id to the kit, and returns as what the kit knows it, where it tells."""


class Number(IntEnum):
    SEVEN = 7


class Text(str):
    """Text that shows itself as something else, as members of a `str` enumeration do."""

    __slots__ = ()

    def __str__(self) -> str:
        return "Text.ANN"


A_UUID = uuid.UUID("01890a5d-ac96-774b-bcce-b302099a8057")
RESERVED = ["erased", "system:worker", "system:purge", "system:"]
NO_IDS = [
    *(False, True, b"ann", {}, {"id": 7}, [], (), 1.5, object(), SimpleNamespace(id=None)),
    *("", "x" * 256, "a\0b", "half \ud800", 10**5_000),
]
IDS = [
    ("ann", "ann"),
    (7, "7"),
    (0, "0"),
    (-1, "-1"),
    (Number.SEVEN, "7"),
    (Text("ann"), "ann"),
    (A_UUID, str(A_UUID)),
    (uuid_utils.UUID(str(A_UUID)), str(A_UUID)),
]


said = SimpleNamespace(value=None)
"""What the callables of the hosts below return; the applications are made once."""
HOSTS: dict[str, dict[str, Callable[..., Any]]] = {
    "user_id": {"user_id": lambda _user: said.value},
    "attribute": {"current_user": lambda: SimpleNamespace(id=said.value)},
    "space": {"space": lambda: said.value},
    "membership": {"space": lambda: Membership(said.value)},
}


@cache
def app_of(settings: TodoKitSettings, name: str) -> FastAPI:
    return make_app(settings, **HOSTS[name])


def request(name: str) -> Door:
    async def door(settings: TodoKitSettings, value: Any) -> object:
        said.value = value
        async with running(app_of(settings, name)) as api:
            return (await api.get("/spaces"))["items"][-1]["key"]

    return door


async def services(settings: TodoKitSettings, value: Any) -> object:
    return await _through_services(settings, user_id=value)


async def services_of_tenant(settings: TodoKitSettings, value: Any) -> object:
    return await _through_services(settings, user_id="ann", tenant=value)


async def _through_services(settings: TodoKitSettings, **caller: Any) -> object:
    engine = create_async_engine(settings.url)
    try:
        async with AsyncSession(engine) as session, todo_services(settings, session=session, **caller) as kit:
            return (await kit.spaces.page())["items"][-1]["key"]
    finally:
        await engine.dispose()


async def sync_services(settings: TodoKitSettings, value: Any) -> object:
    engine = create_engine(make_url(settings.database_url).set(drivername="sqlite"))
    try:
        with Session(engine) as session, sync_todo_services(settings, session=session, user_id=value) as kit:
            kit.todos.page(TodoQuery())
            return kit.spaces.page()["items"][-1]["key"]
    finally:
        engine.dispose()


async def principal(_settings: TodoKitSettings, value: Any) -> object:
    return Principal(value).user_id


async def erasure(settings: TodoKitSettings, value: Any) -> None:
    await erase_user(settings, value)


async def export(settings: TodoKitSettings, value: Any) -> None:
    assert [one async for one in export_user(settings, value)] == []


async def refreshing(settings: TodoKitSettings, value: Any) -> None:
    await refresh_reminders(settings, user_id=value)


DOORS: dict[str, Door] = {
    **{f"Host: {name}": request(name) for name in HOSTS},
    **{
        door.__name__: door
        for door in (services, services_of_tenant, sync_services, principal, erasure, export, refreshing)
    },
}
TAKE_NONE = {"Host: space", "services_of_tenant", "refreshing"}
"""Where None is an answer: the personal space, and everybody's reminders."""
OF_TENANTS = {"Host: space", "Host: membership", "services_of_tenant"}
"""What says the key of a tenant, who is never erased."""


@pytest.fixture(scope="module")
async def settings(tmp_path_factory: pytest.TempPathFactory) -> TodoKitSettings:
    """A database of its own: users who are called like those of other tests are erased in it."""
    found = TodoKitSettings(database_url=f"sqlite:///{tmp_path_factory.mktemp('ids')}/ids.db")
    await migrate(found)
    return found


@pytest.mark.parametrize("door", DOORS)
async def test_text_numbers_and_uuids_are_ids(settings: TodoKitSettings, door: str) -> None:
    for value, known_as in IDS:
        assert await DOORS[door](settings, value) in {known_as, None}, value


@pytest.mark.parametrize("door", DOORS)
async def test_nothing_else_is_one(settings: TodoKitSettings, door: str) -> None:
    for value in [*NO_IDS, *([] if door in TAKE_NONE else [None])]:
        with pytest.raises(ConfigurationError, match=r"^The (id of a user|key of a tenant), .* must be ") as refused:
            await DOORS[door](settings, value)
        assert "ann" not in str(refused.value), "an id may be personal"


@pytest.mark.parametrize("door", [name for name in DOORS if name not in OF_TENANTS | {"principal"}])
async def test_nobody_is_called_as_those_who_are_gone_or_as_the_kit(settings: TodoKitSettings, door: str) -> None:
    for value in RESERVED:
        with pytest.raises(ConfigurationError, match=r'^The id of a user, .* must be another than "erased"'):
            await DOORS[door](settings, value)


@pytest.mark.parametrize("path", ["/todos", "/spaces", "/todos/nonsense"])
async def test_a_visitor_who_is_nobody_is_not_authenticated(settings: TodoKitSettings, path: str) -> None:
    async with running(make_app(settings, current_user=lambda: None, user_id=lambda _user: "everybody")) as api:
        answer = await api.send("GET", path)
        written = await api.send("POST", "/todos", {"title": "mine"})

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert written.status_code == 401
