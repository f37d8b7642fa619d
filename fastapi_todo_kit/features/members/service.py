"""What can be done with the members of a space. Runs inside a unit of work and never commits."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal, cast

from fastapi_todo_kit.core.access import OWNER, is_reserved
from fastapi_todo_kit.core.errors import LimitReached
from fastapi_todo_kit.core.fields import PageCursor, PageLimit
from fastapi_todo_kit.core.people import Person
from fastapi_todo_kit.features.members.errors import (
    InvitationNeeded,
    LastOwner,
    MemberNotFound,
    MembersAreTheHosts,
    NotOneself,
    PersonNotFound,
)
from fastapi_todo_kit.features.members.events import MemberGone
from fastapi_todo_kit.features.members.repository import ORDER, MemberRepository
from fastapi_todo_kit.features.members.schemas import MemberPage, MemberPut, MemberRead, OwnerTransfer, UserId
from fastapi_todo_kit.features.spaces.errors import RoleTooHigh
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action, roles_of
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.people import people_of
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

_ADMIN: Final = "admin"
_EDITOR: Final = "editor"
SoleOwner = Literal["promote", "delete", "refuse"]
"""What becomes of a space whose only owner is erased; `erase_user` says what these mean."""


class MemberService:
    """The verbs of members, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._members = MemberRepository(work)
        self._roles = roles_of(work.kit.host.policy)

    @verb(Action.READ_MEMBER)
    async def members(self, limit: PageLimit = 50, cursor: PageCursor = None) -> MemberPage:
        """Return the members, by their ids.

        Raises:
            SpaceNotFound, MembersAreTheHosts, InvalidCursor
        """
        self.check_team()
        self._work.authorise()
        paging = Paging(ORDER, limit, cursor, "members", self._work.space_id)
        rows, next_cursor = paging.split(await self._members.page(paging.parameters), lambda row: (row.user_id,))
        people = await people_of(self._work, [row.user_id for row in rows])
        items = [self._shown(row._asdict(), people) for row in rows]
        return {"items": items, "next_cursor": next_cursor}

    @verb(Action.MANAGE_MEMBER)
    async def put_member(self, user_id: UserId, wanted: MemberPut, versions: Versions = ANY_VERSION) -> MemberRead:
        """Give a member a role, or make somebody a member without asking.

        Raises:
            SpaceNotFound, MembersAreTheHosts, NotOneself, PreconditionFailed, LimitReached
            RoleTooHigh: the role, or that which the member has, is not below the principal's.
            LastOwner: nobody would own the space.
            InvitationNeeded: nobody is added without being asked.
            PersonNotFound: nobody is known by this id.
        """
        self.check_team()
        self._roles.check_known(wanted.role, "role")
        record = await self._members.find(user_id)
        if user_id == self._work.access.principal.user_id:
            raise NotOneself
        self._work.authorise(record or {"id": self._members.id_of(user_id), "user_id": user_id, "role": wanted.role})
        self.check_may_give(wanted.role)
        if record is None:
            check_version(0, versions)
            await self._check_may_take_above(user_id)
            return await self._add(user_id, wanted.role)
        return await self._set_role(record, wanted.role, versions)

    @verb(Action.MANAGE_MEMBER)
    async def remove_member(self, user_id: UserId, versions: Versions = ANY_VERSION) -> None:
        """Remove a member, who sees nothing of the space from now on.

        Raises:
            SpaceNotFound, MembersAreTheHosts, MemberNotFound, NotOneself, PreconditionFailed, RoleTooHigh, LastOwner
        """
        self.check_team()
        record = await self._existing(user_id, versions)
        if user_id == self._work.access.principal.user_id:
            raise NotOneself
        self._check_may_take(record["role"])
        self._check_owned(record)
        await self._remove(record, "removed")

    @verb(Action.LEAVE_SPACE)
    async def leave(self) -> None:
        """Be no member any more.

        Raises:
            SpaceNotFound, MembersAreTheHosts, LastOwner
            MemberNotFound: the principal is here only as a member of the space that this one takes its members from.
        """
        self.check_team()
        record = await self._existing(self._work.access.principal.user_id)
        self._check_owned(record)
        await self._remove(record, "left")

    @verb(Action.TRANSFER_SPACE)
    async def transfer(self, target: OwnerTransfer) -> MemberRead:
        """Make another member the owner of the space; the principal is an admin then.

        Raises:
            SpaceNotFound, MembersAreTheHosts, MemberNotFound, NotOneself
        """
        self.check_team()
        record = await self._existing(target.user_id)
        me = self._work.access.principal.user_id
        if target.user_id == me:
            raise NotOneself
        mine = await self._members.find(me)
        new = await self._set_role(record, OWNER)
        if mine is not None and mine["role"] == OWNER:
            await self._members.set_role(mine, _ADMIN)
        return new

    async def outside(self, user_ids: Sequence[str]) -> list[str]:
        """Return those of some hundred users who are not in the space, or may not read what is in it.

        Who is in a tenant is for the host to say: whom `Host.people` knows, and the principal.
        """
        inside = await self._inside(user_ids) if user_ids else ()
        return [one for one in user_ids if one not in inside]

    async def is_member(self, user_id: str) -> bool:
        """Say whether a user is a member of a team, in whatever role."""
        return bool(await self._members.some([user_id]))

    async def admit(self, user_id: str, role: str, added_by: str, own: Mapping[str, Any] | None) -> None:
        """Make somebody a member who may come in, or give another role to whoever is one by a row of its own."""
        if own is None:
            await self._members.add_member(user_id, role, added_by)
        else:
            await self._members.set_role({"user_id": user_id, **own}, role)

    def check_team(self) -> None:
        """Make sure that the space has members of its own.

        Raises:
            SpaceNotFound, MembersAreTheHosts
        """
        if self._work.access.space.kind != "team":
            self._work.authorise()
            raise MembersAreTheHosts

    def check_may_give(self, role: str) -> None:
        """Make sure that a role may do nothing that the principal's may not.

        Raises:
            RoleTooHigh
        """
        if not self._roles.is_part_of(role, self._work.access.role):
            raise RoleTooHigh

    async def is_sole_owner(self, user_id: str) -> bool:
        """Say whether nobody but a user owns the space."""
        self._work.authorise()
        record = await self._members.find(user_id)
        return record is not None and _is_sole_owner(record)

    async def erase(self, user_id: str, sole_owner: SoleOwner) -> None:
        """Let go of a user who is erased; what it alone owned gets another owner, or goes to the trash."""
        self._work.authorise()
        record = await self._members.find(user_id)
        if record is None:
            return
        if _is_sole_owner(record):
            heir = None if sole_owner == "delete" else await self._members.heir(_ADMIN, _EDITOR)
            if heir is None:
                await SpaceService(self._work).delete()
            else:
                await self._members.set_role(heir, OWNER)
        await self._remove(record, "left")

    async def _check_may_take_above(self, user_id: str) -> None:
        """Make sure that the principal may change what a user is here by the space above, if it is anything."""
        for row in await self._members.some([user_id]):
            self._check_may_take(self._roles.at_most(row.role, row.most))

    async def _add(self, user_id: str, role: str) -> MemberRead:
        settings = self._work.kit.settings.sharing
        if not settings.add_directly:
            raise InvitationNeeded
        people = await people_of(self._work, [user_id])
        if user_id not in people or is_reserved(user_id):
            raise PersonNotFound
        if await self._members.count() >= settings.members_per_space:
            raise LimitReached(limit="members_per_space", maximum=settings.members_per_space)
        return self._shown(await self._members.add_member(user_id, role), people)

    async def _remove(self, record: Mapping[str, Any], op: str) -> None:
        await self._members.remove(record, op)
        user_id = record["user_id"]
        await self._work.emit(MemberGone(user_id, self._members.id_of(user_id), is_removed=op == "removed"))

    async def _inside(self, user_ids: Sequence[str]) -> Collection[str]:
        space, me = self._work.access.space, self._work.access.principal.user_id
        if space.kind == "team":
            rows = await self._members.some(user_ids)
            return {row.user_id for row in rows if self._reads(self._roles.at_most(row.role, row.most))}
        return {me, *(await people_of(self._work, user_ids))} if space.kind == "host" else {me}

    def _reads(self, role: str) -> bool:
        return Action.READ_TODO in self._roles.grants_of(role)

    async def _set_role(self, record: Mapping[str, Any], role: str, versions: Versions = ANY_VERSION) -> MemberRead:
        check_version(record["version"], versions)
        self._check_may_take(record["role"])
        if role != OWNER:
            self._check_owned(record)
        changed = record if role == record["role"] else await self._members.set_role(record, role)
        return self._shown(changed, await people_of(self._work, [record["user_id"]]))

    async def _existing(self, user_id: str, versions: Versions = ANY_VERSION) -> dict[str, Any]:
        record = await self._members.find(user_id)
        if record is None:
            self._work.authorise()
            raise MemberNotFound
        self._work.authorise(record)
        check_version(record["version"], versions)
        return record

    def _check_may_take(self, role: str) -> None:
        mine = self._work.access.role
        is_below = self._roles.is_part_of(role, mine) and not self._roles.is_part_of(mine, role)
        if not is_below and mine != OWNER:
            raise RoleTooHigh

    def _check_owned(self, record: Mapping[str, Any]) -> None:
        if _is_sole_owner(record):
            raise LastOwner

    def _shown(self, record: Mapping[str, Any], people: Mapping[str, Person]) -> MemberRead:
        person, is_inherited = people.get(record["user_id"], Person()), bool(record.get("is_inherited"))
        return cast(
            "MemberRead",
            {
                "id": self._members.id_of(record["user_id"]),
                "user_id": record["user_id"],
                "role": self._roles.at_most(record["role"], record.get("most")),
                "is_inherited": is_inherited,
                "name": person.name,
                "email": person.email,
                "avatar_url": person.avatar_url,
                "added_at": record["added_at"],
                "added_by": record["added_by"],
                "version": 0 if is_inherited else record["version"],
            },
        )


def _is_sole_owner(record: Mapping[str, Any]) -> bool:
    return bool(record["role"] == OWNER and record["owners"] == 1)
