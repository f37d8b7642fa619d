"""Who tells users: mails, a line of the log, and what a host must bring of its own."""

import logging
import sys
from datetime import timedelta
from typing import Any

import pytest

from fastapi_todo_kit import ConfigurationError, Host, MailNotifier, Recipient, TodoKitSettings
from fastapi_todo_kit.settings import Mail
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.test_mail import smtp_server
from tests.features.reminders.support import remind
from tests.worker.support import NOBODY, Office


async def test_a_reminder_goes_over_smtp(office: Office) -> None:
    office.people.known[office.api.user] = Recipient(email="änn@example.com")
    todo = await office.api.todo("Grüße schicken", due={"datetime": "2026-03-28T14:30:00", "timezone": "Europe/Berlin"})
    await remind(office.api, todo)
    office.clock.advance(hours=2)

    with smtp_server() as (received, port):
        settings = TodoKitSettings(mail=Mail(host="127.0.0.1", port=port, security="none", sender="todos@example.com"))
        await office.with_host(notifier=MailNotifier(settings)).run_due()

    (message,) = received.messages
    assert (message["To"], message["From"], message["Subject"]) == (
        "änn@example.com",
        "todos@example.com",
        "Grüße schicken",
    )
    assert message.get_content().split("\n")[:2] == ["Grüße schicken", "Due: 2026-03-28 14:30 Europe/Berlin"]


async def test_a_title_is_no_header_of_the_mail_of_a_reminder(office: Office) -> None:
    title = "=?utf-8?q?milk=0AReply-To=3A_evil=40example.com=0AContent-Type=3A_text/html=0A=0A=3Cb=3E?="
    office.people.known[office.api.user] = Recipient(email="ann@example.com")
    await office.reminder(title=title)
    office.clock.advance(hours=1)

    with smtp_server() as (received, port):
        settings = TodoKitSettings(mail=Mail(host="127.0.0.1", port=port, security="none", sender="todos@example.com"))
        assert (await office.with_host(notifier=MailNotifier(settings)).run_due())["done"] == 1

    (message,) = received.messages
    assert (message["Subject"], message["Reply-To"], message.get_content_type()) == (title, None, "text/plain")
    assert message.get_content().startswith(title)


async def test_a_mail_that_is_sent_again_has_the_same_id(office: Office) -> None:
    mailer = MemoryMailer()
    office.people.known[office.api.user] = Recipient(email="ann@example.com")
    await office.reminder(title="Buy milk", start={"date": "2026-03-28"}, deadline="2026-04-01")
    worker = office.with_host(notifier=MailNotifier(office.settings, mailer))
    office.clock.advance(hours=1)
    await worker.run_due()

    (message,) = mailer.messages
    assert (message.kind, message.to, message.link) == ("reminder", "ann@example.com", None)
    assert message.text == "Buy milk\nStart: 2026-03-28\nDue: 2026-03-28 13:00 UTC\nDeadline: 2026-04-01\n"


async def test_who_has_no_address_gets_no_mail(office: Office) -> None:
    mailer = MemoryMailer()
    await office.reminder()
    office.clock.advance(hours=1)

    assert await office.with_host(notifier=MailNotifier(office.settings, mailer)).run_due() == {**NOBODY, "done": 1}
    assert mailer.messages == []


def test_mails_need_the_extra_or_a_mailer(settings: TodoKitSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("fastapi_todo_kit.auth")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "aiosmtplib", None)

    MailNotifier(settings, MemoryMailer())
    with pytest.raises(ConfigurationError, match=r"fastapi-todo-kit\[auth\]"):
        MailNotifier(settings)


async def test_by_default_a_line_of_the_log_says_so_without_title_and_user(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    reminder = await office.reminder(title="a secret title")
    office.clock.advance(hours=1)
    caplog.set_level(logging.DEBUG, logger="fastapi_todo_kit")  # drivers log what they bind

    await office.with_host(notifier=None).run_due()

    assert f"reminder {reminder['id']} of todo {reminder['todo_id']} is due" in caplog.text
    assert "a secret title" not in caplog.text
    assert office.api.user not in caplog.text


@pytest.mark.parametrize(
    ("wrong", "named"), [({"notifier": object()}, r"Host\.notifier"), ({"recipient": "ann"}, r"Host\.recipient")]
)
def test_what_a_host_brings_is_looked_at_while_it_is_built(wrong: Any, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        Host(**wrong)


async def test_what_was_told_late_says_for_when_it_was(office: Office) -> None:
    await office.reminder()
    due = office.clock.now + timedelta(hours=1)
    office.clock.advance(days=3)

    await office.run_due()

    assert abs(office.notifier.notifications[0].at - due) < timedelta(seconds=1)
