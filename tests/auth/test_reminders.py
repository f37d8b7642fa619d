"""Whom a worker tells where the users are the kit's own accounts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from fastapi_todo_kit import Host, MailNotifier, run_due
from fastapi_todo_kit.host import utc_now
from fastapi_todo_kit.testing import MemoryMailer, MemoryNotifier
from tests.auth.outside import another_process
from tests.auth.support import Application, Person, auth_settings, running_application

pytestmark = pytest.mark.thorough


async def remind(person: Person, day: str = "2190-07-01") -> None:
    """Set a reminder at nine o'clock of a day, where the account is at home."""
    todo = (await person.post("/api/todos", {"title": "Water the plants", "due": {"date": day}})).json()
    assert (await person.post(f"/api/todos/{todo['id']}/reminders", {})).status_code == 201


async def told_by(application: Application, person: Person) -> MemoryNotifier:
    """Return what a worker of accounts tells in that far year."""
    notifier, later = MemoryNotifier(), utc_now() + timedelta(days=365 * 165)
    await run_due(application.settings, Host(notifier=notifier), now=later)
    user_id = (await person.get("/auth/me")).json()["id"]
    notifier.notifications = [one for one in notifier.notifications if one.user_id == user_id]
    return notifier


async def test_an_account_says_where_its_mails_go_and_in_which_zone_it_is(application: Application) -> None:
    person = await application.person(time_zone="Asia/Tokyo")
    await remind(person)

    (told,) = (await told_by(application, person)).notifications

    assert (told.recipient.email, told.recipient.time_zone) == (person.email, "Asia/Tokyo")
    assert told.at.isoformat() == "2190-07-01T00:00:00+00:00"


async def test_a_mail_goes_to_the_address_of_the_account(application: Application) -> None:
    person, mailer = await application.person(), MemoryMailer()
    await remind(person)

    host = Host(notifier=MailNotifier(application.settings, mailer))
    await run_due(application.settings, host, now=utc_now() + timedelta(days=365 * 165))

    (mail,) = mailer.to(person.email)
    assert (mail.subject, "2190-07-01" in mail.text) == ("Water the plants", True)


async def test_a_disabled_account_is_told_nothing(application: Application) -> None:
    person, superuser = await application.person(), await application.superuser()
    await remind(person)
    user_id = (await person.get("/auth/me")).json()["id"]
    assert (await superuser.patch(f"/auth/users/{user_id}", {"is_active": False})).status_code == 200

    notifier = MemoryNotifier()
    await run_due(application.settings, Host(notifier=notifier), now=utc_now() + timedelta(days=365 * 165))

    assert user_id not in {one.user_id for one in notifier.notifications}


async def test_a_host_that_knows_its_users_is_asked_instead(application: Application) -> None:
    person, notifier = await application.person(), MemoryNotifier()
    await remind(person)

    host = replace(Host(notifier=notifier), recipient=lambda _user_id, _tenant: None)
    await run_due(application.settings, host, now=utc_now() + timedelta(days=365 * 165))

    assert person.email not in {one.recipient.email for one in notifier.notifications}


async def reminder_of(person: Person, minutes: int = 0) -> dict[str, Any]:
    """Return a reminder of a todo of its own, at a wall clock."""
    todo = (await person.post("/api/todos", {"title": "Water the plants"})).json()
    at = {"datetime": f"2190-07-01T09:{minutes:02}:00"}
    response = await person.post(f"/api/todos/{todo['id']}/reminders", {"at": at})
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


async def next_at(person: Person, reminder: dict[str, Any]) -> str:
    found = await person.get(f"/api/todos/{reminder['todo_id']}/reminders/{reminder['id']}")
    return str(found.json()["next_at"])


async def test_a_token_from_before_a_move_takes_no_reminder_back(application: Application) -> None:
    desktop = await application.person(time_zone="America/New_York")
    phone = await desktop.elsewhere()
    assert (await desktop.patch("/auth/me", {"time_zone": "Europe/Berlin"})).status_code == 200

    for of_account in (desktop, phone):  # neither has another token yet
        first, _other = await reminder_of(of_account), await reminder_of(phone, minutes=5)
        assert first["next_at"] == await next_at(desktop, first) == "2190-07-01T07:00:00Z"
    await phone.patch("/auth/me", {"time_zone": "Asia/Tokyo"})
    await phone.refresh()
    await reminder_of(phone, minutes=10)
    assert await next_at(desktop, first) == "2190-07-01T00:00:00Z"


async def test_another_process_hears_of_a_move(accounts_url: str) -> None:
    settings = auth_settings(accounts_url, revocation_max_age=timedelta(0))
    async with running_application(settings) as application, another_process():
        person = await application.person(time_zone="America/New_York")
        async with running_application(settings, clock=utc_now) as other:
            elsewhere = Person(other, person.email, person.password, person.access_token)
            await person.patch("/auth/me", {"time_zone": "Europe/Berlin"})

            assert (await reminder_of(elsewhere))["next_at"] == "2190-07-01T07:00:00Z"


async def test_a_move_of_the_account_moves_its_reminders(application: Application) -> None:
    person, stayed = [await application.person(time_zone="America/New_York") for _ in range(2)]
    reminders = {one.email: await reminder_of(one) for one in (person, stayed)}
    await person.patch("/auth/me", {"time_zone": "Europe/Berlin"})

    await run_due(application.settings, application.host)

    moved = {one.email: await next_at(one, reminders[one.email]) for one in (person, stayed)}
    assert moved == {person.email: "2190-07-01T07:00:00Z", stayed.email: "2190-07-01T13:00:00Z"}


async def test_who_moves_without_any_reminder_is_no_trouble(application: Application) -> None:
    person = await application.person()
    await person.patch("/auth/me", {"time_zone": "Europe/Berlin"})

    assert (await run_due(application.settings, application.host))["failed"] == 0
