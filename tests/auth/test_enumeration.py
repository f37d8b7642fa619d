"""Nobody gets to know who has an account: not from what is answered, and not from how long it takes."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.auth.outside import at, without_request_id
from tests.auth.support import PASSWORD, Application, auth_settings, new_address, running_application
from tests.storage.test_statements import recorded

pytestmark = pytest.mark.thorough

OPERATIONS = ("/auth/login", "/auth/register", "/auth/forgot", "/auth/verify/request")
# So that only the account tells the requests apart.
UNLIMITED = dict.fromkeys(("per_account_and_address", "per_account", "per_address", "mails_per_account"), 1_000_000)


@pytest.fixture
async def unlimited(accounts_url: str) -> AsyncIterator[Application]:
    """An application that can be asked as often as the test wants, and hashes as cheaply as the settings allow."""
    async with running_application(auth_settings(accounts_url, limits=UNLIMITED)) as application:
        yield application


def somebody() -> str:
    return f"{uuid.uuid4().hex}@example.com"


async def ask(application: Application, path: str, email: str) -> httpx2.Response:
    body = {"email": email} | ({"password": "not the right password"} if path in OPERATIONS[:2] else {})
    return await application.client.post(path, json=body)


async def known_accounts(application: Application) -> dict[str, str]:
    """Return an address for each state that an account can be in."""
    admin = await application.superuser()
    verified, disabled = await application.person(), await application.person()
    await admin.patch(f"/auth/users/{await disabled.user_id()}", {"is_active": False})
    unverified, without_password = await application.register(), somebody()
    assert (await admin.post("/auth/users", {"email": without_password})).status_code == 201
    found = {"verified": verified.email, "disabled": disabled.email, "unverified": unverified.email}
    return found | {"without a password": without_password, "in upper case": verified.email.upper()}


@pytest.mark.parametrize("path", OPERATIONS)
async def test_an_answer_does_not_say_whether_there_is_an_account(unlimited: Application, path: str) -> None:
    accounts = await known_accounts(unlimited)
    unknown = without_request_id(await ask(unlimited, path, somebody()))

    known = {state: without_request_id(await ask(unlimited, path, email)) for state, email in accounts.items()}

    assert unknown[0] == (401 if path == "/auth/login" else 202)
    assert known == dict.fromkeys(accounts, unknown)


async def test_a_disabled_account_with_the_right_password_looks_like_none(unlimited: Application) -> None:
    accounts = await known_accounts(unlimited)
    body = {"email": accounts["disabled"], "password": PASSWORD}

    disabled = await unlimited.client.post("/auth/login", json=body)
    unknown = await unlimited.client.post("/auth/login", json={**body, "email": somebody()})

    assert without_request_id(disabled) == without_request_id(unknown)


async def test_an_unverified_account_shows_only_to_who_knows_its_password(unlimited: Application) -> None:
    ann = await unlimited.register()

    right = await unlimited.client.post("/auth/login", json={"email": ann.email, "password": PASSWORD})
    wrong = await unlimited.client.post("/auth/login", json={"email": ann.email, "password": "something else"})

    assert (right.status_code, wrong.status_code) == (403, 401)


async def test_a_change_of_address_does_not_say_whether_it_is_taken(unlimited: Application) -> None:
    ann, bob = await unlimited.person(), await unlimited.person()

    taken = await ann.post("/auth/email", {"email": bob.email, "password": PASSWORD})
    free = await ann.post("/auth/email", {"email": somebody(), "password": PASSWORD})

    assert taken.status_code == 202
    assert without_request_id(taken) == without_request_id(free)


async def test_mails_go_out_only_where_somebody_asked_for_them_or_has_an_account(unlimited: Application) -> None:
    nobody = somebody()
    for path in ("/auth/forgot", "/auth/verify/request"):
        await ask(unlimited, path, nobody)

    await unlimited.send_mails()

    assert unlimited.mailer.to(nobody) == []


@pytest.mark.parametrize("path", OPERATIONS)
async def test_the_same_is_done_without_an_account(
    unlimited: Application, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done decides how long an answer takes; `python -m benchmarks.enumeration` measures the times."""
    hashed: list[str] = []
    for name in ("hash", "verify"):
        monkeypatch.setattr(Argon2Hasher, name, watched(name, getattr(Argon2Hasher, name), hashed))
    done = []

    for email in ((await unlimited.person()).email, somebody(), somebody()):
        hashed.clear()
        with recorded() as statements:
            await ask(at(unlimited, new_address()), path, email)
        done.append(([text for text, _ in statements], sorted(hashed)))

    known, *unknown = done
    made = [text for text in unknown[1][0] if "INSERT INTO todokit_auth_user" in text]
    assert len(made) == (1 if path == "/auth/register" else 0)
    assert ([text for text in unknown[1][0] if text not in made], unknown[1][1]) == known


def watched(name: str, method: Any, calls: list[str]) -> Any:
    def call(self: Argon2Hasher, *arguments: Any, **named: Any) -> Any:
        calls.append(name)
        return method(self, *arguments, **named)

    return call
