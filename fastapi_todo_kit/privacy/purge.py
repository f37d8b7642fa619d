"""What a scheduler does for accounts where the application does nothing in the background."""

from fastapi_todo_kit.auth.accounts import accounts_of
from fastapi_todo_kit.auth.background.purge import purge_expired
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.privacy.service import resume_erasures
from fastapi_todo_kit.settings import TodoKitSettings


async def purge_accounts(settings: TodoKitSettings, host: Host | None = None) -> None:
    """Remove what has expired: sessions, links, counted attempts, revocations, and mails given up a month ago.

    It also finishes erasures that a process began which was killed meanwhile. The application does all this by itself
    while it runs; this is for a scheduler where `settings.mail.in_background` is off.

    Raises:
        DatabaseUnavailable: the database is away.
    """
    await purge_expired(accounts_of(settings, host))
    await resume_erasures(settings, host)
