"""Nobody gets to know who has an account: not from what is answered, and not from how long it takes."""

import random
import time
import uuid
from collections.abc import AsyncIterator
from statistics import median

import httpx2
import pytest

from tests.auth.outside import at, without_request_id
from tests.auth.support import CHEAP, PASSWORD, Application, auth_settings, running_application

pytestmark = pytest.mark.thorough

OPERATIONS = ("/auth/login", "/auth/register", "/auth/forgot", "/auth/verify/request")
SAMPLES = 200
TRIES = 3
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


async def seconds_of(application: Application, path: str, known: str) -> tuple[float, float]:
    """Return the medians of the times that an address with an account and others take, in random order."""
    kinds = [True, False] * SAMPLES
    random.shuffle(kinds)
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, is_known in enumerate(kinds):
        place = at(application, f"10.0.{number // 250}.{number % 250}")
        email = known if is_known else somebody()
        began = time.perf_counter()
        response = await ask(place, path, email)
        taken[is_known].append(time.perf_counter() - began)
        assert response.status_code in {202, 401}
    return median(taken[True]), median(taken[False])


def is_alike(known: float, unknown: float) -> bool:
    return abs(known - unknown) < min(0.003, 0.05 * max(known, unknown))


@pytest.mark.thorough
@pytest.mark.parametrize("path", OPERATIONS)
async def test_an_answer_takes_as_long_without_an_account(accounts_postgres_url: str, path: str) -> None:
    # At a cost that settings allow: hashing is what takes the time of a login.
    settings = auth_settings(accounts_postgres_url, limits=UNLIMITED, argon2={**CHEAP, "memory_kib": 20_480})
    async with running_application(settings) as application:
        ann = await application.person()
        await ask(application, path, somebody())  # what is compiled and connected once
        measured: list[tuple[float, float]] = []
        # Other work on the machine disturbs a measurement: one of three has to be a good one. A real difference, such
        # as one hash more or less, is many times as large at the lowest cost of argon2, and is in all three.
        while len(measured) < TRIES and not any(is_alike(*medians) for medians in measured):
            measured.append(await seconds_of(application, path, ann.email))

    assert any(is_alike(*medians) for medians in measured), measured
