"""An erasure that a process has begun and did not live to finish, and what others have that names who was erased."""

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from fastapi_todo_kit import Recipient, TodoKitSettings, erase_user, purge_accounts
from fastapi_todo_kit.settings import Mail
from tests.auth.outside import execute
from tests.auth.support import Application, Person, auth_settings, running_application
from tests.auth.test_privacy import everything, used
from tests.support import TestClock

pytestmark = pytest.mark.thorough


async def stored(application: Application, person: Person) -> list[Any]:
    statement = "SELECT is_active FROM todokit_auth_user WHERE email_key = :key"
    return [bool(row[0]) for row in await execute(application, statement, key=person.email)]


async def begun_and_killed(application: Application) -> tuple[Person, str]:
    """Return somebody whose erasure was cut off while it waited, and the id of the account."""
    ann = await application.person()
    identity = await used(ann)
    erasing = asyncio.create_task(ann.delete("/auth/me"))
    while await stored(application, ann) == [True]:  # noqa: ASYNC110  (a row of the database sets no event)
        await asyncio.sleep(0.01)
    erasing.cancel()
    with suppress(asyncio.CancelledError):
        await erasing
    assert await stored(application, ann) == [False], "it was killed while it waited"
    return ann, identity


async def test_an_erasure_that_was_killed_is_finished_by_whoever_comes_by(
    accounts_url: str, auth_clock: TestClock
) -> None:
    async with running_application(auth_settings(accounts_url), clock=auth_clock) as application:
        ann, identity = await begun_and_killed(application)

        await purge_accounts(application.settings, application.host)
        assert await stored(application, ann) == [False], "whoever began it may still be at it"
        auth_clock.advance(minutes=6)
        await purge_accounts(application.settings, application.host)

        left = await everything(application.settings)
        assert identity not in left
        assert identity.replace("-", "") not in left
        assert ann.email not in left


async def test_an_application_that_starts_finishes_what_another_one_began(
    accounts_url: str, auth_clock: TestClock
) -> None:
    async with running_application(auth_settings(accounts_url), clock=auth_clock) as application:
        ann, _identity = await begun_and_killed(application)
        auth_clock.advance(minutes=6)
        in_background = application.settings.model_copy(update={"mail": Mail(in_background=True)})
        async with running_application(in_background, clock=auth_clock):
            deadline = time.monotonic() + 20
            while await stored(application, ann) and time.monotonic() < deadline:  # noqa: ASYNC110  (the same)
                await asyncio.sleep(0.05)

        assert await stored(application, ann) == []


async def test_nobody_enables_an_account_that_is_being_erased(accounts_url: str, auth_clock: TestClock) -> None:
    async with running_application(auth_settings(accounts_url), clock=auth_clock) as application:
        root = await application.superuser()
        _ann, identity = await begun_and_killed(application)

        answer = await root.patch(f"/auth/users/{identity}", {"is_active": True})

        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def tenant_settings(url: str) -> TodoKitSettings:
    return auth_settings(url, revocation_max_age=timedelta(0))


async def test_answers_that_are_kept_for_others_name_nobody_who_was_erased(accounts_url: str) -> None:
    settings = tenant_settings(accounts_url)
    async with running_application(settings, space=lambda: "acme") as application:
        ann, bob = await application.person(), await application.person()
        identity = await ann.user_id()
        todo = (await ann.post("/api/todos", {"title": "by Ann"})).json()
        once = {"Idempotency-Key": f"{identity} once"[-20:]}
        path = f"/api/todos/{todo['id']}/complete"
        answered = (await bob.post(path, headers=once)).json()
        assert answered["created_by"] == identity

        await erase_user(settings, identity, application.host)

        again = await bob.post(path, headers=once)
        assert again.headers["Idempotency-Replayed"] == "true"
        assert again.json() == {**answered, "created_by": "erased"}
        assert int(again.headers["Content-Length"]) == len(again.content)
        assert identity not in await everything(settings)


async def test_an_answer_that_only_looks_as_if_it_named_somebody_stays(accounts_url: str) -> None:
    settings = tenant_settings(accounts_url)
    async with running_application(settings, space=lambda: "acme") as application:
        ann, bob = await application.person(), await application.person()
        identity, once = await ann.user_id(), {"Idempotency-Key": "the title"}
        made = (await bob.post("/api/todos", {"title": identity}, headers=once)).json()

        await erase_user(settings, identity, application.host)

        assert (await bob.post("/api/todos", {"title": identity}, headers=once)).json() == made


async def test_the_jobs_of_reminders_go_with_their_user(accounts_url: str) -> None:
    def recipient(_user_id: str, tenant: str | None) -> Recipient:
        return Recipient(membership=tenant)

    settings = tenant_settings(accounts_url)
    async with running_application(settings, space=lambda: "acme", recipient=recipient) as application:
        ann = await application.person()
        todo = (await ann.post("/api/todos", {"title": "of a tenant"})).json()
        asked = await ann.post(f"/api/todos/{todo['id']}/reminders", {"at": {"datetime": "2100-01-01T12:00:00"}})
        assert asked.status_code == 201, asked.text
        error = {"error": f"no mail server takes {ann.email}", "key": asked.json()["id"].replace("-", "")}
        await execute(application, "UPDATE todokit_job SET error = :error WHERE key = :key", **error)
        assert ann.email in await everything(settings)

        await erase_user(settings, await ann.user_id(), application.host)

        assert ann.email not in await everything(settings)
