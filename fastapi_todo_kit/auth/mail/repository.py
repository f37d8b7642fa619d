"""SQL on waiting mails, and on the tickets that their links carry."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, String, Uuid, bindparam, delete, insert, or_, select, update

from fastapi_todo_kit.auth.models import Ticket, User, WaitingMail
from fastapi_todo_kit.auth.work import AccountRepository
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
    .returning(_mails.c.id, _mails.c.kind, _mails.c.email, _mails.c.user_id, _mails.c.attempts)
)
_FORGET = delete(_mails).where(_mails.c.id == bindparam("mail"))
_DROP = delete(_mails).where(
    _mails.c.user_id == bindparam("of_user", type_=Uuid()), _mails.c.kind == bindparam("of_kind")
)
_POSTPONE = update(_mails).where(_mails.c.id == bindparam("mail"))
_FIND_BY_KEY = select(_users).where(_users.c.email_key == bindparam("key"))
_FIND_BY_ID = select(_users).where(_users.c.id == bindparam("of_user"))

_ADD_TICKET = insert(_tickets)
_DROP_TICKETS = delete(_tickets).where(
    _tickets.c.user_id == bindparam("of_user", type_=Uuid()), _tickets.c.purpose == bindparam("of_purpose")
)
_THIS_TICKET = (
    _tickets.c.digest == bindparam("token_digest"),
    _tickets.c.purpose == bindparam("of_purpose"),
    _tickets.c.expires_at > bindparam("at", type_=Instant()),
)
_FIND_TICKET = select(_tickets.c.user_id, _tickets.c.email).where(*_THIS_TICKET)
_TAKE_TICKET = delete(_tickets).where(*_THIS_TICKET).returning(_tickets.c.user_id, _tickets.c.email)
PURGE_MAILS = delete(_mails).where(
    _mails.c.attempts >= MOST_ATTEMPTS, _mails.c.due_at < bindparam("before", type_=Instant())
)
PURGE_TICKETS = delete(_tickets).where(_tickets.c.expires_at < bindparam("now", type_=Instant()))


class MailRepository(AccountRepository):
    """Queues mails, and hands them to whoever sends them."""

    async def queue(self, kind: str, email: str, user_id: uuid.UUID | None = None) -> None:
        """Let a mail be sent once this transaction is committed."""
        now = self._work.now
        row = {"id": new_id(), "kind": kind, "email": email, "user_id": user_id, "created_at": now, "due_at": now}
        await self.run(_QUEUE, **row, attempts=0)
        self._work.has_mail = True

    async def take(self, most: int, lease: timedelta, only: str | None = None) -> Sequence[Row[Any]]:
        """Return mails that are due, or only those to one address, which nobody else is given while the lease lasts."""
        now = self._work.now
        rows = await self.fetch_all(_TAKE, at=now, until=now + lease, most=most, only=only)
        return sorted(rows, key=attrgetter("id"))  # as they were queued: the last link is the one that is good

    async def drop(self, kind: str, user_id: uuid.UUID) -> None:
        """Let a mail of this kind that waits for the user not be sent."""
        await self.run(_DROP, of_kind=kind, of_user=user_id)

    async def forget(self, mail_id: uuid.UUID) -> None:
        """Remove a mail that was sent, or that nobody is to get."""
        await self.run(_FORGET, mail=mail_id)

    async def postpone(self, mail_id: uuid.UUID, until: datetime, error: type[Exception]) -> None:
        """Try a mail again later. Of the error the kind is kept and not the words, which may repeat the link."""
        await self.run(_POSTPONE, mail=mail_id, due_at=until, error=error.__name__[:500])

    async def find_user(self, *, email_key: str | None = None, user_id: uuid.UUID | None = None) -> Row[Any] | None:
        """Return the user of an address, or of an id."""
        if user_id is not None:
            return await self.fetch_one(_FIND_BY_ID, of_user=user_id)
        return await self.fetch_one(_FIND_BY_KEY, key=email_key)


class TicketRepository(AccountRepository):
    """Keeps what makes a mailed link good, once, for one purpose."""

    async def add(self, token_digest: str, purpose: str, user_id: uuid.UUID, email: str, lifetime: timedelta) -> None:
        """Make a link good."""
        row = {"digest": token_digest, "purpose": purpose, "user_id": user_id, "email": email}
        await self.run(_ADD_TICKET, **row, expires_at=self._work.now + lifetime)

    async def find(self, token_digest: str, purpose: str) -> Row[Any] | None:
        """Return whose ticket this is, and for which address; None where it is good no more."""
        return await self.fetch_one(_FIND_TICKET, token_digest=token_digest, of_purpose=purpose, at=self._work.now)

    async def take(self, token_digest: str, purpose: str) -> Row[Any] | None:
        """Return the same, and make it good no more. Of two who take it at once, one gets it."""
        return await self.fetch_one(_TAKE_TICKET, token_digest=token_digest, of_purpose=purpose, at=self._work.now)

    async def drop(self, purpose: str, user_id: uuid.UUID) -> None:
        """Make every link of the user for this purpose good no more."""
        await self.run(_DROP_TICKETS, of_user=user_id, of_purpose=purpose)
