"""What can be done with labels. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from fastapi_todo_kit.core.errors import AlreadyExists, LimitReached, WrongReference
from fastapi_todo_kit.core.fields import Id, PageCursor, PageLimit
from fastapi_todo_kit.core.folding import folded
from fastapi_todo_kit.features.labels.errors import LabelNotFound
from fastapi_todo_kit.features.labels.events import LabelRemoved
from fastapi_todo_kit.features.labels.repository import ORDERS, LabelRepository
from fastapi_todo_kit.features.labels.schemas import LabelCreate, LabelMerge, LabelPage, LabelRead, LabelUpdate
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.repository import check_found
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work


class LabelService:
    """The verbs of labels, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._labels = LabelRepository(work)

    @verb(Action.READ_LABEL, spans=True)
    async def page(self, limit: PageLimit = 50, cursor: PageCursor = None) -> LabelPage:
        """Return labels by name, without regard to case.

        Raises:
            SpaceNotFound, InvalidCursor
        """
        self._work.authorise()
        order = ORDERS[self._work.spans]
        paging = Paging(order, limit, cursor, "labels", self._work.reach)
        rows = await self._labels.page(paging.parameters)
        labels, next_cursor = paging.split(rows, lambda row: [{**row[0], "name": row[1]}[key.name] for key in order])
        return {"items": cast("list[LabelRead]", [label for label, _ in labels]), "next_cursor": next_cursor}

    @verb(Action.READ_LABEL)
    async def get(self, label_id: Id) -> LabelRead:
        """Return a label.

        Raises:
            LabelNotFound: there is none of this id in the space.
        """
        return cast("LabelRead", await self._existing(label_id))

    async def check_seen(self, label_id: uuid.UUID) -> None:
        """Make sure that a label is not hidden from the principal; what is gone for good is not.

        Raises:
            LabelNotFound
        """
        await self._labels.check_seen(label_id, await self._labels.find(label_id), Action.READ_LABEL, LabelNotFound)

    @verb(Action.CREATE_LABEL)
    async def create(self, new: LabelCreate) -> LabelRead:
        """Add a label; one of this id that is just so already is returned as it is.

        Raises:
            AlreadyExists: the id or, without regard to case, the name is taken.
            LimitReached: the space holds as many labels as it may.
        """
        fields = new.model_dump(exclude={"id"})
        known = None if new.id is None else await self._labels.find(new.id)
        if known is not None and self._work.may(Action.READ_LABEL, known):
            self._work.authorise(known)
            check_found("label", known, fields)
            return cast("LabelRead", known)
        record = self._new(fields, new.id)
        self._work.authorise(record)
        limit = self._work.kit.settings.limits.labels_per_space
        if await self._labels.count() >= limit:
            raise LimitReached(limit="labels_per_space", maximum=limit)
        await self._labels.add({**record, "name_key": await self._free_key(new.name)})
        return cast("LabelRead", record)

    @verb(Action.UPDATE_LABEL)
    async def update(self, label_id: Id, changes: LabelUpdate, versions: Versions = ANY_VERSION) -> LabelRead:
        """Rename or recolour a label; what carries it stays as it is.

        Raises:
            LabelNotFound, PreconditionFailed
            AlreadyExists: another label has the name; merge the two instead.
        """
        record = await self._existing(label_id, versions)
        fields = changes.model_dump(exclude_unset=True)
        columns = dict(fields)
        if "name" in fields:
            columns["name_key"] = await self._free_key(fields["name"], but=label_id)
        return cast("LabelRead", await self._labels.save(record, fields, columns=columns))

    @verb(Action.DELETE_LABEL)
    async def delete(self, label_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Remove a label from everything that carries it, and then itself.

        Raises:
            LabelNotFound, PreconditionFailed
        """
        record = await self._existing(label_id, versions)
        await self._remove(record, into=None)

    @verb(Action.DELETE_LABEL)
    async def merge(self, label_id: Id, target: LabelMerge, versions: Versions = ANY_VERSION) -> LabelRead:
        """Make everything that carries this label carry another one instead, and remove this one.

        Raises:
            LabelNotFound: either of the two.
            WrongReference: both are the same label.
            PreconditionFailed
        """
        if target.into == label_id:
            raise WrongReference("A label cannot be merged into itself.")
        record = await self._existing(label_id, versions)
        remaining = await self._visible(target.into)
        self._work.check_named(Action.READ_LABEL, remaining, LabelNotFound)
        await self._remove(record, into=target.into)
        return cast("LabelRead", remaining)

    async def bring(self, wanted: Sequence[Mapping[str, Any]], present: int) -> dict[uuid.UUID, uuid.UUID]:
        """Add labels of another space whose names are free here, as far as the principal may and there is room.

        Args:
            wanted: the rows of those labels.
            present: how many labels this space has.

        Returns:
            The new id of each that was added.
        """
        room = self._work.kit.settings.limits.labels_per_space - present
        copies = [
            (one["id"], self._new({"name": one["name"], "color": one["color"]})) for one in wanted[: max(room, 0)]
        ]
        made = [(old, copy) for old, copy in copies if self._work.may(Action.CREATE_LABEL, copy)]
        await self._labels.add_all([{**copy, "name_key": folded(copy["name"])} for _, copy in made])
        return {old: copy["id"] for old, copy in made}

    async def require(self, ids: Collection[uuid.UUID]) -> None:
        """Make sure that each id is a label of the space that may be read.

        Raises:
            LabelNotFound: one is not.
        """
        if ids and len(await self.known(ids)) < len(set(ids)):
            raise LabelNotFound

    async def known(self, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Return those of some hundred ids that are labels of the space and may be read."""
        if not self._work.decides_by_object:
            return await self._labels.known(list(ids))
        labels = await self._labels.several(list(ids))
        return {label["id"] for label in labels if self._work.may(Action.READ_LABEL, label)}

    async def visible_ids(self) -> frozenset[uuid.UUID] | None:
        """Return the ids of the labels that exist for the principal; None where all do."""
        return await self._labels.visible_ids()

    def _new(self, fields: Mapping[str, Any], label_id: uuid.UUID | None = None) -> dict[str, Any]:
        return {
            "id": label_id or new_id(),
            "space_id": self._work.space_id,
            **fields,
            "created_at": self._work.now,
            "created_by": self._work.access.principal.user_id,
            "updated_at": self._work.now,
            "version": 1,
        }

    async def _existing(self, label_id: uuid.UUID, versions: Versions = ANY_VERSION) -> dict[str, Any]:
        record = await self._visible(label_id)
        self._work.authorise(record, LabelNotFound)
        check_version(record["version"], versions)
        return record

    async def _visible(self, label_id: uuid.UUID) -> dict[str, Any]:
        record = await self._labels.find(label_id)
        if record is None:
            raise LabelNotFound
        return record

    async def _free_key(self, name: str, but: uuid.UUID | None = None) -> str:
        key = folded(name)
        if await self._labels.id_of(key) not in (None, but):
            raise AlreadyExists("A label of this name exists already, upper and lower case apart.")
        return key

    async def _remove(self, record: dict[str, Any], *, into: uuid.UUID | None) -> None:
        await self._work.emit(LabelRemoved(record["id"], into))
        await self._labels.delete(record["id"])
        diff = {} if into is None else {"merged_into": [None, into]}
        self._work.record("label", record["id"], "deleted", record["version"] + 1, diff)
