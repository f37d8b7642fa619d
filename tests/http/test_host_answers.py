"""What a callable of a host returns is taken for what it is, at every callable: nothing else is ever a yes."""

import functools
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from fastapi_todo_kit import (
    Action,
    ConfigurationError,
    Host,
    Identity,
    Membership,
    OnAccount,
    OnChange,
    Recipient,
    RolePolicy,
    TodoKitSettings,
    todo_router,
)
from tests.support import header_user, make_app, running

said = SimpleNamespace(answer=None)
"""What the callable of the test returns."""


async def wait() -> bool:
    return True


async def several() -> AsyncIterator[bool]:
    yield True


def answer(*_given: object) -> Any:
    return said.answer() if said.answer in (wait, several) else said.answer


def tenant() -> Any:
    return answer()


class Allows(RolePolicy):
    allows = staticmethod(answer)  # type: ignore[assignment]  # the answers are the point


class Narrow(RolePolicy):
    narrow = staticmethod(answer)  # type: ignore[assignment]  # the same


# Each of these is true, or false, or an hour, or a text, if one only looks at it so.
HOSTILE: dict[str, Any] = {
    "coroutine": wait,
    "asynchronous generator": several,
    "nothing": None,
    "yes": True,
    "no": False,
    "one": 1,
    "hour": 7,
    "fraction": 7.5,
    "25": 25,
    "-1": -1,
    "text": "no",
    "digits": "7",
    "scopes in one text": "xtodos:readx todos:writex",
    "empty text": "",
    "half a character": "\ud800",
    "bytes": b"todos:read todos:write",
    "list": [],
    "numbers": [1],
    "dictionary": {},
    "object": SimpleNamespace(todos=True),
    "SQL": text("1 = 1"),
    "moment without a zone": datetime(2026, 3, 28),  # noqa: DTZ001  (the point)
    "day": date(2026, 3, 28),
    "function": lambda: True,
}
LINK = {"title": "x", "links": [{"source": "billing", "type": "invoice", "id": "1"}]}
NUMBERS = {"one", "hour", "25", "-1"}
TEXTS = {"text", "digits", "scopes in one text"}
# Where a callable goes, the request that asks it, and which of these are what it may say.
DOORS: dict[str, tuple[dict[str, Any], tuple[str, str, Any], set[str]]] = {
    "user_id": ({"user_id": answer}, ("GET", "/todos", None), NUMBERS | TEXTS),
    "time_zone": (
        {"time_zone": answer},
        ("GET", "/todos", None),
        TEXTS | {"nothing", "empty text", "half a character"},  # unknown ones, which count as UTC
    ),
    "reminder_hour": ({"reminder_hour": answer}, ("GET", "/todos", None), {"nothing", "one", "hour"}),
    "scopes": ({"scopes": answer}, ("GET", "/lists", None), {"nothing", "list", "dictionary"}),
    "clock": ({"clock": answer}, ("POST", "/todos", {"title": "x"}), set()),
    "allows": ({"policy": Allows()}, ("GET", "/todos", None), {"yes", "no"}),
    "allows a write": ({"policy": Allows()}, ("POST", "/todos", {"title": "x"}), {"yes", "no"}),
    "narrow": ({"policy": Narrow()}, ("GET", "/todos", None), {"nothing"}),
    "link_policy": ({"link_policy": answer}, ("POST", "/todos", LINK), {"yes", "no", "coroutine"}),
    "space": ({"space": tenant}, ("GET", "/todos", None), {"nothing"} | NUMBERS | TEXTS),
    "role": ({"space": lambda: Membership("acme", answer())}, ("GET", "/todos", None), set()),
}


@pytest.mark.parametrize("door", DOORS)
async def test_an_answer_of_another_kind_is_refused_in_words(sqlite_url: str, door: str) -> None:
    host, (method, path, body), taken = DOORS[door]

    async with running(make_app(TodoKitSettings(database_url=sqlite_url), **host)) as api:
        for kind, value in HOSTILE.items():
            said.answer = value
            if kind in taken:
                assert (await api.send(method, path, body)).status_code < 500, kind
                continue
            with pytest.raises(ConfigurationError, match=r"Host|Membership|id of a user|key of a tenant"):
                pytest.fail(f"{kind}: {(await api.send(method, path, body)).text}")


