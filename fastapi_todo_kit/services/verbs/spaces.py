"""The verbs of spaces.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.founding.schemas import SpaceCreate, SpaceMade
from fastapi_todo_kit.features.founding.service import SpaceFounding
from fastapi_todo_kit.features.items.schemas import ItemKind, ItemPage, ItemRead, ItemUpdate, SpaceSeen
from fastapi_todo_kit.features.items.service import ItemService
from fastapi_todo_kit.features.members.schemas import MemberPage, MemberPut, MemberRead, OwnerTransfer, UserId
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.spaces.schemas import SpacePage, SpaceRead, SpaceUpdate
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Spaces(Verbs):
    """What can be done with spaces."""

    async def page(self, limit: PageLimit = 200, cursor: PageCursor = None) -> SpacePage:
        """Return the personal space, that of the tenant, and then those of teams that the principal is in.

        Raises:
            SpaceNotFound: the policy does not show the space of this call.
            InvalidCursor
        """
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).page(limit, cursor))

    async def current(self) -> SpaceRead:
        """Return the space of this call.

        Raises:
            SpaceNotFound: the policy does not show it, or the principal is no member.
        """
        return await self._run(Action.READ_SPACE, lambda work: SpaceService(work).current())

    async def update(self, changes: SpaceUpdate, versions: Versions = ANY_VERSION) -> SpaceRead:
        """Rename or recolour the space, or take its members from no other one any more.

        Raises:
            SpaceNotFound, SpaceIsFixed, PreconditionFailed
            RoleTooHigh: only an owner says what members of the space above are here.
        """
        return await self._run(Action.UPDATE_SPACE, lambda work: SpaceService(work).update(changes, versions))

    async def delete(self, versions: Versions = ANY_VERSION) -> None:
        """Send the space to the trash, with everything in it.

        Raises:
            SpaceNotFound, SpaceIsFixed, PreconditionFailed
        """
        return await self._run(Action.DELETE_SPACE, lambda work: SpaceService(work).delete(versions))

    async def restore(self, versions: Versions = ANY_VERSION) -> SpaceRead:
        """Bring the space back from the trash, with everything that was in it.

        Raises:
            SpaceNotFound: it is not there.
            LimitReached, PreconditionFailed
        """
        return await self._run(Action.RESTORE_SPACE, lambda work: SpaceService(work).restore(versions))

    async def create(self, new: SpaceCreate) -> SpaceMade:
        """Make a space, which the principal owns; one of this id that is just so already is returned as it is.

        Then nobody is asked in: the first of two attempts has done that.

        Raises:
            SharingOff: users make no spaces here.
            SpaceNotFound: the space that it inherits from is none that the principal owns.
            InheritanceTooDeep: that space inherits from another one.
            AlreadyExists: the id is taken.
            LimitReached: the principal is in as many spaces as it may be.
            RoleTooHigh, MailUnavailable, RateLimited: somebody cannot be invited.
        """
        return await self._run(Action.CREATE_SPACE, lambda work: SpaceFounding(work).create(new))

    async def members(self, limit: PageLimit = 50, cursor: PageCursor = None) -> MemberPage:
        """Return the members, by their ids.

        Raises:
            SpaceNotFound, MembersAreTheHosts, InvalidCursor
        """
        return await self._run(Action.READ_MEMBER, lambda work: MemberService(work).members(limit, cursor))

    async def put_member(self, user_id: UserId, wanted: MemberPut, versions: Versions = ANY_VERSION) -> MemberRead:
        """Give a member a role, or make somebody a member without asking.

        Raises:
            SpaceNotFound, MembersAreTheHosts, NotOneself, PreconditionFailed, LimitReached
            RoleTooHigh: the role, or that which the member has, is not below the principal's.
            LastOwner: nobody would own the space.
            InvitationNeeded: nobody is added without being asked.
            PersonNotFound: nobody is known by this id.
        """
        return await self._run(
            Action.MANAGE_MEMBER, lambda work: MemberService(work).put_member(user_id, wanted, versions)
        )

    async def remove_member(self, user_id: UserId, versions: Versions = ANY_VERSION) -> None:
        """Remove a member, who sees nothing of the space from now on.

        Raises:
            SpaceNotFound, MembersAreTheHosts, MemberNotFound, NotOneself, PreconditionFailed, RoleTooHigh, LastOwner
        """
        return await self._run(Action.MANAGE_MEMBER, lambda work: MemberService(work).remove_member(user_id, versions))

    async def leave(self) -> None:
        """Be no member any more.

        Raises:
            SpaceNotFound, MembersAreTheHosts, LastOwner
            MemberNotFound: the principal is here only as a member of the space that this one takes its members from.
        """
        return await self._run(Action.LEAVE_SPACE, lambda work: MemberService(work).leave())

    async def transfer(self, target: OwnerTransfer) -> MemberRead:
        """Make another member the owner of the space; the principal is an admin then.

        Raises:
            SpaceNotFound, MembersAreTheHosts, MemberNotFound, NotOneself
        """
        return await self._run(Action.TRANSFER_SPACE, lambda work: MemberService(work).transfer(target))

    async def items(self, limit: PageLimit = 50, cursor: PageCursor = None) -> ItemPage:
        """Return the items of what is there, in all spaces that the principal may enter, by kind and position.

        Raises:
            SpaceNotFound: the policy shows no items in the space of this call.
            InvalidCursor
        """
        return await self._run(Action.READ_ITEM, lambda work: ItemService(work).items(limit, cursor))

    async def update_item(
        self, space_id: Id, kind: ItemKind, target_id: Id, changes: ItemUpdate, versions: Versions = ANY_VERSION
    ) -> ItemRead:
        """Change what the principal keeps about something; the item is made when it is first needed.

        Raises:
            SpaceNotFound, ListNotFound, LabelNotFound: the principal does not see it.
            Forbidden: the policy lets the principal keep nothing about it.
            ItemNotFound: there is no such neighbour.
            WrongReference: it is its own neighbour.
            InvalidInput: `seen_seq` is that of no change, or it is about no space.
            LimitReached: the principal keeps as many items as it may.
            PreconditionFailed
        """
        return await self._run(
            Action.UPDATE_ITEM, lambda work: ItemService(work).update_item(space_id, kind, target_id, changes, versions)
        )

    async def see(self, space_id: Id, seen: SpaceSeen) -> ItemRead:
        """Note that the principal has seen a space, up to a change, or up to the last one.

        Raises:
            SpaceNotFound, Forbidden, LimitReached
            InvalidInput: there is no such change.
        """
        return await self._run(Action.UPDATE_ITEM, lambda work: ItemService(work).see(space_id, seen))

    async def reset_item(self, space_id: Id, kind: ItemKind, target_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Keep nothing about something any more; also where the principal does not see it any more.

        Raises:
            SpaceNotFound, ListNotFound, LabelNotFound: nothing is kept, and the principal does not see it.
            PreconditionFailed
        """
        return await self._run(
            Action.UPDATE_ITEM, lambda work: ItemService(work).reset_item(space_id, kind, target_id, versions)
        )


