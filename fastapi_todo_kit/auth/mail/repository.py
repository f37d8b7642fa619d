"""SQL on waiting mails, and on the tickets that their links carry."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, String, Uuid, bindparam, delete, insert, or_, select, update

from fastapi_todo_kit.auth.models import Ticket, User, WaitingMail
from fastapi_todo_kit.auth.work import AccountRepository
from fastapi_todo_kit.core.account_errors import InvalidLink
from fastapi_todo_kit.storage.tables import Instant, new_id, table_of

MOST_ATTEMPTS = 8
"""A mail that could not be sent so often is kept, with its error, and not tried again."""
_mails = table_of(WaitingMail)
_tickets = table_of(Ticket)
_users = table_of(User)

_QUEUE = insert(_mails)
_DUE = (
    select(_mails.c.id)
    .where(
        _mails.c.due_at <= bindparam("at", type_=Instant()),
        _mails.c.attempts < MOST_ATTEMPTS,
        or_(_mails.c.email == bindparam("only", type_=String()), bindparam("only", type_=String()).is_(None)),
    )
    .order_by(_mails.c.due_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
# Who takes a mail has until its new `due_at` to send it; after that, another one does.
_TAKE = (
    update(_mails)
    .where(_mails.c.id.in_(_DUE))
    .values(due_at=bindparam("until"), attempts=_mails.c.attempts + 1)
    .returning(*(_mails.c[name] for name in ("id", "kind", "email", "user_id", "security_stamp", "attempts")))
)
# By the attempt, too: when the lease was too short, another process has it, and what it does with it stays.
_HELD = (_mails.c.id == bindparam("mail"), _mails.c.attempts == bindparam("attempt"))
_HOLD = select(_mails.c.id).where(*_HELD).with_for_update()
_FORGET = delete(_mails).where(*_HELD)
_POSTPONE = update(_mails).where(*_HELD)
_FIND_BY_KEY = select(_users).where(_users.c.email_key == bindparam("key"))
_LOCK_BY_KEY = _FIND_BY_KEY.with_for_update()
_LOCK_BY_ID = select(_users).where(_users.c.id == bindparam("of_user", type_=Uuid())).with_for_update()
_TAKE_BACK_MAILS = delete(_mails).where(
    _mails.c.user_id == bindparam("of_user", type_=Uuid()),
    _mails.c.kind == bindparam("of_kind"),
    _mails.c.email != bindparam("but"),
)

_ADD_TICKET = insert(_tickets)
_TAKE_BACK_LINKS = delete(_tickets).where(
    _tickets.c.user_id == bindparam("of_user", type_=Uuid()),
    _tickets.c.purpose == bindparam("of_kind"),
    _tickets.c.email != bindparam("but"),
)
# What a link is good for is decided here and nowhere else: for the account as it was when the link was made. Whatever
# changes who may use it, as every use of a link does, ends them all; a link that is mailed later ends none.
_GOOD_TICKET = (
    select(*_users.c, _tickets.c.email.label("ticket_email"))
    .join_from(_tickets, _users, _tickets.c.user_id == _users.c.id)
    .where(
        _tickets.c.expires_at > bindparam("at", type_=Instant()),
        _tickets.c.security_stamp == _users.c.security_stamp,
        _users.c.is_active,
    )
)
_FIND_TICKET = _GOOD_TICKET.where(
    _tickets.c.digest == bindparam("token_digest"), _tickets.c.purpose == bindparam("of_purpose")
)
_LOCK_TICKET = _FIND_TICKET.with_for_update(of=_users)
_USE_TICKET = delete(_tickets).where(_tickets.c.digest == bindparam("token_digest"))
PURGE_MAILS = delete(_mails).where(
    _mails.c.attempts >= MOST_ATTEMPTS, _mails.c.due_at < bindparam("before", type_=Instant())
)
PURGE_TICKETS = delete(_tickets).where(_tickets.c.expires_at < bindparam("now", type_=Instant()))


class MailRepository(AccountRepository):
    """Queues mails, and hands them to whoever sends them."""

    async def queue(self, kind: str, email: str, asked_by: Row[Any] | None = None) -> None:
        """Let a mail be sent once this transaction is committed.

        What a user asks for, whose row is locked, is not sent once the account has another `security_stamp`.
        """
        now = self._work.now
        row = {"id": new_id(), "kind": kind, "email": email, "created_at": now, "due_at": now, "attempts": 0}
        if asked_by is not None:
            row |= {"user_id": asked_by.id, "security_stamp": asked_by.security_stamp}
        await self.run(_QUEUE, **row)
        self._work.has_mail = True

    async def take_back(self, kind: str, user_id: uuid.UUID, *, but: str) -> None:
        """Let no mail of a kind, which a user has asked for, be sent or its link be good, but to one address.

        He may have asked for an address that is not his: whoever reads the mail there must not get the account.
        """
        for statement in (_TAKE_BACK_MAILS, _TAKE_BACK_LINKS):
            await self.run(statement, of_user=user_id, of_kind=kind, but=but)

    async def take(self, most: int, lease: timedelta, only: str | None = None) -> Sequence[Row[Any]]:
        """Return mails that are due, or only those to one address, which nobody else is given while the lease lasts."""
        now = self._work.now
        rows = await self.fetch_all(_TAKE, at=now, until=now + lease, most=most, only=only)
        return sorted(rows, key=attrgetter("id"))  # as they were queued

    async def hold(self, mail: Row[Any]) -> bool:
        """Keep a mail that was taken as it is; say whether it is still to be sent, and still by who has taken it."""
        return await self.fetch_one(_HOLD, mail=mail.id, attempt=mail.attempts) is not None

    async def forget(self, mail: Row[Any]) -> None:
        """Remove a mail that was sent, or that nobody is to get."""
        await self.run(_FORGET, mail=mail.id, attempt=mail.attempts)

    async def postpone(self, mail: Row[Any], until: datetime, error: type[Exception]) -> None:
        """Try a mail again later. Of the error the kind is kept and not the words, which may repeat the link."""
        await self.run(_POSTPONE, mail=mail.id, attempt=mail.attempts, due_at=until, error=error.__name__[:500])

    async def lock_asking(self, mail: Row[Any], email_key: str) -> Row[Any] | None:
        """Return the user who has asked for a mail, or else that of its address, whom nobody else changes meanwhile."""
        if mail.user_id is not None:
            return await self.fetch_one(_LOCK_BY_ID, of_user=mail.user_id)
        return await self.fetch_one(_LOCK_BY_KEY, key=email_key)

    async def find_holder(self, email_key: str) -> Row[Any] | None:
        """Return the user of an address."""
        return await self.fetch_one(_FIND_BY_KEY, key=email_key)


class TicketRepository(AccountRepository):
    """Keeps what makes a mailed link good, once, for one purpose."""

    async def add(self, token_digest: str, purpose: str, user: Row[Any], email: str, lifetime: timedelta) -> None:
        """Make a link good, for a user whose row is locked as it is now."""
        row = {"digest": token_digest, "purpose": purpose, "user_id": user.id, "email": email}
        row |= {"security_stamp": user.security_stamp, "expires_at": self._work.now + lifetime}
        await self.run(_ADD_TICKET, **row)

    async def find(self, token_digest: str, purpose: str) -> Row[Any]:
        """Return the user whose link this is, and in `ticket_email` the address that it was made for.

        Raises:
            InvalidLink: it is for something else, has expired or was used, or the account is disabled or has changed.
        """
        found = await self.fetch_one(_FIND_TICKET, token_digest=token_digest, of_purpose=purpose, at=self._work.now)
        if found is None:
            raise InvalidLink
        return found

    async def take(self, token_digest: str, purpose: str) -> Row[Any]:
        """Return the same with the user's row locked, and use the link up; of two who take it at once, one gets it.

        Raises:
            InvalidLink
        """
        user = await self.fetch_one(_LOCK_TICKET, token_digest=token_digest, of_purpose=purpose, at=self._work.now)
        if user is None or not await self.run(_USE_TICKET, token_digest=token_digest):
            raise InvalidLink
        return user
