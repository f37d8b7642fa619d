"""Where todos are: moving, restoring and copying them, with the subtasks that go along."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from fastapi_todo_kit.core.errors import WrongReference
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.lists.errors import ListDeleted, ListNotFound
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.todos.base import TodoWork, list_of
from fastapi_todo_kit.features.todos.copies import AT_ONCE, CopyRepository, Source
from fastapi_todo_kit.features.todos.errors import MoveImpossible, TodoNotFound
from fastapi_todo_kit.features.todos.events import TodosCopied
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.records import ListEnd, StoredTodo
from fastapi_todo_kit.features.todos.recurring import begun_series
from fastapi_todo_kit.features.todos.schemas import TodoMove, TodoRead
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.ordering import is_crowded, key_between, keys_behind
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work


class TodoPlacement(TodoWork):
    """The verbs that put todos elsewhere, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._copies = CopyRepository(work)

    async def place(self, todo_id: uuid.UUID, target: TodoMove, versions: Versions) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, or in another place."""
        todo = await self._existing(todo_id, versions)
        below = await self._todos.below(todo_id)
        parent = await self._new_parent(todo, below, target)
        await ListService(self._work).check_named(target.list_id)
        list_id = list_of(parent, target.list_id) or todo.record["list_id"]
        depth = 0 if parent is None else parent.depth + 1
        self._check_depth(depth + max((one.depth - todo.depth for one in below), default=0))
        moving = [todo, *below] if list_id != todo.record["list_id"] else []
        end = await self._end(list_id, adding=len(moving))
        position = await self._place(todo, target, end, None if parent is None else parent.id)
        fields = {
            "list_id": list_id,
            "parent_id": None if parent is None else parent.id,
            "position": position,
        }
        await self._save(todo, fields, "moved", {"depth": depth})
        if moving:
            await self._follow(below, list_id, depth - todo.depth, max(position, end.last or ""))
        elif depth != todo.depth:
            await self._todos.update_many({"row_id": one.id, "depth": one.depth + depth - todo.depth} for one in below)
        if is_crowded(position):
            await self._todos.respace(list_id)
        return await self.get(todo_id)

    @verb(Action.UPDATE_TODO)
    async def restore(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Bring a todo back from the trash with exactly the subtasks that went with it, at the end of its list.

        It becomes a root where its parent is gone, or was moved too deep meanwhile.

        Raises:
            TodoNotFound: it is not in the trash, or the principal does not see its parent.
            ListDeleted, ListArchived, LimitReached, PreconditionFailed
        """
        todo = await self._todos.find_trashed(todo_id)
        if todo is None or todo.delete_batch_id is None:
            raise TodoNotFound
        self._work.authorise(todo.record)
        check_version(todo.record["version"], versions)
        below = await self._todos.trashed_below(todo_id, todo.delete_batch_id)
        end = await self._end_for_restore(todo.record["list_id"], 1 + len(below))
        height = max((one.depth - todo.depth for one in below), default=0)
        parent = await self._surviving_parent(todo, height)
        shift = (0 if parent is None else parent.depth + 1) - todo.depth
        parent_ids = chain([None if parent is None else parent.id], (one.record["parent_id"] for one in below))
        restored = (
            (
                one.record,
                {"position": key, "parent_id": parent_id, "deleted_at": None},
                {"delete_batch_id": None, "depth": one.depth + shift},
            )
            for one, key, parent_id in zip([todo, *below], keys_behind(end.last), parent_ids, strict=False)
        )
        await self._todos.save_all(restored, "restored")
        if parent is not None and todo.record["status"] in OPEN:
            await self._reopen_above(todo_id)
        return await self.get(todo_id)

    @verb(Action.CREATE_TODO)
    async def duplicate(self, todo_id: Id) -> TodoRead:
        """Copy a todo and its subtasks to the end of its list; the copies are open.

        Raises:
            TodoNotFound, ListArchived, LimitReached
            TodoClosed: its parent is closed.
        """
        source = await self._existing(todo_id)
        if source.record["parent_id"] is not None:
            await self._parent(source.record["parent_id"])
        sources = await self._copies.below(source)
        end = await self._end(source.record["list_id"], adding=len(sources))
        new_ids = await self._copy(sources, end.list_id, keys_behind(end.last))
        return await self.get(new_ids[todo_id])

    async def copy_list(self, source_id: uuid.UUID, copy_id: uuid.UUID) -> None:
        """Copy every living todo of a list that the principal sees to a new list, as open ones."""
        sources = await self._copies.in_list(source_id)
        await self._copy(sources, copy_id, (one.position for one in sources))

    async def move_all(self, source_id: uuid.UUID, target_id: uuid.UUID) -> None:
        """Move every living todo of a list to the end of another, in their order.

        Raises:
            ListNotFound, ListArchived, LimitReached
        """
        todos = await self._todos.in_list(source_id)
        end = await self._end(target_id, adding=len(todos))
        await self._follow(todos, target_id, 0, end.last)

    async def _copy(
        self, sources: Sequence[Source], list_id: uuid.UUID, positions: Iterable[str]
    ) -> dict[uuid.UUID, uuid.UUID]:
        """Copy todos as open ones of a list; return the new id of each. Parents within the copied ones are kept."""
        new_ids = {one.id: new_id() for one in sources}
        placed = sorted(zip(sources, positions, strict=False), key=lambda pair: pair[0].depth)  # parents go first
        async for piece in self._work.pieces(placed, AT_ONCE):
            await self._copies.make([await self._copy_of(*pair, new_ids) for pair in piece], list_id)
            await self._work.emit(TodosCopied({source.id: new_ids[source.id] for source, _ in piece}))
        return new_ids

    async def _copy_of(self, source: Source, position: str, new_ids: Mapping[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
        copy = {
            "source_id": source.id,
            "id": new_ids[source.id],
            "parent_id": source.parent_id and new_ids.get(source.parent_id, source.parent_id),
            "position": position,
        }
        if source.schedule["recurrence"] is None:
            return copy
        await self._work.give_way()  # a COUNT is counted anew
        begun = begun_series(source.schedule)
        return {**copy, **begun.fields, "progress": begun.progress}

    async def _new_parent(self, todo: StoredTodo, below: Sequence[StoredTodo], target: TodoMove) -> StoredTodo | None:
        asked = target.model_fields_set
        parent_id = target.parent_id if "parent_id" in asked else todo.record["parent_id"]
        if "parent_id" not in asked and target.list_id not in (None, todo.record["list_id"]):
            parent_id = None
        if parent_id is None:
            return None
        if parent_id in {todo.id, *(one.id for one in below)}:
            raise MoveImpossible("A todo cannot be its own ancestor.")
        is_open = any(one.record["status"] in OPEN for one in (todo, *below))
        return await self._parent(parent_id, of_open=is_open)

    async def _surviving_parent(self, todo: StoredTodo, height: int) -> StoredTodo | None:
        if todo.record["parent_id"] is None:
            return None
        parent = await self._todos.find(todo.record["parent_id"])
        if parent is None and await self._todos.is_hidden(todo.record["parent_id"]):
            raise TodoNotFound("It was below a todo that you do not see.")
        fits = (
            parent is not None
            and parent.record["list_id"] == todo.record["list_id"]
            and parent.depth + 1 + height <= self._limits.subtask_depth
        )
        return parent if fits else None

    async def _end_for_restore(self, list_id: uuid.UUID, adding: int) -> ListEnd:
        try:
            return await self._end(list_id, adding=adding)
        except ListNotFound:
            raise ListDeleted from None

    async def _place(self, todo: StoredTodo, target: TodoMove, end: ListEnd, parent_id: uuid.UUID | None) -> str:
        beside = target.beside
        if beside is None:
            return key_between(end.last, None)
        if beside == todo.id:
            raise WrongReference("A todo cannot move beside itself.")
        neighbour = (await self._named(beside)).record
        if (neighbour["list_id"], neighbour["parent_id"]) != (end.list_id, parent_id):
            raise WrongReference("The neighbour must be in the same list and below the same parent.")
        return await self._todos.key_beside(end.list_id, neighbour["position"], before=target.is_before)

    async def _follow(self, below: Sequence[StoredTodo], list_id: uuid.UUID, shift: int, last: str | None) -> None:
        """Bring todos, in their order, to another list, behind everything there."""
        moved = (
            (one.record, {"list_id": list_id, "position": key}, {"depth": one.depth + shift})
            for one, key in zip(below, keys_behind(last), strict=False)
        )
        await self._todos.save_all(moved, "moved")