class SyncSpaces(SyncVerbs[Spaces]):
    """The sync twin, which raises the same errors."""

    def page(self, limit: PageLimit = 200, cursor: PageCursor = None) -> SpacePage:
        """Return the personal space, that of the tenant, and then those of teams that the principal is in."""
        return self._drive(self._twin.page(limit, cursor))

    def current(self) -> SpaceRead:
        """Return the space of this call."""
        return self._drive(self._twin.current())

    def update(self, changes: SpaceUpdate, versions: Versions = ANY_VERSION) -> SpaceRead:
        """Rename or recolour the space, or take its members from no other one any more."""
        return self._drive(self._twin.update(changes, versions))

    def delete(self, versions: Versions = ANY_VERSION) -> None:
        """Send the space to the trash, with everything in it."""
        return self._drive(self._twin.delete(versions))

    def restore(self, versions: Versions = ANY_VERSION) -> SpaceRead:
        """Bring the space back from the trash, with everything that was in it."""
        return self._drive(self._twin.restore(versions))

    def create(self, new: SpaceCreate) -> SpaceMade:
        """Make a space, which the principal owns; one of this id that is just so already is returned as it is."""
        return self._drive(self._twin.create(new))

    def members(self, limit: PageLimit = 50, cursor: PageCursor = None) -> MemberPage:
        """Return the members, by their ids."""
        return self._drive(self._twin.members(limit, cursor))

    def put_member(self, user_id: UserId, wanted: MemberPut, versions: Versions = ANY_VERSION) -> MemberRead:
        """Give a member a role, or make somebody a member without asking."""
        return self._drive(self._twin.put_member(user_id, wanted, versions))

    def remove_member(self, user_id: UserId, versions: Versions = ANY_VERSION) -> None:
        """Remove a member, who sees nothing of the space from now on."""
        return self._drive(self._twin.remove_member(user_id, versions))

    def leave(self) -> None:
        """Be no member any more."""
        return self._drive(self._twin.leave())

    def transfer(self, target: OwnerTransfer) -> MemberRead:
        """Make another member the owner of the space; the principal is an admin then."""
        return self._drive(self._twin.transfer(target))

    def items(self, limit: PageLimit = 50, cursor: PageCursor = None) -> ItemPage:
        """Return the items of what is there, in all spaces that the principal may enter, by kind and position."""
        return self._drive(self._twin.items(limit, cursor))

    def update_item(
        self, space_id: Id, kind: ItemKind, target_id: Id, changes: ItemUpdate, versions: Versions = ANY_VERSION
    ) -> ItemRead:
        """Change what the principal keeps about something; the item is made when it is first needed."""
        return self._drive(self._twin.update_item(space_id, kind, target_id, changes, versions))

    def see(self, space_id: Id, seen: SpaceSeen) -> ItemRead:
        """Note that the principal has seen a space, up to a change, or up to the last one."""
        return self._drive(self._twin.see(space_id, seen))

    def reset_item(self, space_id: Id, kind: ItemKind, target_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Keep nothing about something any more; also where the principal does not see it any more."""
        return self._drive(self._twin.reset_item(space_id, kind, target_id, versions))
