"""What a user keeps of his own. Runs inside a unit of work in the user's personal space, and never commits."""

import uuid
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, cast

from fastapi_todo_kit.core.access import Access, access_in
from fastapi_todo_kit.core.errors import InvalidInput, LimitReached, NotFound, SpaceNotFound, WrongReference
from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.features.items.errors import ItemNotFound
from fastapi_todo_kit.features.items.repository import BEHIND_ALL, ORDER, ItemRepository
from fastapi_todo_kit.features.items.schemas import ItemKind, ItemPage, ItemRead, ItemUpdate, SpaceSeen
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.ordering import is_crowded
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

_READS: Final = {"space": Action.READ_SPACE, "list": Action.READ_LIST, "label": Action.READ_LABEL}
_NOTHING: Final = {"is_favorite": False, "is_hidden": False, "color": None, "position": None, "seen_seq": 0}


class _Target(NamedTuple):
    """What an item is about."""

    space_id: uuid.UUID
    kind: ItemKind
    id: uuid.UUID


class ItemService:
    """The verbs of items. What they are about is only read, as whoever calls finds it at that moment."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._items = ItemRepository(work)
        self._entered = work.context.entered or work.access

    @verb(Action.READ_ITEM)
    async def items(self, limit: PageLimit = 50, cursor: PageCursor = None) -> ItemPage:
        """Return the items of what is there, in all spaces that the principal may enter, by kind and position.

        Raises:
            SpaceNotFound: the policy shows no items in the space of this call.
            InvalidCursor
        """
        self._work.authorise()
        if self._work.context.entered is not None:
            self._work.also_in(self._entered).authorise()
        paging = Paging(ORDER, limit, cursor, "items", self._work.space_id)
        rows, next_cursor = paging.split(
            await self._items.page(self._entered, paging.parameters),
            lambda row: (row.target_kind, row.position or BEHIND_ALL, row.target_space_id, row.target_id),
        )
        shown = [cast("ItemRead", row._asdict()) for row in rows]
        if self._work.narrows or not all(map(self._work.is_for_all, _READS.values())):
            shown = [one for one in shown if await self._is_visible(one)]
        return {"items": shown, "next_cursor": next_cursor}

    @verb(Action.UPDATE_ITEM)
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
        target = _Target(space_id, kind, target_id)
        present = await self._seq_of_visible(target)
        record, is_new = await self._found_or_new(target, versions)
        fields = changes.model_dump(exclude_unset=True, exclude={"before", "after"})
        if "seen_seq" in fields:
            fields["seen_seq"] = _grown(record["seen_seq"], fields["seen_seq"], present)
        if changes.beside is not None:
            fields["position"] = await self._beside(changes.beside, record["id"], before=changes.is_before)
        return await self._save(record, fields, is_new=is_new)

    @verb(Action.UPDATE_ITEM)
    async def see(self, space_id: Id, seen: SpaceSeen) -> ItemRead:
        """Note that the principal has seen a space, up to a change, or up to the last one.

        Raises:
            SpaceNotFound, Forbidden, LimitReached
            InvalidInput: there is no such change.
        """
        target = _Target(space_id, "space", space_id)
        present = await self._seq_of_visible(target)
        record, is_new = await self._found_or_new(target, ANY_VERSION)
        seq = _grown(record["seen_seq"], present if seen.seq is None else seen.seq, present, "seq")
        return await self._save(record, {"seen_seq": seq}, is_new=is_new)

    @verb(Action.UPDATE_ITEM)
    async def reset_item(self, space_id: Id, kind: ItemKind, target_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Keep nothing about something any more; also where the principal does not see it any more.

        Raises:
            SpaceNotFound, ListNotFound, LabelNotFound: nothing is kept, and the principal does not see it.
            PreconditionFailed
        """
        target = _Target(space_id, kind, target_id)
        record = await self._items.find(*target)
        if record is None:
            await self._seq_of_visible(target)
        self._work.authorise(record)
        check_version(0 if record is None else record["version"], versions)
        await self._items.remove([] if record is None else [record])

    async def follow(self, list_id: uuid.UUID, space_id: uuid.UUID, there: uuid.UUID) -> None:
        """Keep about a list what was kept while it was in another space."""
        items = await self._items.of_list(list_id)
        if space_id in items:
            await self._items.remove([items[there]] if there in items else [])
            await self._items.bring(items[space_id], there)

    async def _is_visible(self, item: ItemRead) -> bool:
        """Say whether the policy shows what an item is about."""
        target = _Target(item["target_space_id"], item["target_kind"], item["target_id"])
        access = access_in(self._work.kit.settings.namespace, self._entered, target.space_id)
        try:
            await self._read(access, target)
        except NotFound:
            return False
        return True

    async def _seq_of_visible(self, target: _Target) -> int | None:
        """Make sure that the principal sees something, and may keep an item of it; return the `seq` of a space."""
        namespace = self._work.kit.settings.namespace
        there, seen = await self._read(access_in(namespace, self._entered, target.space_id), target)
        there.require(Action.UPDATE_ITEM, seen)
        return seen["seq"] if target.kind == "space" else None

    async def _read(self, access: Access, target: _Target) -> tuple[Work, Mapping[str, Any]]:
        """Return what an item is about as the principal sees it, and the work in which it was read."""
        there = self._work.also_in(access, _READS[target.kind])
        if there.narrows and not there.knows_role:
            await there.find_role()
        return there, await _seen_in(there, target)

    async def _found_or_new(self, target: _Target, versions: Versions) -> tuple[dict[str, Any], bool]:
        """Return the item of something, and whether it is a new one."""
        found = await self._items.find(*target)
        record = found or {
            "id": new_id(),
            "target_space_id": target.space_id,
            "target_kind": target.kind,
            "target_id": target.id,
            **_NOTHING,
            "updated_at": self._work.now,
            "version": 1,
        }
        self._work.authorise(record)
        check_version(0 if found is None else record["version"], versions)
        return record, found is None

    async def _save(self, record: dict[str, Any], fields: Mapping[str, Any], *, is_new: bool) -> ItemRead:
        if is_new:
            await self._make_room()
            saved = {**record, **fields}
            self._work.authorise(saved)
            await self._items.add(saved)
        else:
            saved = await self._items.save(record, {**fields})
        if is_crowded(fields.get("position", "")):
            await self._items.respace()
            saved = await self._items.by_id(record["id"]) or saved
        return cast("ItemRead", saved)

    async def _make_room(self) -> None:
        """Make sure that there is room for one more; what is not there any more goes first."""
        most = self._work.kit.settings.limits.items_per_user
        count = await self._items.count()
        if count < most:
            return
        gone = await self._items.gone(self._entered)
        if count - len(gone) >= most:
            raise LimitReached(limit="items_per_user", maximum=most)
        await self._items.remove(gone)

    async def _beside(self, neighbour_id: uuid.UUID, item_id: uuid.UUID, *, before: bool) -> str:
        """Return the position beside another item, which gets one behind all others if it has none."""
        if neighbour_id == item_id:
            raise WrongReference("An item cannot move beside itself.")
        neighbour = await self._items.by_id(neighbour_id)
        if neighbour is None:
            raise ItemNotFound
        if neighbour["position"] is None:
            neighbour = await self._items.save(neighbour, {"position": await self._items.end()})
        return await self._items.key_beside(neighbour["position"], before=before)


async def _seen_in(there: Work, target: _Target) -> Mapping[str, Any]:
    match target.kind:
        case "list":
            return await ListService(there).get(target.id)
        case "label":
            return await LabelService(there).get(target.id)
        case _ if target.id != target.space_id:
            raise SpaceNotFound
        case _:
            return await SpaceService(there).current()


def _grown(seen: int, wanted: int, present: int | None, field: str = "seen_seq") -> int:
    """Return how far a space is seen now: never less far than it was, and not beyond its last change."""
    if present is None:
        raise _wrong(field, "only_of_spaces", "Only of a space it is noted how far it was seen.")
    if wanted > present:
        raise _wrong(field, "no_such_change", f"The last change of the space has the number {present}.")
    return max(seen, wanted)


def _wrong(field: str, code: str, detail: str) -> InvalidInput:
    return InvalidInput(errors=[{"pointer": f"#/{field}", "code": code, "detail": detail}])
