"""Who sends mails: an SMTP server, or, for development, nobody."""

import sys

import aiosmtplib

from fastapi_todo_kit.host import Mailer, Message
from fastapi_todo_kit.settings import Mail


class ConsoleMailer:
    """Prints mails, so that a developer can follow their links."""

    async def send(self, message: Message) -> None:
        """Print a mail."""
        sys.stdout.write(f"\n--- mail to {message.to}: {message.subject}\n{message.text}\n---\n")
        sys.stdout.flush()


class SmtpMailer:
    """Gives mails to an SMTP server, each over a connection of its own."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    async def send(self, message: Message) -> None:
        """Send a mail.

        Raises:
            aiosmtplib.SMTPException, OSError: the server did not take it.
            ValueError: the address is none.
        """
        mail = self._mail
        await aiosmtplib.send(
            message.as_email(mail.sender),
            recipients=[message.to],  # not as a parser reads the header
            hostname=mail.host,
            port=mail.port,
            username=mail.username,
            password=mail.password.get_secret_value() if mail.password else None,
            use_tls=mail.security == "tls",
            start_tls=mail.security == "starttls",
            timeout=mail.timeout,
        )


def mailer_of(mail: Mail) -> Mailer:
    """Return the mailer of the settings."""
    return ConsoleMailer() if mail.host is None else SmtpMailer(mail)
