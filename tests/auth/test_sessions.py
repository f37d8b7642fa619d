"""Sessions: how they begin, go on with refresh tokens, and end, here and in another worker."""

import asyncio
from datetime import timedelta

import pytest

from fastapi_todo_kit.account_events import AccountEvent, RefreshReused
from fastapi_todo_kit.host import OnAccount
from tests.auth.support import Application, auth_settings, running_application
from tests.support import TestClock


async def test_a_session_reads_and_writes_todos(application: Application) -> None:
    ann = await application.person()

    created = await ann.post("/api/todos", {"title": "a todo"})
    read = await ann.get("/api/todos")

    assert created.status_code == 201
    assert [todo["title"] for todo in read.json()["items"]] == ["a todo"]


async def test_a_logout_ends_the_access_token_at_once(application: Application) -> None:
    ann = await application.person()
    other = await ann.elsewhere()

    assert (await ann.post("/auth/logout")).status_code == 204

    assert (await ann.get("/api/todos")).status_code == 401
    assert (await ann.refresh()).status_code == 401
    assert (await other.get("/api/todos")).status_code == 200


async def test_a_refresh_token_gives_the_next_one_and_is_good_once(
    application: Application, auth_clock: TestClock
) -> None:
    ann = await application.person()
    first = ann.refresh_token
    assert (await ann.refresh()).status_code == 200
    assert ann.refresh_token != first
    auth_clock.advance(seconds=60)

    thief = application.nobody()
    thief.refresh_token = first

    assert (await thief.refresh()).status_code == 401
    assert (await ann.refresh()).status_code == 401, "the family is revoked with it"
    assert (await ann.get("/auth/me")).status_code == 401, "and so is its access token"


async def test_a_client_that_lost_the_answer_may_refresh_again(application: Application, auth_clock: TestClock) -> None:
    ann = await application.person()
    first = ann.refresh_token
    await ann.refresh()
    auth_clock.advance(seconds=5)

    ann.refresh_token = first

    assert (await ann.refresh()).status_code == 200
    assert (await ann.refresh()).status_code == 200


async def test_eight_refreshes_at_once_leave_a_living_session(application: Application) -> None:
    ann = await application.person()
    body = {"refresh_token": ann.refresh_token}

    answers = await asyncio.gather(*(application.client.post("/auth/refresh", json=body) for _ in range(8)))

    assert {answer.status_code for answer in answers} == {200}
    for answer in answers:
        ann.use(answer.json())
        assert (await ann.get("/auth/me")).status_code == 200


async def test_the_host_hears_of_a_reused_refresh_token(accounts_url: str, auth_clock: TestClock) -> None:
    heard: list[AccountEvent] = []
    told = OnAccount(after_commit=heard.extend)
    async with running_application(auth_settings(accounts_url), clock=auth_clock, on_account=told) as application:
        ann = await application.person()
        used = ann.refresh_token
        await ann.refresh()
        auth_clock.advance(seconds=60)
        ann.refresh_token = used
        await ann.refresh()

    assert [event for event in heard if isinstance(event, RefreshReused)]


@pytest.mark.parametrize("refreshes", [True, False], ids=["used", "unused"])
async def test_a_session_ends_by_itself(application: Application, auth_clock: TestClock, refreshes: bool) -> None:
    ann = await application.person()
    auth = application.settings.auth
    step, most = auth.refresh_lifetime - timedelta(days=1), auth.session_lifetime

    lasted = timedelta(0)
    while refreshes and lasted + step < most:
        auth_clock.advance(seconds=step.total_seconds())
        lasted += step
        assert (await ann.refresh()).status_code == 200
    auth_clock.advance(seconds=(auth.refresh_lifetime + timedelta(seconds=1)).total_seconds())

    assert (await ann.refresh()).status_code == 401


async def test_an_access_token_lasts_a_quarter_of_an_hour(application: Application, auth_clock: TestClock) -> None:
    ann = await application.person()

    auth_clock.advance(minutes=14, seconds=58)
    assert (await ann.get("/auth/me")).status_code == 200
    auth_clock.advance(seconds=2)
    assert (await ann.get("/auth/me")).status_code == 401


async def test_sessions_are_listed_and_ended_one_by_one(application: Application) -> None:
    ann = await application.person()
    other = await ann.elsewhere()

    sessions = (await ann.get("/auth/sessions")).json()["items"]
    foreign = next(session["id"] for session in sessions if not session["is_current"])
    ended = await ann.delete(f"/auth/sessions/{foreign}")

    assert len(sessions) == 2
    assert ended.status_code == 204
    assert (await other.get("/auth/me")).status_code == 401
    assert (await ann.delete(f"/auth/sessions/{foreign}")).status_code == 404
    assert (await ann.get("/auth/me")).status_code == 200


async def test_all_other_sessions_end_together(application: Application) -> None:
    ann = await application.person()
    other = await ann.elsewhere()

    await ann.delete("/auth/sessions?but_this=true")

    assert (await ann.get("/auth/me")).status_code == 200
    assert (await other.get("/auth/me")).status_code == 401
    await ann.delete("/auth/sessions")
    assert (await ann.get("/auth/me")).status_code == 401


async def test_nobody_ends_a_session_of_somebody_else(application: Application) -> None:
    ann, eve = await application.person(), await application.person()
    session = (await ann.get("/auth/sessions")).json()["items"][0]["id"]

    assert (await eve.delete(f"/auth/sessions/{session}")).status_code == 404
    assert (await ann.get("/auth/me")).status_code == 200
