"""Who sends mails: an SMTP server, or, for development, nobody."""

import sys
from email.message import EmailMessage
from email.utils import formatdate

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
        """
        mail = self._mail
        await aiosmtplib.send(
            self._email(message),
            hostname=mail.host,
            port=mail.port,
            username=mail.username,
            password=mail.password.get_secret_value() if mail.password else None,
            use_tls=mail.security == "tls",
            start_tls=mail.security == "starttls",
            timeout=mail.timeout,
        )

    def _email(self, message: Message) -> EmailMessage:
        email = EmailMessage()
        email["From"], email["To"], email["Subject"] = self._mail.sender, message.to, message.subject
        email["Date"] = formatdate(usegmt=True)
        # The same when a mail is sent again: receivers may then show it once.
        email["Message-ID"] = f"<{message.id}@{self._mail.sender.rpartition('@')[2]}>"
        email["Auto-Submitted"] = "auto-generated"
        email.set_content(message.text)
        return email


def mailer_of(mail: Mail) -> Mailer:
    """Return the mailer of the settings."""
    return ConsoleMailer() if mail.host is None else SmtpMailer(mail)
