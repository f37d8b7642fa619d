"""Every state of an account by every way in: who may not come in is refused in the same words everywhere."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.auth.outside import add_host_route, at, execute, without_request_id
from tests.auth.support import Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

PATHS = ("/api/todos", "/auth/me", "/host")
WAYS = ("access token", "cookie", "personal token", "basic")
# An erasure waits until every worker knows of it, which no test of this file is about.
AT_ONCE = timedelta(0)
Ways = dict[str, dict[str, str]]


@pytest.fixture
async def open_application(accounts_url: str, auth_clock: TestClock) -> AsyncIterator[Application]:
    """An application that takes cookies and HTTP Basic besides bearer tokens."""
    settings = auth_settings(accounts_url, cookies=True, basic=True, revocation_max_age=AT_ONCE)
    async with running_application(settings, clock=auth_clock) as application:
        add_host_route(application)
        yield application


@dataclass
class Guest:
    """Somebody with a credential for every way in, and a superuser who can take the right to use them."""

    person: Person
    admin: Person
    clock: TestClock
    ways: Ways

    async def change(self, **fields: bool) -> None:
        path = f"/auth/users/{await self.person.user_id()}"
        response = await self.admin.patch(path, fields)
        assert response.status_code == 200, response.text


def basic(token: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'ann:{token}'.encode()).decode()}"}


async def guest_of(application: Application, clock: TestClock) -> Guest:
    ann, admin = await application.person(), await application.superuser()
    token = await ann.personal_token("todos:read", "account:read")
    body = {"email": ann.email, "password": ann.password}
    browser = at(application, "192.0.2.1").client
    await browser.post("/auth/login?in_cookies=true", json=body)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    ways = {
        "access token": {"Authorization": f"Bearer {ann.access_token}"},
        "cookie": {"Cookie": cookies},
        "personal token": {"Authorization": f"Bearer {token}"},
        "basic": basic(token),
    }
    return Guest(ann, admin, clock, ways)


async def answers(application: Application, headers: dict[str, str]) -> list[httpx2.Response]:
    client = at(application, "192.0.2.1").client
    return [await client.get(path, headers=headers) for path in PATHS]


async def is_disabled(guest: Guest) -> None:
    await guest.change(is_active=False)


async def is_unverified(guest: Guest) -> None:
    await guest.change(is_verified=False)


async def has_reset_the_password(guest: Guest) -> None:
    ann = guest.person
    await ann.post("/auth/forgot", {"email": ann.email})
    body = {"token": await ann.mailed_token(), "password": "another fine password"}
    assert (await ann.post("/auth/reset", body)).status_code == 204


async def is_revoked(guest: Guest) -> None:
    ann = guest.person
    for token in (await ann.get("/auth/tokens")).json()["items"]:
        assert (await ann.delete(f"/auth/tokens/{token['id']}")).status_code == 204
    assert (await ann.delete("/auth/sessions")).status_code == 204


async def is_expired(guest: Guest) -> None:
    ann = guest.person
    soon = guest.clock.now.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    guest.clock.advance(hours=-1)
    token = await (await ann.elsewhere()).personal_token("todos:read", "account:read", expires_at=soon)
    guest.clock.advance(hours=1, minutes=16)
    guest.ways |= {"personal token": {"Authorization": f"Bearer {token}"}, "basic": basic(token)}


async def is_erased(guest: Guest) -> None:
    assert (await guest.admin.delete(f"/auth/users/{await guest.person.user_id()}")).status_code == 204


STATES: dict[str, Callable[[Guest], Awaitable[None]]] = {
    "disabled": is_disabled,
    "unverified": is_unverified,
    "password reset": has_reset_the_password,
    "revoked": is_revoked,
    "expired": is_expired,
    "erased": is_erased,
}


async def test_a_good_account_comes_in_by_every_way(open_application: Application, auth_clock: TestClock) -> None:
    guest = await guest_of(open_application, auth_clock)
    user_id = await guest.person.user_id()

    for way, headers in guest.ways.items():
        todos, me, host = await answers(open_application, headers)
        assert [one.status_code for one in (todos, me, host)] == [200, 200, 200], way
        assert (me.json()["id"], host.json()) == (user_id, user_id), way


@pytest.mark.parametrize("state", STATES)
async def test_a_bad_account_is_refused_by_every_way_in_the_same_words(
    open_application: Application, auth_clock: TestClock, state: str
) -> None:
    guest = await guest_of(open_application, auth_clock)
    await STATES[state](guest)
    nonsense = await answers(open_application, {"Authorization": "Bearer nonsense"})

    refused: dict[str, Any] = {}
    for way, headers in guest.ways.items():
        refused[way] = [without_request_id(one) for one in await answers(open_application, headers)]

    expected = [without_request_id(one) for one in nonsense]
    assert {status for status, _, _ in expected} == {401}
    assert refused == dict.fromkeys(WAYS, expected)


async def test_an_account_whose_row_was_deleted_is_refused_by_what_asks_the_database(
    open_application: Application, auth_clock: TestClock
) -> None:
    # Nobody tells the application of a DELETE behind its back: an access token is good for its quarter of an hour.
    guest = await guest_of(open_application, auth_clock)
    statement = "DELETE FROM todokit_auth_user WHERE email_key = :key"
    await execute(open_application, statement, key=guest.person.email)

    for way, headers in guest.ways.items():
        todos, me, host = [one.status_code for one in await answers(open_application, headers)]
        assert me == 401
        assert (todos, host) == ((200, 200) if way in {"access token", "cookie"} else (401, 401))
    assert (await guest.person.refresh()).status_code == 401
    auth_clock.advance(minutes=16)
    for headers in guest.ways.values():
        assert [one.status_code for one in await answers(open_application, headers)] == [401] * 3


async def test_an_account_that_is_good_again_comes_in_by_a_new_login(
    open_application: Application, auth_clock: TestClock
) -> None:
    guest = await guest_of(open_application, auth_clock)
    user_id = await guest.person.user_id()
    for is_active in (False, True):
        assert (await guest.admin.patch(f"/auth/users/{user_id}", {"is_active": is_active})).status_code == 200

    assert (await guest.person.get("/auth/me")).status_code == 401, "the old session is gone for good"
    await guest.person.log_in()

    assert (await guest.person.get("/auth/me")).status_code == 200


async def test_a_refresh_token_of_a_bad_account_is_refused(
    open_application: Application, auth_clock: TestClock
) -> None:
    for state in ("disabled", "unverified", "password reset", "revoked", "erased"):
        guest = await guest_of(open_application, auth_clock)
        await STATES[state](guest)
        assert (await guest.person.refresh()).status_code == 401, state


async def test_basic_is_off_by_default(application: Application) -> None:
    ann = await application.person()
    headers = basic(await ann.personal_token("todos:read"))

    response = await application.client.get("/api/todos", headers=headers)

    assert response.status_code == 401
    assert "Basic" not in response.headers["WWW-Authenticate"]


async def test_cookies_are_ignored_by_default(application: Application) -> None:
    ann = await application.person()
    headers = {"Cookie": f"__Host-todo_kit_access={ann.access_token}; __Host-todo_kit_refresh={ann.refresh_token}"}

    response = await application.client.get("/api/todos", headers=headers)
    refreshed = await application.client.post("/auth/refresh", headers=headers)

    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
    assert refreshed.status_code == 401
    body = {"email": ann.email, "password": ann.password}
    assert (await application.client.post("/auth/login?in_cookies=true", json=body)).status_code == 422


async def test_basic_takes_no_password(open_application: Application) -> None:
    ann = await open_application.person()
    headers = {"Authorization": f"Basic {base64.b64encode(f'{ann.email}:{ann.password}'.encode()).decode()}"}

    response = await open_application.client.get("/api/todos", headers=headers)

    assert response.status_code == 401
    assert 'Basic realm="todo-kit", charset="UTF-8"' in response.headers["WWW-Authenticate"]


async def test_an_unverified_account_comes_in_where_that_is_allowed(accounts_url: str) -> None:
    settings = auth_settings(accounts_url, require_verified=False)
    async with running_application(settings) as application:
        ann = await application.register()
        await ann.log_in()

        assert (await ann.get("/api/todos")).status_code == 200
        assert (await ann.get("/auth/me")).json()["is_verified"] is False
