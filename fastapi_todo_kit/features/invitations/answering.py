"""What those can do with invitations who are invited. Runs inside a unit of work and never commits.

Whoever is invited is nobody in the space yet: the invitation says what the policy is asked about, and as what.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from sqlalchemy import Row

from fastapi_todo_kit.core.access import UNKNOWN_ROLE, Access, team_space
from fastapi_todo_kit.core.addresses import address_key
from fastapi_todo_kit.core.errors import LimitReached, RateLimited
from fastapi_todo_kit.core.fields import PageCursor, PageLimit
from fastapi_todo_kit.core.people import Person
from fastapi_todo_kit.features.invitations.errors import InvitationNotFound, OtherAddress
from fastapi_todo_kit.features.invitations.models import EMAIL
from fastapi_todo_kit.features.invitations.repository import ORDER, TRIES, InvitationRepository
from fastapi_todo_kit.features.invitations.schemas import (
    InvitationPreview,
    InvitationsForMe,
    InvitationToken,
    SpaceJoined,
)
from fastapi_todo_kit.features.invitations.service import MAILING, InvitationService, too_many
from fastapi_todo_kit.features.invitations.tokens import Token, token_of
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.spaces.errors import SharingOff
from fastapi_todo_kit.policy import Action, roles_of
from fastapi_todo_kit.storage.jobs import unschedule
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.people import people_of, verified_address_of
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.work import Work

_MOST_TRIES: Final = 20
_WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Found:
    """An invitation that somebody may see, in the work of its space."""

    work: Work
    row: Row[Any]
    role: str | None
    """What the principal is in the space already."""


class InvitationAnswers:
    """The verbs of whoever is invited, whatever space the unit of work is about.

    Args:
        work: the unit of work.
        address: the verified address of the principal, empty for none, where the host was asked for it already.
    """

    def __init__(self, work: Work, address: str | None = None) -> None:
        self._work = work
        self._address = address
        self._roles = roles_of(work.kit.host.policy)
        self._user_id = work.access.principal.user_id

    @verb(Action.READ_INVITATION)
    async def mine(self, limit: PageLimit = 50, cursor: PageCursor = None) -> InvitationsForMe:
        """Return the invitations of the principal's verified address that can be accepted now.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        self._work.authorise()
        paging = Paging(ORDER, limit, cursor, "my invitations", self._user_id)
        key = await self._my_key()
        fetched = [] if key is None else await InvitationRepository(self._work).page_of(key, paging.parameters)
        rows, next_cursor = paging.split(fetched, lambda row: (row.id,))
        service = InvitationService(self._work)
        rows = [row for row in rows if service.is_standing(row, team_space(row.space_id))]
        people = await people_of(self._work, {row.created_by for row in rows})
        items = [{**self._shown(row, people), "token": str(Token(row.space_id, row.id))} for row in rows]
        return cast("InvitationsForMe", {"items": items, "next_cursor": next_cursor})

    @verb(Action.READ_INVITATION)
    async def preview(self, answer: InvitationToken) -> InvitationPreview:
        """Return what an invitation is to, and by whom.

        Raises:
            InvitationNotFound: it is good no more, or never was.
            RateLimited: the principal has tried too many that are not.
        """
        found = await self._find(token_of(answer.token))
        return self._shown(found.row, await people_of(found.work, [found.row.created_by]))

    @verb(Action.ANSWER_INVITATION)
    async def accept(self, answer: InvitationToken) -> SpaceJoined:
        """Become a member of a space. Whoever is one already stays what it is, or becomes more by a mail.

        Raises:
            SharingOff: nobody is invited here.
            InvitationNotFound: it is good no more, or never was.
            OtherAddress: it is for another address.
            LimitReached: the space has as many members as it may, or the principal is in as many spaces as it may be.
            RateLimited: the principal has tried too many that are not good.
        """
        if not self._work.kit.settings.sharing.invitations:
            raise SharingOff("Nobody is invited here.")
        found = await self._find(token_of(answer.token))
        row, role = found.row, found.role
        if not row.is_used:
            await self._check_address(row)
            role = await self._become(found)
            if found.role is None or row.kind == EMAIL:
                await InvitationRepository(found.work).use(row)
        return {
            "id": row.space_id,
            "name": row.space_name,
            "color": row.space_color,
            "role": cast("str", role),
            "is_new": found.role is None,
        }

    @verb(Action.ANSWER_INVITATION)
    async def decline(self, answer: InvitationToken) -> None:
        """Let an invitation by mail be good no more; a link stays good for others.

        Raises:
            InvitationNotFound, OtherAddress, RateLimited
        """
        found = await self._find(token_of(answer.token))
        row = found.row
        await self._check_address(row)
        if row.kind != EMAIL or row.is_used:
            return
        invitations = InvitationRepository(found.work)
        await unschedule(found.work, MAILING, row.id.hex)
        invitations.note(row.id, "declined", row.version + 1)
        await invitations.delete(row.id)

    async def _find(self, token: Token) -> _Found:
        """Return an invitation that is good, or that the principal has become a member by, and enter its space."""
        work = await self._enter(token.space_id)
        row = await InvitationRepository(work).find(token.invitation_id, work.now - _WINDOW)
        if row is not None and (row.tries or 0) >= _MOST_TRIES:
            raise too_many_tries(_WINDOW)
        is_named = token.opens(b"" if row is None else row.token_hashes) or await self._is_mine(token, row)
        if row is None or not is_named:
            raise InvitationNotFound
        service = InvitationService(work)
        role = service.role_of(row.mine_role, row.mine_inherited, row.most_from_above)
        is_open = row.expires_at > work.now and row.uses < row.max_uses and service.is_standing(row)
        # Whoever was a member by it and is none any more does not come back by it.
        if not (role is not None if row.is_used else is_open):
            raise InvitationNotFound
        work.know_seq(row.seq)
        work.enter_as(row.role if role is None else role)
        work.authorise(self._shown(row, {}), InvitationNotFound)
        return _Found(work, row, role)

    async def _enter(self, space_id: uuid.UUID) -> Work:
        """Return the work of a space in which the principal is nobody known yet; of this one, if it is that."""
        if self._work.space_id == space_id:
            return self._work
        self._work.authorise()
        access = Access(self._work.access.principal, team_space(space_id), UNKNOWN_ROLE)
        work = self._work.also_in(access, missing=InvitationNotFound)
        if not self._work.context.action.is_read:
            await work.lock()
        return work

    async def _is_mine(self, token: Token, row: Row[Any] | None) -> bool:
        """Say whether an invitation that was named without a secret is that of the principal's address."""
        return not token.secret and row is not None and row.kind == EMAIL and row.email_key == await self._my_key()

    async def _check_address(self, row: Row[Any]) -> None:
        if row.kind != EMAIL or self._work.kit.settings.sharing.any_account_may_accept:
            return
        if row.email_key != await self._my_key():
            raise OtherAddress

    async def _my_key(self) -> str | None:
        if self._address is None:
            self._address = await verified_address_of(self._work, self._user_id) or ""
        return address_key(self._address) if self._address else None

    async def _become(self, found: _Found) -> str:
        """Make the principal a member, or more of one; return what it is then."""
        row, role = found.row, found.role
        is_more = role is not None and row.kind == EMAIL and self._roles.is_part_of(role, row.role)
        if role is not None and (role == row.role or not is_more):
            return role
        if row.mine_role is None:
            self._check_limits(row, is_new=role is None)
        own = None if row.mine_role is None else {"role": row.mine_role, "version": row.mine_version}
        await MemberService(found.work).admit(self._user_id, row.role, row.created_by, own)
        return cast("str", row.role)

    def _check_limits(self, row: Row[Any], *, is_new: bool) -> None:
        sharing = self._work.kit.settings.sharing
        if row.members >= sharing.members_per_space:
            raise LimitReached(limit="members_per_space", maximum=sharing.members_per_space)
        if is_new and row.teams >= sharing.spaces_per_user:
            raise LimitReached(limit="spaces_per_user", maximum=sharing.spaces_per_user)

    def _shown(self, row: Row[Any], people: Mapping[str, Person]) -> InvitationPreview:
        role = InvitationService(self._work).role_of(row.mine_role, row.mine_inherited, row.most_from_above)
        return {
            "id": row.id,
            "space_id": row.space_id,
            "space_name": row.space_name,
            "space_color": row.space_color,
            "role": row.role,
            "member_role": role,
            "message": row.message,
            "invited_by": row.created_by,
            "invited_by_name": people.get(row.created_by, Person()).name,
            "expires_at": row.expires_at,
        }


async def count_try(work: Work) -> None:
    """Count, in a space of the principal's own, that it has tried an invitation that is not good.

    Raises:
        RateLimited: it has done so too often.
    """
    work.excuse()  # no policy has anything against it
    counted = await InvitationRepository(work).count_one(TRIES, work.now - _WINDOW)
    if counted.times > _MOST_TRIES:
        raise too_many_tries(counted.started_at + _WINDOW - work.now)


def too_many_tries(wait: timedelta) -> RateLimited:
    """Return what is said to whoever tries to guess."""
    return too_many(f"{_MOST_TRIES} per hour", wait)
