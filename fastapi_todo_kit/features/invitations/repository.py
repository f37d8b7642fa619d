"""SQL on invitations."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    text,
)

from fastapi_todo_kit.core.access import personal_space
from fastapi_todo_kit.features.invitations.models import Invitation, InvitationCount, InvitationUse
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import About, Space
from fastapi_todo_kit.storage.membership import Member
from fastapi_todo_kit.storage.repository import Repository, in_space, row_id
from fastapi_todo_kit.storage.tables import Instant, table_of

TRIES: Final = "tries"
MAILS: Final = "mails"
_invitations = table_of(Invitation)
_uses = table_of(InvitationUse)
_counts = table_of(InvitationCount)
_spaces = table_of(Space)
_members = table_of(Member)
_parents = _spaces.alias("parents")
_inviter, _inviter_above = _members.alias("inviter"), _members.alias("inviter_above")
_mine, _mine_above = _members.alias("mine"), _members.alias("mine_above")
_mine_elsewhere, _elsewhere = _members.alias("mine_elsewhere"), _spaces.alias("elsewhere")
_me = bindparam("me", type_=_members.c.user_id.type)
_now = bindparam("now", type_=Instant())
_namespace = bindparam("of_namespace", type_=_spaces.c.namespace.type)
_key = bindparam("key", type_=_invitations.c.email_key.type)
_COLUMNS: Final = (
    *(_invitations.c[name] for name in ("id", "version", "created_at", "created_by", "updated_at", "kind", "role")),
    *(_invitations.c[name] for name in ("email", "message", "max_uses", "uses", "expires_at")),
)
ORDER: Final[Order] = (SortKey("id", _invitations.c.id),)
_is_open: Final = (_invitations.c.expires_at > _now, _invitations.c.uses < _invitations.c.max_uses)
_is_there: Final = (
    _spaces.c.kind == "team",
    _spaces.c.namespace == _namespace,
    _spaces.c.deleted_at.is_(None),
)


def _with_inviter(*columns: ColumnElement[Any]) -> Select[Any]:
    """Return a SELECT of invitations, and of what those who stand for them are in their spaces now."""
    return select(
        *_COLUMNS,
        _inviter.c.role.label("inviter_role"),
        _inviter_above.c.role.label("inviter_inherited"),
        _spaces.c.inherits_max_role.label("most_from_above"),
        *columns,
    ).select_from(
        _invitations.join(_spaces, _spaces.c.id == _invitations.c.space_id)
        .outerjoin(_parents, and_(_parents.c.id == _spaces.c.inherits_id, _parents.c.deleted_at.is_(None)))
        .outerjoin(_inviter, and_(_inviter.c.space_id == _spaces.c.id, _inviter.c.user_id == _invitations.c.created_by))
        .outerjoin(
            _inviter_above,
            and_(_inviter_above.c.space_id == _parents.c.id, _inviter_above.c.user_id == _invitations.c.created_by),
        )
        .outerjoin(_mine, and_(_mine.c.space_id == _spaces.c.id, _mine.c.user_id == _me))
        .outerjoin(_mine_above, and_(_mine_above.c.space_id == _parents.c.id, _mine_above.c.user_id == _me))
    )


_page = _with_inviter().where(in_space(_invitations)).order_by(_invitations.c.id).limit(bindparam("limit"))
_PAGE: Final = {False: _page, True: _page.where(rows_after(ORDER))}
_ONE = _with_inviter().where(in_space(_invitations), _invitations.c.id == row_id())
_shown: Final = (
    _spaces.c.id.label("space_id"),
    _spaces.c.name.label("space_name"),
    _spaces.c.color.label("space_color"),
    _mine.c.role.label("mine_role"),
    _mine.c.version.label("mine_version"),
    _mine_above.c.role.label("mine_inherited"),
)
_tries = select(_counts.c.times).where(
    _counts.c.space_id == bindparam("own", type_=Uuid()),
    _counts.c.kind == TRIES,
    _counts.c.started_at > bindparam("since", type_=Instant()),
)
_members_here = select(func.count()).where(_members.c.space_id == _spaces.c.id)
_teams = (
    select(func.count())
    .join_from(_mine_elsewhere, _elsewhere, _elsewhere.c.id == _mine_elsewhere.c.space_id)
    .where(_mine_elsewhere.c.user_id == _me, _elsewhere.c.deleted_at.is_(None), _elsewhere.c.namespace == _namespace)
)
_is_used = exists().where(
    _uses.c.space_id == _invitations.c.space_id, _uses.c.invitation_id == _invitations.c.id, _uses.c.user_id == _me
)
_FIND = _with_inviter(
    *_shown,
    _spaces.c.seq,
    _invitations.c.token_hashes,
    _invitations.c.email_key,
    _tries.scalar_subquery().label("tries"),
    _members_here.scalar_subquery().label("members"),
    _teams.scalar_subquery().label("teams"),
    _is_used.label("is_used"),
).where(in_space(_invitations), _invitations.c.id == row_id(), *_is_there)
_of_address = (
    _with_inviter(*_shown)
    .where(_invitations.c.email_key == _key, *_is_open, *_is_there, ~_is_used)
    .order_by(_invitations.c.id)
    .limit(bindparam("limit"))
)
_OF_ADDRESS: Final = {False: _of_address, True: _of_address.where(rows_after(ORDER))}
_TO_MAIL = _with_inviter(_spaces.c.name.label("space_name"), _invitations.c.token_hashes).where(
    in_space(_invitations), _invitations.c.id == row_id(), _invitations.c.email.is_not(None), *_is_open, *_is_there
)
_WAITING = select(_invitations.c.id, _invitations.c.expires_at).where(
    in_space(_invitations), _invitations.c.email_key == _key, _invitations.c.uses == 0
)
_gone = bindparam("of_user", type_=_uses.c.user_id.type)
_is_closed = exists().where(
    _uses.c.space_id == _invitations.c.space_id,
    _uses.c.invitation_id == _invitations.c.id,
    _uses.c.user_id == _gone,
)
_CLOSE_FOR = insert(_uses).from_select(
    ["space_id", "invitation_id", "user_id", "at"],
    select(_invitations.c.space_id, _invitations.c.id, _gone, _now).where(
        in_space(_invitations), *_is_open, ~_is_closed
    ),
)
_OPEN_FOR_ALL = delete(_uses).where(in_space(_uses), _uses.c.invitation_id == row_id())
_COUNT = select(func.count()).where(in_space(_invitations), *_is_open)
_DELETE = delete(_invitations).where(in_space(_invitations), _invitations.c.id == row_id())
FORGET = delete(_invitations).where(
    _invitations.c.expires_at < bindparam("cutoff", type_=Instant()),
    _invitations.c.space_id.in_(select(_spaces.c.id).where(_spaces.c.namespace == _namespace)),
)
FORGET_COUNTS = delete(_counts).where(_counts.c.started_at < bindparam("cutoff", type_=Instant()))
# Text, because SQLAlchemy compiles a statement with ON CONFLICT anew each time.
_COUNT_ONE = (
    text(
        "INSERT INTO todokit_invitation_count (space_id, kind, times, started_at) VALUES (:own, :kind, 1, :now) "
        "ON CONFLICT (space_id, kind) DO UPDATE SET "
        "times = CASE WHEN todokit_invitation_count.started_at <= :since THEN 1 "
        "ELSE todokit_invitation_count.times + 1 END, "
        "started_at = CASE WHEN todokit_invitation_count.started_at <= :since THEN :now "
        "ELSE todokit_invitation_count.started_at END "
        "RETURNING times, started_at"
    )
    .bindparams(bindparam("own", type_=Uuid()), _now, bindparam("since", type_=Instant()))
    .columns(_counts.c.times, _counts.c.started_at)
)


_HAVE_OWN_SPACE = text(
    "INSERT INTO todokit_space (id, kind, key, seq, created_at) VALUES (:own, 'personal', :me, 0, :now) "
    "ON CONFLICT (id) DO NOTHING"
).bindparams(bindparam("own", type_=Uuid()), _now)


class InvitationRepository(Repository):
    """Reads and writes the invitations of a space."""

    table: ClassVar[Table] = _invitations
    entity: ClassVar[str] = "invitation"

    async def page(self, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return invitations in the order in which they were made."""
        return await self.fetch_all(_PAGE["after_0" in parameters], me=self._user_id, **parameters)

    async def one(self, invitation_id: uuid.UUID) -> Row[Any] | None:
        """Return an invitation."""
        return await self.fetch_one(_ONE, row_id=invitation_id, me=self._user_id)

    async def find(self, invitation_id: uuid.UUID, since: datetime) -> Row[Any] | None:
        """Return an invitation, whatever the principal is in the space, and how often it has tried since a moment."""
        given = {"space": self._work.space_id, "row_id": invitation_id, "own": self._own_space, "since": since}
        return next(iter(await self._work.fetch_own(_FIND, {**given, **self._mine})), None)

    async def page_of(self, email_key: str, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return invitations of an address that are open, in all spaces."""
        given = {"key": email_key, "now": self._work.now, **self._mine, **parameters}
        return await self._work.fetch(_OF_ADDRESS["after_0" in parameters], given)

    async def to_mail(self, invitation_id: uuid.UUID) -> Row[Any] | None:
        """Return an invitation for which a mail is to be sent, if it is still open."""
        return await self.fetch_one(_TO_MAIL, row_id=invitation_id, now=self._work.now, **self._mine)

    async def waiting(self, email_key: str | None) -> Row[Any] | None:
        """Return the invitation of an address that was not accepted yet."""
        return await self.fetch_one(_WAITING, key=email_key)

    async def count(self) -> int:
        """Return how many invitations are open."""
        return int(await self.fetch_value(_COUNT, now=self._work.now))

    async def delete(self, invitation_id: uuid.UUID) -> None:
        """Remove an invitation, with the address in it."""
        await self._work.run_one(_DELETE, {"space": self._work.space_id, "row_id": invitation_id})

    async def close_for(self, user_id: str) -> None:
        """Note that a user cannot accept the invitations that are open now: as if it had been a member by them."""
        await self.run(_CLOSE_FOR, of_user=user_id, now=self._work.now)

    async def open_for_all(self, invitation_id: uuid.UUID) -> None:
        """Let everybody accept an invitation, whoever could not before."""
        await self.run(_OPEN_FOR_ALL, row_id=invitation_id)

    async def use(self, row: Row[Any]) -> None:
        """Note that the principal has accepted an invitation."""
        await self.insert_into(_uses, [{"invitation_id": row.id, "user_id": self._user_id, "at": self._work.now}])
        values = {"uses": row.uses + 1, "version": row.version + 1, "updated_at": self._work.now}
        await self.update(row.id, values)
        self.note(row.id, "accepted", row.version + 1)

    def note(self, invitation_id: uuid.UUID, op: str, version: int) -> None:
        """Note what happened for the log, which every member may read: no address, and nothing of a token."""
        self._work.record(self.entity, invitation_id, op, version, about=About(self._work.space_id))

    async def count_one(self, kind: str, since: datetime) -> Row[Any]:
        """Count something that the principal has done since a moment, and return how often that is."""
        given = {"own": self._own_space, "now": self._work.now}
        await self._work.run(_HAVE_OWN_SPACE, {**given, "me": self._user_id})
        return (await self._work.fetch(_COUNT_ONE, {**given, "kind": kind, "since": since}))[0]

    @property
    def _user_id(self) -> str:
        return self._work.access.principal.user_id

    @property
    def _mine(self) -> Mapping[str, Any]:
        return {"me": self._user_id, "of_namespace": self._work.kit.settings.namespace}

    @property
    def _own_space(self) -> uuid.UUID:
        return personal_space(self._work.kit.settings.namespace, self._user_id).id
