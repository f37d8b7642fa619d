"""What those can do with invitations who invite. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import Row

from fastapi_todo_kit.core.access import Access, Principal, SpaceRef
from fastapi_todo_kit.core.addresses import address_key
from fastapi_todo_kit.core.errors import AlreadyExists, Forbidden, InvalidInput, LimitReached, RateLimited
from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.invitations.errors import InvitationNotFound, MailUnavailable
from fastapi_todo_kit.features.invitations.models import EMAIL, LINK
from fastapi_todo_kit.features.invitations.repository import FORGET, FORGET_COUNTS, MAILS, ORDER, InvitationRepository
from fastapi_todo_kit.features.invitations.schemas import InvitationCreate, InvitationPage, InvitationRead
from fastapi_todo_kit.features.invitations.tokens import Token, digest_of, new_token
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.spaces.errors import SharingOff
from fastapi_todo_kit.policy import Action, roles_of
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.engines.connections import Connection
from fastapi_todo_kit.storage.jobs import schedule, unschedule
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

MAILING: Final = "invitation"
"""The kind of the job that sends the mail of an invitation, whose id is its key."""
_LIFETIME: Final = timedelta(days=7)
_KEPT: Final = timedelta(days=30)
"""How long an invitation, and the address in it, is kept once it has expired."""
_DAY: Final = timedelta(days=1)


class InvitationService:
    """The verbs of whoever invites, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._invitations = InvitationRepository(work)
        self._members = MemberService(work)
        self._roles = roles_of(work.kit.host.policy)

    @verb(Action.READ_INVITATION)
    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> InvitationPage:
        """Return the invitations of the space, in the order in which they were made, for whoever may invite.

        Raises:
            SpaceNotFound, MembersAreTheHosts, Forbidden, InvalidCursor
        """
        self._members.check_team()
        self._work.authorise()
        paging = Paging(ORDER, limit, cursor, "invitations", self._work.space_id)
        fetched = await self._invitations.page(paging.parameters)
        if not self._work.may(Action.INVITE_MEMBER, None):
            raise Forbidden  # not as a read, which is 404: the space is there, but addresses are not everybody's
        rows, next_cursor = paging.split(fetched, lambda row: (row.id,))
        return {"items": [self._shown(row) for row in rows], "next_cursor": next_cursor}

    @verb(Action.INVITE_MEMBER)
    async def invite(self, new: InvitationCreate) -> InvitationRead:
        """Invite somebody by mail, or make a link, whose token is in the answer and nowhere else.

        Raises:
            SharingOff: nobody is invited here.
            SpaceNotFound, MembersAreTheHosts
            RoleTooHigh: the role may do what the principal's may not.
            MailUnavailable: nobody is invited by mail here.
            AlreadyExists: somebody has invited this address.
            LimitReached: as many invitations are open as may be.
            RateLimited: the principal has had as many mails sent today as it may.
        """
        self._members.check_team()
        if not self._work.kit.settings.sharing.invitations:
            raise SharingOff("Nobody is invited here.")
        self._roles.check_known(new.role, "role")
        key = None if new.email is None else address_key(new.email)
        waiting = await self._invitations.waiting(key)
        token = new_token(self._work.space_id, new_id())
        record = self._record(new, token)
        self._work.authorise(record)
        self._members.check_may_give(new.role)
        if waiting is not None:
            await self._replace(waiting)
        await self._check_limit()
        row = {name: value for name, value in record.items() if name not in {"is_open", "token"}}
        hashes = b"" if key else digest_of(token.secret)
        await self._invitations.insert_into(
            self._invitations.table, [{**row, "email_key": key, "token_hashes": hashes}]
        )
        self._invitations.note(record["id"], "created", 1)
        return await self._given(record, token)

    @verb(Action.INVITE_MEMBER)
    async def revoke(self, invitation_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Take an invitation back.

        Raises:
            SpaceNotFound, MembersAreTheHosts, InvitationNotFound, PreconditionFailed
        """
        record = await self._existing(invitation_id, versions)
        await unschedule(self._work, MAILING, invitation_id.hex)
        self._invitations.note(invitation_id, "revoked", record["version"] + 1)
        await self._invitations.delete(invitation_id)

    @verb(Action.INVITE_MEMBER)
    async def resend(self, invitation_id: Id, versions: Versions = ANY_VERSION) -> InvitationRead:
        """Send the mail again, or make another link, for which the principal stands; the one before is good no more.

        Raises:
            SpaceNotFound, MembersAreTheHosts, PreconditionFailed, MailUnavailable, LimitReached, RateLimited
            InvitationNotFound: there is none, or it was accepted by as many as may.
            RoleTooHigh: the role may do what the principal's may not.
        """
        record = await self._existing(invitation_id, versions)
        if record["uses"] >= record["max_uses"] or not self._roles.knows(record["role"]):
            raise InvitationNotFound
        self._members.check_may_give(record["role"])
        if record["expires_at"] <= self._work.now:
            await self._check_limit()
        token, version = new_token(self._work.space_id, invitation_id), record["version"] + 1
        values = {
            "expires_at": max(record["expires_at"], self._work.now + _LIFETIME),
            "created_by": self._work.access.principal.user_id,
            "updated_at": self._work.now,
            "version": version,
        }
        changed = cast("InvitationRead", {**record, **values, "is_open": True})
        self._work.authorise(changed)
        hashes = digest_of(token.secret) if record["kind"] == LINK else b""
        await self._invitations.update(invitation_id, {**values, "token_hashes": hashes})
        if record["kind"] == EMAIL:
            await self._invitations.open_for_all(invitation_id)
        self._invitations.note(invitation_id, "sent", version)
        return await self._given(changed, token)

    def check_invited(self, invited: Sequence[InvitationCreate]) -> None:
        """Make sure that those whom a field `invite` asks in have roles that there are, and each an address of its own.

        Raises:
            InvalidInput
        """
        keys = [None if one.email is None else address_key(one.email) for one in invited]
        for n, one in enumerate(invited):
            self._roles.check_known(one.role, f"invite/{n}/role")
            if keys[n] is not None and keys[n] in keys[:n]:
                error = {"pointer": f"#/invite/{n}/email", "code": "invited_twice", "detail": "It is there already."}
                raise InvalidInput(errors=[error])

    async def ask_into(self, there: Work, invited: Sequence[InvitationCreate]) -> list[InvitationRead]:
        """Ask people into a space that this work has made; the tokens of links are told once, in no stored answer.

        Raises:
            SharingOff, RoleTooHigh, MailUnavailable, AlreadyExists, LimitReached, RateLimited
        """
        self._work.said_once.add("invitations")
        inviting = InvitationService(self._work.also_in(there.access, Action.INVITE_MEMBER))
        return [await inviting.invite(one) for one in invited]

    async def close_for(self, user_id: str) -> None:
        """Let a user who is removed accept none of the invitations that are open now."""
        await self._invitations.close_for(user_id)

    def is_standing(self, row: Any, space: SpaceRef | None = None) -> bool:
        """Say whether whoever stands for an invitation, by default to this space, may still invite to that role."""
        own, inherited = row.inviter_role, row.inviter_inherited
        role = self.role_of(own, inherited, row.most_from_above)
        if role is None or not self._roles.knows(role) or not self._roles.knows(row.role):
            return False
        inviter = Access(Principal(row.created_by), space or self._work.access.space, role)
        may_invite = self._work.allows(inviter, Action.INVITE_MEMBER, None)
        return may_invite and self._roles.is_part_of(row.role, role)

    def role_of(self, own: str | None, inherited: str | None, most: str | None) -> str | None:
        """Return what somebody is in a space, by a row of its own or by one in the space above; None for nobody."""
        if own is not None or inherited is None:
            return own
        return self._roles.at_most(inherited, most)

    async def _replace(self, waiting: Row[Any]) -> None:
        if waiting.expires_at > self._work.now:
            raise AlreadyExists(entity="invitation", id=str(waiting.id))
        await self._invitations.delete(waiting.id)

    async def _given(self, record: Mapping[str, Any], token: Token) -> InvitationRead:
        """Return an invitation to whoever has just made it: with the token of a link, or else a mail is sent."""
        if record["kind"] == LINK:
            self._work.said_once.add("token")
            return cast("InvitationRead", {**record, "token": str(token)})
        if page_of(self._work.kit.settings) is None:
            raise MailUnavailable
        self._work.said_once.add("email")  # which a stored answer would keep when the invitation is gone
        most = self._work.kit.settings.sharing.invitation_mails_per_day
        counted = await self._invitations.count_one(MAILS, self._work.now - _DAY)
        if counted.times > most:
            raise too_many(f"{most} per day", counted.started_at + _DAY - self._work.now)
        await schedule(self._work, MAILING, record["id"].hex, self._work.now)
        return cast("InvitationRead", record)

    async def _existing(self, invitation_id: uuid.UUID, versions: Versions) -> InvitationRead:
        self._members.check_team()
        row = await self._invitations.one(invitation_id)
        if row is None:
            self._work.authorise()
            raise InvitationNotFound
        record = self._shown(row, is_asked=False)
        self._work.authorise(record)
        check_version(record["version"], versions)
        return record

    def _record(self, new: InvitationCreate, token: Token) -> InvitationRead:
        return {
            "id": token.invitation_id,
            "kind": LINK if new.email is None else EMAIL,
            "role": new.role,
            "email": new.email,
            "message": new.message,
            "max_uses": new.max_uses,
            "uses": 0,
            "is_open": True,
            "expires_at": self._work.now + timedelta(days=new.expires_in_days),
            "created_at": self._work.now,
            "created_by": self._work.access.principal.user_id,
            "updated_at": self._work.now,
            "version": 1,
            "token": None,
        }

    def _shown(self, row: Row[Any], *, is_asked: bool = True) -> InvitationRead:
        is_open = row.expires_at > self._work.now and row.uses < row.max_uses
        is_open = is_open and (not is_asked or self.is_standing(row))
        shown = {name: value for name, value in row._mapping.items() if name in InvitationRead.__annotations__}
        return cast("InvitationRead", {**shown, "is_open": is_open, "token": None})

    async def _check_limit(self) -> None:
        most = self._work.kit.settings.sharing.invitations_per_space
        if await self._invitations.count() >= most:
            raise LimitReached(limit="invitations_per_space", maximum=most)


def page_of(settings: TodoKitSettings) -> str | None:
    """Return the address of the page that a mail leads to; None where there is none."""
    if settings.sharing.invitation_url is None and settings.auth.signing_keys:
        return f"{settings.auth.public_url}/invitation#token={{token}}"
    return settings.sharing.invitation_url


def too_many(limit: str, wait: timedelta) -> RateLimited:
    """Return what is said to whoever does something too often."""
    error = RateLimited(f"No more than {limit}; wait.", limit=limit)
    error.headers = {"Retry-After": str(max(1, int(wait.total_seconds())))}
    return error


async def forget_expired(kit: Kit) -> None:
    """Remove what has expired a month ago, in all spaces of a namespace."""
    given = {"cutoff": kit.host.now() - _KEPT, "of_namespace": kit.settings.namespace}

    async def forget(connection: Connection) -> None:
        await connection.run(FORGET, given)
        await connection.run(FORGET_COUNTS, {"cutoff": given["cutoff"]})

    await kit.store.transact(forget)
