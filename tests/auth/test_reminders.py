"""Whom a worker tells where the users are the kit's own accounts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fastapi_todo_kit import Host, MailNotifier, run_due
from fastapi_todo_kit.host import utc_now
from fastapi_todo_kit.testing import MemoryMailer, MemoryNotifier
from tests.auth.support import Application, Person

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
