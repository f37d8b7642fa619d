"""What can be done with lists. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.core.errors import LimitReached, WrongReference
from fastapi_todo_kit.core.extra.field import changed_extra, checked_extra
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.lists.errors import InboxProtected, ListNotFound, SpaceHoldsOneList
from fastapi_todo_kit.features.lists.events import CountsQuestion, ListDuplicated, ListRestored, ListTrashed
from fastapi_todo_kit.features.lists.repository import ORDERS, ListRepository
from fastapi_todo_kit.features.lists.schemas import ListCreate, ListMove, ListPage, ListQuery, ListRead, ListUpdate
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.ordering import is_crowded, key_between
from fastapi_todo_kit.storage.repository import check_found
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

INBOX_NAME: Final = "Inbox"


class ListService:
    """The verbs of lists, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lists = ListRepository(work)
        self._extra_model = work.kit.host.extra_models.list

    @verb(Action.READ_LIST, spans=True)
    async def page(self, query: ListQuery) -> ListPage:
        """Return lists in their order, of several spaces one after the other, with counts where asked.

        Raises:
            SpaceNotFound, InvalidCursor
            UnknownParameter: the host's model of `extra` has no such filter.
        """
        self._work.authorise()
        query = query.read_by(self._extra_model)
        filters = query.given_extra_filters()
        extras = {one.parameter: value for one, value in filters.items()}
        order = ORDERS[self._work.spans]
        paging = Paging(order, query.limit, query.cursor, "lists", self._work.reach, query.archived, extras)
        zone = ZoneInfo(query.tz) if query.tz else self._work.access.principal.time_zone
        question = CountsQuestion(self._work.now, zone)
        if query.counts:
            await self._work.emit(question)
        parameters = paging.parameters | question.parameters | extras
        rows = await self._lists.page(query.archived, tuple(filters), parameters, question)
        most = self._work.kit.settings.limits.page_bytes
        items, next_cursor = paging.split(rows, lambda row: [row[key.name] for key in order], _weights_of, most)
        return {"items": cast("list[ListRead]", items), "next_cursor": next_cursor}

    @verb(Action.READ_LIST)
    async def get(self, list_id: Id) -> ListRead:
        """Return a living list.

        Raises:
            ListNotFound: there is none of this id in the space.
        """
        return cast("ListRead", await self._existing(list_id))

    async def check_seen(self, list_id: uuid.UUID) -> None:
        """Make sure that a list is not hidden from the principal, wherever it is; what is gone for good is not.

        Raises:
            ListNotFound
        """
        await self._lists.check_seen(list_id, await self._lists.find_anywhere(list_id), Action.READ_LIST, ListNotFound)

    async def check_named(self, list_id: uuid.UUID | None) -> None:
        """Make sure that a list may be read which a request names besides what it is about.

        Raises:
            ListNotFound
        """
        if list_id is not None and self._work.decides_by_object:
            self._work.check_named(Action.READ_LIST, await self._visible(list_id), ListNotFound)

    @verb(Action.CREATE_LIST)
    async def create(self, new: ListCreate) -> ListRead:
        """Add a list at the end; one of this id that is just so already is returned as it is.

        Raises:
            LimitReached: the space holds as many lists as it may.
            AlreadyExists: the id is taken.
            InvalidInput: the host's model refuses `extra`.
        """
        fields = new.model_dump(exclude={"id", "extra"})
        known = None if new.id is None else await self._lists.find_anywhere(new.id)
        fields["extra"] = checked_extra(self._extra_model, new.extra, known)
        if known is not None and self._work.may(Action.READ_LIST, known):
            self._work.authorise(known)
            check_found("list", known, fields, in_trash=known.pop("deleted_at") is not None)
            return cast("ListRead", known)
        return cast("ListRead", await self._add(fields, list_id=new.id))

    @verb(Action.UPDATE_LIST)
    async def update(self, list_id: Id, changes: ListUpdate, versions: Versions = ANY_VERSION) -> ListRead:
        """Change what the client sent.

        Raises:
            ListNotFound, PreconditionFailed
            InvalidInput: the host's model refuses `extra`.
        """
        record = await self._existing(list_id, versions)
        fields = changes.model_dump(exclude_unset=True, exclude={"extra"})
        if "extra" in changes.model_fields_set:
            fields["extra"] = changed_extra(self._extra_model, record["extra"], changes.extra)
        return cast("ListRead", await self._lists.save(record, fields))

    @verb(Action.DELETE_LIST)
    async def delete(self, list_id: Id, versions: Versions = ANY_VERSION, move_to: Id | None = None) -> None:
        """Send a list to the trash, with its todos as one batch or after moving them to another list.

        Raises:
            ListNotFound, PreconditionFailed
            InboxProtected: it is the inbox.
            WrongReference: the todos would move to the list that goes.
        """
        record = await self._existing(list_id, versions)
        if record["is_inbox"]:
            raise InboxProtected
        if move_to == list_id:
            raise WrongReference("Todos cannot move to the list that is being deleted.")
        await self.check_named(move_to)
        batch_id = new_id()
        await self._work.emit(ListTrashed(list_id, batch_id, move_to))
        await self._lists.update(
            list_id,
            {
                "deleted_at": self._work.now,
                "delete_batch_id": batch_id,
                "version": record["version"] + 1,
                "updated_at": self._work.now,
            },
        )
        self._lists.log_change(record, "deleted", record["version"] + 1)

    @verb(Action.UPDATE_LIST)
    async def archive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Put a list away; nothing is added to it until it is taken out again.

        Raises:
            ListNotFound, PreconditionFailed, InboxProtected
        """
        record = await self._existing(list_id, versions)
        if record["is_inbox"]:
            raise InboxProtected
        moment = record["archived_at"] or self._work.now
        return cast("ListRead", await self._lists.save(record, {"archived_at": moment}, "archived"))

    @verb(Action.UPDATE_LIST)
    async def unarchive(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Take a list out of the archive.

        Raises:
            ListNotFound, PreconditionFailed
        """
        record = await self._existing(list_id, versions)
        return cast("ListRead", await self._lists.save(record, {"archived_at": None}, "unarchived"))

    async def place(self, list_id: uuid.UUID, target: ListMove, versions: Versions) -> ListRead:
        """Put a list before or after another; without a neighbour it stays where it is."""
        record = await self._existing(list_id, versions)
        if target.beside is None:
            return cast("ListRead", record)
        if target.beside == list_id:
            raise WrongReference("A list cannot move beside itself.")
        position = await self._beside(target)
        moved = await self._lists.save(record, {"position": position}, "moved")
        if is_crowded(position):
            await self._lists.respace()
            moved = await self._visible(list_id)
        return cast("ListRead", moved)

    @verb(Action.UPDATE_LIST)
    async def restore(self, list_id: Id, versions: Versions = ANY_VERSION) -> ListRead:
        """Bring a list back from the trash, at the end, with exactly the todos that went with it.

        Raises:
            ListNotFound: it is not in the trash.
            LimitReached, PreconditionFailed
        """
        record = await self._lists.find_trashed(list_id)
        if record is None:
            raise ListNotFound
        self._work.authorise(record)
        check_version(record["version"], versions)
        batch_id = record.pop("delete_batch_id")
        fields = {"position": await self._end(list_id), "deleted_at": None, "delete_batch_id": None}
        record |= {"deleted_at": self._work.now, "delete_batch_id": batch_id}
        restored = await self._lists.save(record, fields, "restored")
        await self._work.emit(ListRestored(list_id, batch_id))
        return cast("ListRead", {name: restored[name] for name in restored if name not in _TRASH_FIELDS})

    @verb(Action.CREATE_LIST)
    async def duplicate(self, list_id: Id) -> ListRead:
        """Copy a list and its todos; the copies are open and the copy is no inbox.

        Raises:
            ListNotFound, LimitReached
        """
        source = await self._existing(list_id)
        copied = {name: source[name] for name in ListCreate.model_fields if name != "id"}
        copy = await self._add(copied)
        await self._work.emit(ListDuplicated(list_id, copy["id"]))
        return cast("ListRead", copy)

    async def _beside(self, target: ListMove) -> str:
        """Return the position beside the list that a move names."""
        neighbour = await self._visible(cast("uuid.UUID", target.beside))
        self._work.check_named(Action.READ_LIST, neighbour, ListNotFound)
        return await self._lists.key_beside(neighbour["position"], before=target.is_before)

    async def inbox(self) -> dict[str, Any]:
        """Return the inbox; make it when it is first needed."""
        inbox = await self._lists.find_inbox()
        return inbox or await self._add(ListCreate(name=INBOX_NAME).model_dump(exclude={"id"}), is_inbox=True)

    async def _existing(self, list_id: uuid.UUID, versions: Versions = ANY_VERSION) -> dict[str, Any]:
        record = await self._visible(list_id)
        self._work.authorise(record, ListNotFound)
        check_version(record["version"], versions)
        return record

    async def _visible(self, list_id: uuid.UUID) -> dict[str, Any]:
        record = await self._lists.find(list_id)
        if record is None:
            raise ListNotFound
        return record

    async def _end(self, list_id: uuid.UUID | None = None, *, is_limited: bool = True) -> str:
        count, last, its_list = await self._lists.count_and_last_position()
        if its_list not in (None, list_id):
            raise SpaceHoldsOneList
        limit = self._work.kit.settings.limits.lists_per_space
        if is_limited and count >= limit:
            raise LimitReached("This space holds as many lists as it may.", limit="lists_per_space", maximum=limit)
        return key_between(last, None)

    async def _add(
        self, fields: dict[str, Any], *, list_id: uuid.UUID | None = None, is_inbox: bool = False
    ) -> dict[str, Any]:
        record = {
            "id": list_id or new_id(),
            "space_id": self._work.space_id,
            **fields,
            "position": await self._end(list_id, is_limited=not is_inbox),
            "is_inbox": is_inbox,
            "archived_at": None,
            "created_at": self._work.now,
            "created_by": self._work.access.principal.user_id,
            "updated_at": self._work.now,
            "version": 1,
        }
        if not is_inbox:
            self._work.authorise(record)
        await self._lists.add(record)
        return record


def _weights_of(records: Sequence[Mapping[str, Any]]) -> list[int]:
    return [len(encode(record["description"])) + len(encode(record["extra"])) for record in records]


_TRASH_FIELDS = ("deleted_at", "delete_batch_id")
