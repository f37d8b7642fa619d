"""How often a password may be guessed: however many guess at once, from wherever, in however many processes."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx2
import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.auth.credentials.passwords import Passwords
from tests.auth.outside import another_process, at, without_request_id
from tests.auth.support import Application, Person, auth_settings, new_address, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough

PAIR = 5
ACCOUNT = 20
WRONG = "not the right password"


@contextmanager
def counted_checks() -> Iterator[list[str]]:
    """Collect the passwords that are evaluated, in whichever application of this process."""
    evaluated: list[str] = []
    verify = Passwords.verify

    async def counting(self: Passwords, password: str, hashed: str | None) -> Any:
        evaluated.append(password)
        return await verify(self, password, hashed)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Passwords, "verify", counting)
        yield evaluated


async def guess(application: Application, email: str, password: str = WRONG) -> httpx2.Response:
    return await application.client.post("/auth/login", json={"email": email, "password": password})


async def statuses(application: Application, email: str, times: int, password: str = WRONG) -> list[int]:
    return [(await guess(application, email, password)).status_code for _ in range(times)]


@pytest.fixture
async def two_workers(accounts_url: str, auth_clock: TestClock) -> AsyncIterator[tuple[Application, Application]]:
    """Two applications on one database, which know nothing of one another."""
    start = partial(running_application, auth_settings(accounts_url), address=new_address(), clock=auth_clock)
    async with start() as one, another_process(), start() as other:
        assert other.accounts.passwords is not one.accounts.passwords
        yield one, other


@pytest.mark.thorough
async def test_of_a_thousand_guesses_at_once_five_are_evaluated(application: Application) -> None:
    ann = await application.register()
    await ann.verify()

    with counted_checks() as evaluated:
        answers = await asyncio.gather(*(guess(application, ann.email) for _ in range(1_000)))

    assert len(evaluated) <= PAIR
    counts = Counter(answer.status_code for answer in answers)
    assert counts[401] <= PAIR
    assert counts[401] + counts[429] + counts[503] == 1_000, counts
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers if answer.status_code != 401)
    assert (await guess(application, ann.email, ann.password)).status_code == 429, "the right one comes too late"


async def test_a_limit_says_when_to_come_again(application: Application, auth_clock: TestClock) -> None:
    ann = await application.register()
    await ann.verify()
    await statuses(application, ann.email, PAIR)

    refused = await guess(application, ann.email, ann.password)

    assert refused.json()["code"] == "too_many_attempts"
    wait = int(refused.headers["Retry-After"])
    assert 880 <= wait <= 900
    auth_clock.advance(seconds=wait - 2)
    assert (await guess(application, ann.email, ann.password)).status_code == 429
    auth_clock.advance(seconds=3)
    assert (await guess(application, ann.email, ann.password)).status_code == 200


async def test_from_many_addresses_an_account_is_guessed_at_only_so_often(application: Application) -> None:
    ann = await application.person()
    crowd = [at(application, f"198.51.100.{number}") for number in range(ACCOUNT + 10)]

    with counted_checks() as evaluated:
        answers = await asyncio.gather(*(guess(one, ann.email) for one in crowd))
        new_place = await guess(at(application, "203.0.113.1"), ann.email, ann.password)

    assert len(evaluated) == ACCOUNT
    assert Counter(answer.status_code for answer in answers) == {401: ACCOUNT, 429: 10}
    assert new_place.status_code == 429
    assert (await guess(application, ann.email, ann.password)).status_code == 200, "known from before"


async def test_one_address_tries_only_so_many_accounts(accounts_url: str) -> None:
    settings = auth_settings(accounts_url, limits={"per_address": 12})
    async with running_application(settings, address="192.0.2.99") as application:
        ann = await at(application, "192.0.2.98").register()
        await ann.verify()
        forget = [(await guess(application, f"nobody{number}@example.com")).status_code for number in range(14)]

        assert forget == [401] * 12 + [429] * 2
        assert (await guess(application, ann.email, ann.password)).status_code == 429
        assert (await guess(at(application, "192.0.2.97"), ann.email, ann.password)).status_code == 200


async def test_an_account_that_does_not_exist_is_limited_alike(application: Application) -> None:
    ann = await application.register()
    await ann.verify()
    nobody = application.nobody()

    answers = {}
    for person in (ann, nobody):
        answers[person.email] = [without_request_id(await guess(application, person.email)) for _ in range(PAIR + 2)]

    assert answers[ann.email] == answers[nobody.email]
    assert [status for status, _, _ in answers[ann.email]] == [401] * PAIR + [429] * 2


@pytest.mark.parametrize("spelled", [str.upper, str.title])
async def test_another_spelling_of_the_address_is_the_same_account(application: Application, spelled: Any) -> None:
    ann = await application.person()

    assert await statuses(application, ann.email, 3) == [401] * 3
    assert await statuses(application, spelled(ann.email), 3) == [401, 401, 429]


async def test_the_form_counts_like_the_body(application: Application) -> None:
    ann = await application.person()
    form = {"username": ann.email, "password": WRONG}

    answers = [(await application.client.post("/auth/token", data=form)).status_code for _ in range(PAIR)]

    assert answers == [401] * PAIR
    assert (await guess(application, ann.email, ann.password)).status_code == 429


async def test_a_success_takes_back_what_failed_before(application: Application) -> None:
    ann = await application.person()

    for _ in range(3):
        assert await statuses(application, ann.email, PAIR - 1) == [401] * (PAIR - 1)
        await ann.log_in()


async def test_a_successful_login_does_not_wipe_what_others_tried(application: Application) -> None:
    ann = await application.person()
    for number in range(ACCOUNT):
        await guess(at(application, f"198.51.100.{number}"), ann.email)
    await ann.log_in()

    answers = [(await guess(at(application, f"203.0.113.{number}"), ann.email)).status_code for number in range(3)]

    assert answers.count(401) <= 1, "one that succeeds takes back one attempt and no more"


async def test_a_guess_in_a_session_counts_too(application: Application) -> None:
    ann = await application.person()
    body = {"current_password": WRONG, "new_password": "another fine password"}

    answers = [(await ann.post("/auth/password", body)).status_code for _ in range(PAIR + 1)]

    assert answers == [401] * PAIR + [429]
    mail = await ann.post("/auth/email", {"email": "new@example.com", "password": ann.password})
    assert mail.status_code == 429


async def test_what_was_counted_survives_a_restart(accounts_url: str, auth_clock: TestClock) -> None:
    settings, address = auth_settings(accounts_url), new_address()
    async with running_application(settings, address=address, clock=auth_clock) as application:
        ann = await application.register()
        await ann.verify()
        assert await statuses(application, ann.email, PAIR - 1) == [401] * (PAIR - 1)

    async with another_process(), running_application(settings, address=address, clock=auth_clock) as restarted:
        assert await statuses(restarted, ann.email, 2) == [401, 429]


async def test_a_limit_holds_across_workers(two_workers: tuple[Application, Application]) -> None:
    ann = await two_workers[0].register()
    await ann.verify()

    with counted_checks() as evaluated:
        answers = await asyncio.gather(*(guess(worker, ann.email) for worker in two_workers for _ in range(30)))

    assert len(evaluated) == PAIR
    assert Counter(answer.status_code for answer in answers) == {401: PAIR, 429: 55}


@pytest.mark.parametrize("path", ["/auth/forgot", "/auth/verify/request", "/auth/register"])
async def test_mails_to_an_address_are_limited(application: Application, auth_clock: TestClock, path: str) -> None:
    ann = application.nobody()
    body = {"email": ann.email} | ({"password": ann.password} if path == "/auth/register" else {})

    answers = await asyncio.gather(*(ann.post(path, body) for _ in range(8)))

    assert Counter(answer.status_code for answer in answers) == {202: 5, 429: 3}
    auth_clock.advance(minutes=16)
    assert (await ann.post(path, body)).status_code == 202


async def test_mails_to_a_new_address_are_limited(application: Application) -> None:
    ann, target = await application.person(), f"target-{id(application)}@example.com"
    body = {"email": target, "password": ann.password}

    answers = [(await ann.post("/auth/email", body)).status_code for _ in range(6)]

    assert answers == [202] * 5 + [429]


async def test_an_ipv6_network_counts_as_one_address(application: Application) -> None:
    ann = await application.register()
    await ann.verify()

    one_network = [await guess(at(application, f"2001:db8::{number}"), ann.email) for number in range(1, PAIR + 2)]
    another = await guess(at(application, "2001:db8:0:1::1"), ann.email)

    assert [one.status_code for one in one_network] == [401] * PAIR + [429]
    assert another.status_code == 401


async def test_ipv4_clients_of_a_socket_for_both_are_told_apart(application: Application) -> None:
    ann = await application.register()
    await ann.verify()

    for _ in range(PAIR):
        await guess(at(application, "::ffff:198.51.100.1"), ann.email)

    assert (await guess(at(application, "::ffff:198.51.100.1"), ann.email)).status_code == 429
    assert (await guess(at(application, "::ffff:203.0.113.1"), ann.email)).status_code == 401


async def test_a_place_is_not_known_from_before_the_account_had_this_owner(accounts_url: str) -> None:
    # Who registers somebody else's address knows a right password for it, until the owner takes the account over.
    settings = auth_settings(accounts_url, limits={"per_account": 3, "mails_per_account": 10})
    async with running_application(settings) as application:
        squatter = await application.register()
        places = [at(application, f"198.51.100.{number}") for number in range(6)]
        for place in places:
            assert (await guess(place, squatter.email, squatter.password)).status_code in {403, 429}
        ann = await application.register(squatter.email, "the password of the owner")
        chosen = {"token": await ann.mailed_token(), "password": ann.password}
        assert (await ann.post("/auth/reset", chosen)).status_code == 204

        with counted_checks() as evaluated:
            for place in places:
                await guess(place, ann.email)

    assert len(evaluated) <= 3


async def test_more_logins_than_can_wait_are_turned_away(
    accounts_url: str, auth_clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = auth_settings(accounts_url, hash_threads=1, limits={"per_address": 1_000}, argon2={"memory_kib": 32_768})
    async with running_application(settings, clock=auth_clock) as application:
        passwords = application.accounts.passwords
        monkeypatch.setattr(passwords, "_most", 2)
        answers = await asyncio.gather(*(guess(application, f"nobody{number}@example.com") for number in range(24)))

        turned_away = [answer for answer in answers if answer.status_code == 503]
        assert Counter(answer.status_code for answer in answers) == {401: 24 - len(turned_away), 503: len(turned_away)}
        assert turned_away
        assert {one.json()["code"] for one in turned_away} == {"busy"}
        assert all(int(one.headers["Retry-After"]) >= 1 for one in turned_away)
        assert (await guess(application, "later@example.com")).status_code == 401


@pytest.mark.thorough
async def test_logins_do_not_stop_the_event_loop(accounts_postgres_url: str) -> None:
    settings = TodoKitSettings(database_url=accounts_postgres_url, auth={"secret": "s" * 32})
    async with running_application(settings) as application:
        people: list[Person] = [application.nobody() for _ in range(8)]
        in_loop, in_all = time.thread_time(), time.process_time()
        await asyncio.gather(*(guess(application, one.email) for one in people))
        in_loop, in_all = time.thread_time() - in_loop, time.process_time() - in_all

    assert in_loop < in_all / 2, "passwords are hashed in threads of their own"
