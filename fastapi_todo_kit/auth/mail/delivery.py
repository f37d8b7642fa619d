"""Sending what waits: at least once, by any number of workers, with a lease and bounded retries.

What a mail says is decided here and not in the request that asked for it: whether an address has an account then shows
neither in the answer nor in its time, and the token of a link is never stored.
"""

import random
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Row

from fastapi_todo_kit.auth.accounts import Accounts, accounts_of
from fastapi_todo_kit.auth.credentials.emails import email_key
from fastapi_todo_kit.auth.credentials.passwords import NOBODYS
from fastapi_todo_kit.auth.credentials.random_tokens import digest, new_secret
from fastapi_todo_kit.auth.mail.mailers import mailer_of
from fastapi_todo_kit.auth.mail.repository import MOST_ATTEMPTS, MailRepository, TicketRepository
from fastapi_todo_kit.auth.mail.texts import CHANGE_EMAIL, CHOOSE, INVITE, KNOWN_ALREADY, RESET, VERIFY, WORDS
from fastapi_todo_kit.auth.standing import gives_way
from fastapi_todo_kit.auth.work import AccountWork, Client
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.host import Host, Message
from fastapi_todo_kit.settings import Auth, TodoKitSettings
from fastapi_todo_kit.storage.asking import answer_of

_logger = get_logger(__name__)

_AT_ONCE: Final = 10
_LEASE: Final = timedelta(minutes=2)
_FIRST_RETRY: Final = timedelta(seconds=30)
_NOBODY: Final = Client("", "", "mail")


async def send_mails(settings: TodoKitSettings, host: Host | None = None) -> int:
    """Send every mail of accounts that is due; return how many were sent.

    For a scheduler, where `settings.mail.in_background` is off. `host` is that of `auth_router`. Several processes may
    do this at once; a mail that cannot be sent is tried again later, eight times in all.
    """
    return await deliver(accounts_of(settings, host))


async def deliver(accounts: Accounts, only: str | None = None) -> int:
    """Send every mail that is due, or only those to one address; return how many were sent.

    Several processes may do this at once.
    """
    sent = 0
    while True:
        taken = await accounts.write(_NOBODY, lambda work: MailRepository(work).take(_AT_ONCE, _LEASE, only))
        for mail in taken:
            sent += await _send(accounts, mail)
        if not taken:
            return sent


async def _send(accounts: Accounts, mail: Row[Any]) -> int:
    try:
        message = await accounts.write(_NOBODY, lambda work: _written(work, mail))
        if message is not None:
            await answer_of((accounts.host.mailer or mailer_of(accounts.settings.mail)).send, message)
    except Exception as error:  # whatever a mailer of the host's raises
        _logger.warning("mail %s could not be sent (attempt %d): %r", mail.id, mail.attempts, type(error))
        if mail.attempts >= MOST_ATTEMPTS:
            _logger.warning("mail %s is given up", mail.id)
        wait, kind = _FIRST_RETRY * 2**mail.attempts * random.uniform(0.5, 1), type(error)  # noqa: S311  (jitter)
        await accounts.write(_NOBODY, lambda work: MailRepository(work).postpone(mail, work.now + wait, kind))
        return 0
    await accounts.write(_NOBODY, lambda work: MailRepository(work).forget(mail))
    return 0 if message is None else 1


async def _written(work: AccountWork, mail: Row[Any]) -> Message | None:
    """Return a mail with its words, None where nobody is to get it, or nobody any more."""
    mails = MailRepository(work)
    user = await mails.lock_asking(mail, email_key(mail.email))
    # Behind the user, as whoever erases one does it. What asked for the mail may have been undone since it was taken.
    if not await mails.hold(mail) or (mail.kind in _PATHS and not _may_use(user, mail)):
        return None
    kind = await _kind(mails, mail, user, work.auth)
    # To the address of the account, not as it was typed: the two may be one to us and two to a mail server.
    address = mail.email if mail.kind == CHANGE_EMAIL or user is None else user.email
    if kind not in _PATHS or user is None:
        return _message(mail, kind, address, work.auth, None)
    token, lifetime = new_secret(), work.auth.reset_lifetime if kind == RESET else work.auth.verify_lifetime
    await TicketRepository(work).add(digest(token), _PURPOSES.get(kind, kind), user, address, lifetime)
    return _message(mail, kind, address, work.auth, token)


def _may_use(user: Row[Any] | None, mail: Row[Any]) -> bool:
    """Whether a mail with a link is still to go out: what a user asked for, only while the account is as it was."""
    is_asked = mail.kind == CHANGE_EMAIL
    return user is not None and user.is_active and (not is_asked or mail.security_stamp == user.security_stamp)


async def _kind(mails: MailRepository, mail: Row[Any], user: Row[Any] | None, auth: Auth) -> str:
    """Return what a mail is to say, now that it is sent."""
    if mail.kind == VERIFY and user is not None:
        return KNOWN_ALREADY if user.is_verified else CHOOSE if user.hashed_password == NOBODYS else VERIFY
    holder = await mails.find_holder(email_key(mail.email)) if mail.kind == CHANGE_EMAIL else None
    return str(mail.kind) if holder is None or gives_way(holder, auth) else KNOWN_ALREADY


_PURPOSES: Final = {INVITE: RESET, CHOOSE: RESET}
_PATHS: Final = {
    VERIFY: "verify_path",
    RESET: "reset_path",
    INVITE: "reset_path",
    CHOOSE: "reset_path",
    CHANGE_EMAIL: "change_email_path",
}


def _message(mail: Row[Any], kind: str, address: str, auth: Auth, token: str | None) -> Message:
    link = None if token is None else auth.public_url + getattr(auth, _PATHS[kind]).format(token=token)
    words = WORDS[kind]
    text = words.text.format(link=link, site=auth.public_url)
    return Message(id=mail.id.hex, kind=kind, to=address, subject=words.subject, text=text, link=link)
