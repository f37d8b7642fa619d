"""Mails on their way: over SMTP, printed, and in the background of an application."""

import asyncio
import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI
from sqlalchemy import bindparam, text

from fastapi_todo_kit import ConfigurationError, Host, TodoKitSettings, auth_router
from fastapi_todo_kit.auth.accounts import accounts_of
from fastapi_todo_kit.auth.background.purge import purge_expired
from fastapi_todo_kit.auth.mail.mailers import ConsoleMailer, SmtpMailer
from fastapi_todo_kit.host import Message
from fastapi_todo_kit.settings import Mail
from fastapi_todo_kit.storage.tables import Instant
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import CHEAP, PASSWORD, SECRET, Application, auth_settings, running_application
from tests.postgres import free_port
from tests.support import TestClock

MESSAGE = Message(id="0" * 32, kind="verify", to="änn@example.com", subject="Grüße", text="Schöne\nGrüße")


class Received(MessageHandler):
    """Keeps what an SMTP server gets."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.messages.append(message_from_bytes(message.as_bytes(), policy=policy.default))


@contextmanager
def smtp_server(**options: Any) -> Iterator[tuple[Received, int]]:
    """Run an SMTP server, and yield what it gets and its port."""
    received = Received()
    controller = Controller(received, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True, **options)
    controller.start()
    try:
        yield received, controller.port
    finally:
        controller.stop()


def own_certificate(folder: Path) -> ssl.SSLContext:
    """Return the context of a server with a certificate that nobody trusts."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return context


async def test_a_mail_goes_over_smtp_with_all_its_letters() -> None:
    with smtp_server() as (received, port):
        await SmtpMailer(Mail(host="127.0.0.1", port=port, security="none", sender="kit@example.com")).send(MESSAGE)

    mail = received.messages[0]
    assert (mail["To"], mail["Subject"]) == ("änn@example.com", "Grüße")
    assert str(mail["Message-ID"]) == f"<{MESSAGE.id}@example.com>"
    assert mail.get_content() == "Schöne\nGrüße\n"


async def test_a_server_that_nobody_vouches_for_gets_no_mail(tmp_path: Path) -> None:
    with smtp_server(tls_context=own_certificate(tmp_path), require_starttls=True) as (received, port):
        mailer = SmtpMailer(Mail(host="127.0.0.1", port=port, security="starttls", username="a", password="b" * 9))

        with pytest.raises(ssl.SSLError):
            await mailer.send(MESSAGE)

    assert received.messages == []


async def test_a_server_without_starttls_gets_no_mail() -> None:
    import aiosmtplib  # noqa: PLC0415  (for its error)

    with smtp_server() as (received, port), pytest.raises(aiosmtplib.SMTPException):
        await SmtpMailer(Mail(host="127.0.0.1", port=port, security="starttls")).send(MESSAGE)

    assert received.messages == []


async def test_a_mail_is_printed_for_a_developer(capsys: pytest.CaptureFixture[str]) -> None:
    await ConsoleMailer().send(MESSAGE)

    assert "Schöne\nGrüße" in capsys.readouterr().out


def test_mails_are_not_only_printed_in_production() -> None:
    settings = TodoKitSettings(auth={"secret": SECRET, "public_url": "https://app.example.com"})

    with pytest.raises(ConfigurationError, match="TODO_KIT_MAIL__HOST"):
        auth_router(settings)
    assert auth_router(settings, Host(mailer=MemoryMailer()))


class TellingMailer(MemoryMailer):
    """Says when it has got a mail to one address; other tests leave mails to others."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""
        self.has_mail = asyncio.Event()

    async def send(self, message: Message) -> None:
        await super().send(message)
        if message.to == self.address:
            self.has_mail.set()


def background_settings(url: str) -> TodoKitSettings:
    return TodoKitSettings(database_url=url, auth={"secret": SECRET, "argon2": CHEAP, "registration": True})


@pytest.mark.parametrize("with_lifespan", [True, False], ids=["lifespan", "no-lifespan"])
async def test_a_mail_is_sent_soon_in_the_background(accounts_url: str, with_lifespan: bool) -> None:
    mailer, settings = TellingMailer(), background_settings(accounts_url)
    host, app = Host(mailer=mailer), FastAPI()
    app.include_router(auth_router(settings, host), prefix="/auth")
    mailer.address = f"{uuid.uuid4().hex}@example.com"

    async def ask() -> None:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="https://test") as client:
            body = {"email": mailer.address, "password": PASSWORD}
            assert (await client.post("/auth/register", json=body)).status_code == 202
            assert mailer.to(mailer.address) == [], "never inside the request"
            await asyncio.wait_for(mailer.has_mail.wait(), 10)
            assert len(mailer.to(mailer.address)) == 1

    if with_lifespan:
        async with app.router.lifespan_context(app):
            await ask()
    else:
        await ask()
        accounts = accounts_of(settings, host)
        postman = getattr(accounts.wake_postman, "__self__")  # noqa: B009  (mypy knows no bound methods)
        await postman._task
        await accounts.database.close()


async def test_what_a_killed_process_left_is_sent_when_its_lease_is_over(
    application: Application, auth_clock: TestClock
) -> None:
    class Killed(BaseException):
        pass

    class DyingMailer(MemoryMailer):
        async def send(self, message: Message) -> None:
            raise Killed(message.kind)

    ann = await application.register()
    dying = Host(mailer=DyingMailer(), clock=auth_clock)
    from fastapi_todo_kit import send_mails  # noqa: PLC0415  (the one that is not the application's)

    with pytest.raises(Killed):
        await send_mails(application.settings, dying)
    assert await application.send_mails() == 0, "another one may still be at it"

    auth_clock.advance(minutes=3)
    await application.send_mails()

    assert len(application.mailer.to(ann.email)) == 1


async def test_what_has_expired_is_removed_and_nothing_else(accounts_url: str, auth_clock: TestClock) -> None:
    async with running_application(auth_settings(accounts_url), clock=auth_clock) as application:
        ann, bob = await application.person(), await application.person()
        await ann.post("/auth/forgot", {"email": ann.email})
        await application.send_mails()
        await ann.post("/auth/logout")
        auth_clock.advance(days=31)
        await bob.log_in()

        await purge_expired(application.accounts)

        day = {"day": TestClock().now + timedelta(days=1)}
        ended = "SELECT id FROM todokit_auth_session WHERE used_at < :day"
        revoked = "SELECT session_id FROM todokit_auth_revocation WHERE revoked_at < :day"
        tickets = "SELECT digest FROM todokit_auth_ticket WHERE expires_at < :day"
        assert [await rows(application, statement, **day) for statement in (ended, revoked, tickets)] == [[], [], []]
        assert (await bob.get("/auth/me")).status_code == 200


async def rows(application: Application, statement: str, **parameters: Any) -> list[Any]:
    """Return what a statement finds behind the back of the application."""
    prepared = text(statement).bindparams(bindparam("day", type_=Instant()))
    found = await application.accounts.database.query(lambda connection: connection.fetch(prepared, parameters))
    return list(found)
