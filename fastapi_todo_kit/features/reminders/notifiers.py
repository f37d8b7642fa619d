"""Who tells users that a reminder is due, where the host has nobody of its own."""

from typing import Any

from fastapi_todo_kit.core.fields import one_line
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Host, Mailer, Message, Notification
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.asking import answer_of
from fastapi_todo_kit.storage.mailing import mailer_of

_logger = get_logger(__name__)


class LogNotifier:
    """Writes a line into the log."""

    async def notify(self, notification: Notification) -> None:
        """Log a notification, without what is nobody's business."""
        _logger.info("reminder %s of todo %s is due", notification.reminder_id, notification.todo_id)


class MailNotifier:
    """Sends mails, through `Host.mailer` or else the SMTP server of `settings.mail`, which needs the extra `auth`.

    Addresses come from `Host.recipient`; whoever has none gets nothing.
    """

    def __init__(self, settings: TodoKitSettings, mailer: Mailer | None = None) -> None:
        self._mailer = mailer_of(settings, mailer)

    async def notify(self, notification: Notification) -> None:
        """Send a mail."""
        if notification.recipient.email is None:
            return
        message = Message(
            id=notification.id,
            kind=notification.kind,
            to=notification.recipient.email,
            subject=notification.title,
            text=_text(notification),
        )
        await answer_of(self._mailer.send, message)


def _text(notification: Notification) -> str:
    lines = [one_line(notification.title)]
    for name, value in (("Start", notification.start), ("Due", notification.due)):
        if value is not None:
            lines.append(f"{name}: {_spelled(value)}")
    if notification.deadline is not None:
        lines.append(f"Deadline: {notification.deadline.isoformat()}")
    return "\n".join(lines) + "\n"


def _spelled(value: Any) -> str:
    day, _, time = (value.get("date") or value["datetime"]).partition("T")
    return " ".join(filter(None, (day, time[:5], value.get("timezone"))))


def notifier_of(host: Host) -> Any:
    """Return the host's notifier, or the log."""
    return host.notifier or LogNotifier()