async def test_a_refusal_says_what_to_write(sqlite_url: str) -> None:
    said.answer = "todos:read todos:write"
    async with running(make_app(TodoKitSettings(database_url=sqlite_url), scopes=answer)) as api:
        with pytest.raises(ConfigurationError, match=r"^Host.scopes must return a set of texts, such as .* not str$"):
            await api.send("GET", "/todos")

    said.answer = wait
    async with running(make_app(TodoKitSettings(database_url=sqlite_url), policy=Allows())) as api:
        with pytest.raises(ConfigurationError, match=r"^Host.policy.allows must be a plain function that returns True"):
            await api.send("GET", "/todos")


class AsyncAllows(RolePolicy):
    async def allows(self, *_asked: Any) -> bool:  # type: ignore[override]  # the point
        return False


class AsyncNarrow(RolePolicy):
    async def narrow(self, *_asked: Any) -> None:  # type: ignore[override]  # the point
        return None


class AsyncObject:
    async def __call__(self, _user: Any = None) -> str:
        return "ann"


async def forgetful(_user: Any = None) -> str:
    return "ann"


def unbegun(_events: Any, *_: Any) -> Iterator[None]:
    yield


# Without their types, which say all this already.
a_host: Any = Host
a_policy: Any = RolePolicy
a_recipient: Any = Recipient
an_identity: Any = Identity
on_change: Any = OnChange
on_account: Any = OnAccount
a_router: Any = todo_router
WRONG: dict[str, Callable[[], Any]] = {
    **{
        f"{name} {kind}": functools.partial(a_host, **{name: function})
        for name in ("user_id", "time_zone", "reminder_hour", "scopes", "clock")
        for kind, function in {
            "async": forgetful,
            "object": AsyncObject(),
            "partial": functools.partial(forgetful, None),
        }.items()
    },
    **{f"{name} None": functools.partial(a_host, **{name: None}) for name in ("user_id", "time_zone", "clock")},
    "policy.allows": lambda: a_host(policy=AsyncAllows()),
    "policy.narrow": lambda: a_host(policy=AsyncNarrow()),
    "policy, a class": lambda: a_host(policy=RolePolicy),
    "policy, None": lambda: a_host(policy=None),
    "hook that yields": lambda: on_change(before_commit=unbegun),
    "hook of accounts": lambda: on_account(after_commit=7),
    "extra, no model": lambda: a_host(extra=dict),
    "extra, an object": lambda: a_host(extra=Membership("acme")),
    "grants in one text": lambda: a_policy({"bot": "todo.create"}),
    "grants that are none": lambda: a_policy({"bot": ["todo.creat"]}),
    "path": lambda: a_router(TodoKitSettings(), a_host(current_user=header_user), paths={"todos": None}),
    "leave_out": lambda: a_router(TodoKitSettings(), a_host(current_user=header_user), leave_out="purge_trash"),
    **{f"hour {hour!r}": functools.partial(a_recipient, hour=hour) for hour in (25, -1, "7", 7.5, True)},
    "zone of a recipient": lambda: a_recipient(time_zone=7),
    "an address that is vouched for": lambda: an_identity("7", "a@example.com", "false"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_right_is_refused_when_it_is_built(what: str) -> None:
    with pytest.raises(ConfigurationError):
        WRONG[what]()


async def test_what_libraries_load_from_columns_is_taken(sqlite_url: str) -> None:
    user = SimpleNamespace(id="ann", time_zone=ZoneInfo("Pacific/Kiritimati"), reminder_hour=7)
    grants: Any = {"bot": [Action.READ_TODO, "todo.create"]}
    app = make_app(
        TodoKitSettings(database_url=sqlite_url),
        current_user=lambda: user,
        scopes=lambda _user: {"todos:read": True, "todos:write": True}.keys(),
        space=lambda: Membership(f"org-{uuid4()}", "bot"),
        policy=RolePolicy(grants),
        clock=lambda: datetime.now(ZoneInfo("America/New_York")),
    )

    async with running(app) as api:
        created = await api.todo()

    assert created["created_at"].endswith("Z"), "one moment is written in one way"
