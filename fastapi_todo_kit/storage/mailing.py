"""Who sends mails: the host's mailer, or else that of the settings."""

from importlib import import_module

from fastapi_todo_kit.core.errors import MissingExtra
from fastapi_todo_kit.host import Mailer
from fastapi_todo_kit.settings import TodoKitSettings


def mailer_of(settings: TodoKitSettings, mailer: Mailer | None) -> Mailer:
    """Return the host's mailer, or the SMTP server of `settings.mail`.

    Raises:
        MissingExtra: there is none, and the extra for the server is not installed.
    """
    if mailer is not None:
        return mailer
    try:
        found: Mailer = import_module("fastapi_todo_kit.auth.mail.mailers").mailer_of(settings.mail)
    except ModuleNotFoundError:
        raise MissingExtra("Sending mails needs pip install 'fastapi-todo-kit[auth]', or a mailer") from None
    return found
