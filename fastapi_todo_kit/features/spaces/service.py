"""What can be done with spaces. Reading one never makes its row."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from sqlalchemy import Row

from fastapi_todo_kit.core.access import OWNER, Access, access_in, known_accesses, team_space
from fastapi_todo_kit.core.errors import AlreadyExists, LimitReached, SpaceNotFound
from fastapi_todo_kit.core.fields import PageCursor, PageLimit
from fastapi_todo_kit.features.spaces.errors import InheritanceTooDeep, RoleTooHigh, SharingOff, SpaceIsFixed
from fastapi_todo_kit.features.spaces.events import InheritanceEnded
from fastapi_todo_kit.features.spaces.repository import ORDER, RANKS, SpaceRepository
from fastapi_todo_kit.features.spaces.schemas import NewSpace, SpacePage, SpaceRead, SpaceUpdate
from fastapi_todo_kit.policy import Action, RolePolicy, roles_of
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.membership import role_of
from fastapi_todo_kit.storage.repository import check_found
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

_ABOVE: Final = frozenset({"inherits_id", "inherits_max_role"})


class SpaceService:
    """The verbs of spaces: all but those of the page are about the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._spaces = SpaceRepository(work)
        self._roles = roles_of(work.kit.host.policy)

    @verb(Action.READ_SPACE)
    async def page(self, limit: PageLimit = 200, cursor: PageCursor = None) -> SpacePage:
        """Return the personal space, that of the tenant, and then those of teams that the principal is in.

        Raises:
            SpaceNotFound: the policy does not show the space of this call.
            InvalidCursor
        """
        self._work.authorise()
        paging = Paging(ORDER, limit, cursor, "spaces", self._work.access.principal.user_id)
        known = self._known_ones()
        fetched = await self._spaces.page(known, paging.parameters)
        found = [self._shown(row._asdict(), _role_in(row, known, self._roles)) for row in fetched]
        # What nothing was written to has no row, and its place among those that have: of a full page, before its last.
        after = [paging.parameters[f"after_{n}"] for n in range(len(ORDER))] if cursor is not None else [-1]
        end = _place_of(found[-1]) if len(found) > limit else [len(RANKS)]
        written = {one["id"] for one in found}
        unwritten = [self._shown(_unwritten(one), one.role) for one in known.values() if one.space.id not in written]
        found += [one for one in unwritten if after < _place_of(one) < end]
        items, next_cursor = paging.split(sorted(found, key=_place_of), _place_of)
        return {"items": [one for one in items if self._may_see(one)], "next_cursor": next_cursor}

    @verb(Action.READ_SPACE)
    async def current(self) -> SpaceRead:
        """Return the space of this call.

        Raises:
            SpaceNotFound: the policy does not show it, or the principal is no member.
        """
        self._work.authorise()
        row = await self._spaces.here()
        shown = self._shown(row or _unwritten(self._work.access), self._work.access.role)
        self._work.authorise(shown)
        return shown

    async def of_member(self, space_id: uuid.UUID) -> SpaceRead:
        """Return another space, of which the principal is a member.

        Raises:
            SpaceNotFound: it is none, or the policy does not show it.
        """
        there = self._work.also_in(self._access_in(space_id), Action.READ_SPACE)
        return await SpaceService(there).current()

    async def one_like(self, new: NewSpace) -> SpaceRead | None:
        """Return the space that has the id of a new one and is just so; None where no space has it.

        Raises:
            AlreadyExists: the id is taken.
        """
        if new.id is None or not await self._spaces.by_ids([new.id]):
            return None
        return await self._found_again(new.id, self._checked(new))

    async def make(self, new: NewSpace, action: Action, list_id: uuid.UUID | None = None) -> tuple[SpaceRead, Work]:
        """Make a space, which the principal owns; return it, and the work in it, which asks for an action there.

        Args:
            new: the space.
            action: what the work in it asks for.
            list_id: the list that it is there for alone.

        Raises:
            Forbidden, SharingOff, SpaceNotFound, InheritanceTooDeep, AlreadyExists, LimitReached
        """
        fields = self._checked(new)
        if new.inherits_id is not None:
            await self._check_parent(new.inherits_id)
        await self._check_limit()
        space_id = new.id or new_id()
        record = {
            "id": space_id,
            "kind": "team",
            "key": None,
            "seq": 1,
            **fields,
            "list_id": list_id,
            "created_at": self._work.now,
            "created_by": self._work.access.principal.user_id,
            "updated_at": self._work.now,
            "version": 1,
        }
        made = self._shown(record, OWNER)
        self._work.require(Action.CREATE_SPACE, made)
        there = self._work.also_in(Access(self._work.access.principal, team_space(space_id), OWNER), action)
        there.authorise()
        if not await SpaceRepository(there).add_team(record):
            raise AlreadyExists(entity="space", id=str(space_id))
        return made, there

    @verb(Action.UPDATE_SPACE)
    async def update(self, changes: SpaceUpdate, versions: Versions = ANY_VERSION) -> SpaceRead:
        """Rename or recolour the space, or take its members from no other one any more.

        Raises:
            SpaceNotFound, SpaceIsFixed, PreconditionFailed
            RoleTooHigh: only an owner says what members of the space above are here.
        """
        record = await self._team(versions)
        fields = changes.model_dump(exclude_unset=True)
        if _ABOVE & fields.keys() and self._work.access.role != OWNER:
            raise RoleTooHigh
        if "inherits_max_role" in fields:
            self._roles.check_known(fields["inherits_max_role"], "inherits_max_role")
        if fields.get("inherits_id", record["inherits_id"]) is None:
            fields["inherits_max_role"] = None
        saved = await self._spaces.save(record, fields)
        if saved["inherits_id"] != record["inherits_id"]:
            await self._work.emit(InheritanceEnded())
        return self._shown(saved, self._work.access.role)

    @verb(Action.DELETE_SPACE)
    async def delete(self, versions: Versions = ANY_VERSION) -> None:
        """Send the space to the trash, with everything in it.

        Raises:
            SpaceNotFound, SpaceIsFixed, PreconditionFailed
        """
        record = await self._team(versions)
        await self._spaces.save(record, {"deleted_at": self._work.now}, "deleted")

    @verb(Action.RESTORE_SPACE)
    async def restore(self, versions: Versions = ANY_VERSION) -> SpaceRead:
        """Bring the space back from the trash, with everything that was in it.

        Raises:
            SpaceNotFound: it is not there.
            LimitReached, PreconditionFailed
        """
        record = await self._spaces.here()
        if record is None or record["deleted_at"] is None:
            raise SpaceNotFound
        record = self._whole(record)
        self._work.authorise(record)
        check_version(record["version"], versions)
        await self._check_limit()
        return self._shown(await self._spaces.save(record, {"deleted_at": None}, "restored"), self._work.access.role)

    async def has_all_spaces(self, user_id: str) -> bool:
        """Say whether a user is in as many spaces as it may be."""
        return await self._spaces.count_of_teams(user_id) >= self._work.kit.settings.sharing.spaces_per_user

    async def is_there_for(self, list_id: uuid.UUID) -> bool:
        """Say whether the space is there for a list alone."""
        return await self._of_list(list_id) is not None

    async def give_up_list(self, list_id: uuid.UUID) -> None:
        """Send a space to the trash that was there for a list alone, which is not in it any more.

        Raises:
            Forbidden: the principal may not delete the space, and so cannot take its list away.
        """
        record = await self._of_list(list_id)
        if record is not None:
            self._work.require(Action.DELETE_SPACE, self._whole(record))
            await self._spaces.give_up_list(record)

    def _known_ones(self) -> Mapping[uuid.UUID, Access]:
        """Return what is known without any row: the personal space, and those of tenants."""
        known = known_accesses(self._work.kit.settings.namespace, self._work.access)
        return {access.space.id: access for access in known}

    def _may_see(self, shown: SpaceRead) -> bool:
        """Say whether the policy shows a space among others, in each of which the principal has another role."""
        there = replace(self._access_in(shown["id"]), role=shown["role"])
        return self._work.allows(there, Action.READ_SPACE, shown)

    async def _check_limit(self) -> None:
        if await self.has_all_spaces(self._work.access.principal.user_id):
            most = self._work.kit.settings.sharing.spaces_per_user
            raise LimitReached(limit="spaces_per_user", maximum=most)

    async def _found_again(self, space_id: uuid.UUID, fields: Mapping[str, Any]) -> SpaceRead:
        there = self._work.also_in(self._access_in(space_id))
        try:
            record = await SpaceRepository(there).here()
        except SpaceNotFound:
            record = None
        if record is None:
            raise AlreadyExists(entity="space", id=str(space_id))
        check_found("space", record, dict(fields))
        return self._shown(record, there.access.role)

    async def _check_parent(self, space_id: uuid.UUID) -> None:
        parent = self._work.also_in(self._access_in(space_id))
        record = await SpaceRepository(parent).here()
        if record is None or record["kind"] != "team" or parent.access.role != OWNER:
            raise SpaceNotFound
        parent.check_named(Action.READ_SPACE, self._whole(record), SpaceNotFound)
        if record["inherits_id"] is not None:
            raise InheritanceTooDeep

    def _access_in(self, space_id: uuid.UUID) -> Access:
        return access_in(self._work.kit.settings.namespace, self._work.access, space_id)

    def _checked(self, new: NewSpace) -> dict[str, Any]:
        """Return the fields of a new space."""
        if not self._work.kit.settings.sharing.spaces:
            raise SharingOff
        self._roles.check_known(new.inherits_max_role, "inherits_max_role")
        fields = {"list_id": None, **new.model_dump(include=NewSpace.model_fields.keys() - {"id"})}
        return fields if new.inherits_id is not None else {**fields, "inherits_max_role": None}

    async def _team(self, versions: Versions) -> dict[str, Any]:
        record = await self._spaces.here()
        if self._work.access.space.kind != "team":
            self._work.authorise()
            raise SpaceIsFixed
        if record is None:
            raise SpaceNotFound
        record = self._whole(record)
        self._work.authorise(record)
        check_version(record["version"], versions)
        return record

    async def _of_list(self, list_id: uuid.UUID) -> Mapping[str, Any] | None:
        """Return the space, if it is there for a list alone."""
        record = await self._spaces.here() if self._work.access.space.kind == "team" else None
        return record if record is not None and record["list_id"] == list_id else None

    def _whole(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return a space as the API shows it, and whether it is in the trash."""
        return {**self._shown(record, self._work.access.role), "deleted_at": record["deleted_at"]}

    def _shown(self, record: Mapping[str, Any], role: str) -> SpaceRead:
        shown = {name: record[name] for name in SpaceRead.__annotations__ if name in record}
        return cast(
            "SpaceRead", {"is_unread": False, **shown, "role": role, "is_current": record["id"] == self._work.space_id}
        )


def _role_in(row: Row[Any], known: Mapping[uuid.UUID, Access], roles: RolePolicy) -> str:
    return known[row.id].role if row.id in known else role_of(row, roles)


def _place_of(space: SpaceRead) -> list[Any]:
    """Return what spaces are ordered by."""
    return [RANKS.get(space["kind"], len(RANKS) - 1), space["id"]]


def _unwritten(access: Access) -> Mapping[str, Any]:
    """Return the space of a call that nothing was written to."""
    nothing = dict.fromkeys(SpaceRead.__annotations__)
    space = access.space
    return {**nothing, "is_unread": False, "id": space.id, "kind": space.kind, "key": space.key, "seq": 0, "version": 1}
