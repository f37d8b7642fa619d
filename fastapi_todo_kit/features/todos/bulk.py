"""Many todos in one call, as they were somewhere else. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from fastapi_todo_kit.core.errors import AlreadyExists, InvalidInput, LimitReached, RequestError
from fastapi_todo_kit.core.extra.field import checked_extra
from fastapi_todo_kit.features.labels.errors import LabelNotFound
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.todos.base import TodoWork, list_of, not_members
from fastapi_todo_kit.features.todos.columns import plain_fields
from fastapi_todo_kit.features.todos.errors import MoveImpossible, TodoNotFound
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.past import check_past
from fastapi_todo_kit.features.todos.records import ListEnd, StoredTodo
from fastapi_todo_kit.features.todos.schemas import TodoImport, TodoRead
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.ordering import key_between
from fastapi_todo_kit.storage.pieces import PIECE, in_pieces
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.work import Work

_PAST: Final = ("created_at", "created_by", "completed_at", "completed_by")
_TWICE: Final = "Another item before this one has the same id."


class TodoBulk(TodoWork):
    """The verb that adds many todos, within the space of a unit of work."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._known: dict[uuid.UUID, StoredTodo] = {}
        """What the items name, be it there already or one of them; of those only what a subtask must know."""
        self._ends: dict[uuid.UUID | None, ListEnd] = {}
        self._inbox: uuid.UUID | None = None
        self._named_lists: set[uuid.UUID | None] = set()
        self._linked: set[tuple[str, str, str]] = set()

    @verb(Action.CREATE_TODO)
    async def create_many(self, items: Sequence[TodoImport]) -> list[TodoRead]:
        """Add todos at the end of their lists, in the order of the items; what is there just so already stays.

        All of them or none, under one lock of the space, `settings.limits.bulk_items` at most. Subtasks may stand
        before their parents.

        Returns:
            The todos, in the order of the items.

        Raises:
            LimitReached: there are too many items.
            RequestError: whatever `create` raises; `item` among its members is the index of the item at fault.
            Forbidden: something of the past is said by somebody who may not, which is `todo.backdate`, or something is
                assigned by somebody who may not.
        """
        if not items:
            self._work.authorise()
            return []
        self._check_number(len(items))
        there = await self._look_up(items)
        await self._check_labels(items)
        await self._check_people([() if index in there else item.assignees for index, item in enumerate(items)])
        ids = [item.id or new_id() for item in items]
        async for piece in self._work.pieces(_parents_first(items)):
            for index in piece:
                with _telling(index):
                    if index not in there:
                        self._known[ids[index]] = await self._placed(ids[index], items[index])
        todos = []
        async for part in self._work.pieces(enumerate(items)):
            for index, item in part:
                with _telling(index):
                    todos.append(await self._todo(item, self._known[ids[index]], again=index in there))
        await self._insert([todo for index, todo in enumerate(todos) if index not in there])
        return [todo.record for todo in todos]  # type: ignore[misc]  # records have the shape of what is shown

    def _check_number(self, count: int) -> None:
        most = self._limits.bulk_items
        if count > most:
            raise LimitReached(f"One call takes at most {most} items.", limit="bulk_items", maximum=most)

    async def _look_up(self, items: Sequence[TodoImport]) -> dict[int, StoredTodo]:
        """Find what the items name; return which items are there already.

        Raises:
            InvalidInput: two items have one id.
            AlreadyExists: the id is that of a todo that the principal does not see.
        """
        index_of = _index_of_each(items)
        named = {*index_of, *(item.parent_id for item in items if item.parent_id is not None)}
        taken: set[uuid.UUID] = set()
        for piece in in_pieces(named):
            self._known |= await self._todos.find_each(piece)
            taken |= await self._todos.hidden_among(piece)
        if self._work.decides_by_object:
            self._forget_unreadable(set(self._known) - index_of.keys())
        there = [todo for todo in self._known.values() if todo.id in index_of]
        taken |= {todo.id for todo in there if not self._work.may(Action.READ_TODO, todo.record)}
        for todo_id in taken & index_of.keys():
            with _telling(index_of[todo_id]):
                raise AlreadyExists(entity="todo", id=str(todo_id))
        return {index_of[todo.id]: todo for todo in there}

    def _forget_unreadable(self, parents: Iterable[uuid.UUID]) -> None:
        for parent_id in parents:
            if not self._work.may(Action.READ_TODO, self._known[parent_id].record):
                del self._known[parent_id]

    async def _check_labels(self, items: Sequence[TodoImport]) -> None:
        first: dict[uuid.UUID, int] = {}
        for index, item in enumerate(items):
            for label_id in item.label_ids:
                first.setdefault(label_id, index)
        for piece in in_pieces(first):
            known = await LabelService(self._work).known(piece)
            for label_id in piece:
                if label_id not in known:
                    with _telling(first[label_id]):
                        raise LabelNotFound

    async def _check_people(self, assignees: Sequence[Sequence[str]]) -> None:
        first: dict[str, int] = {}
        for index, user_ids in enumerate(assignees):
            for user_id in user_ids:
                first.setdefault(user_id, index)
        for piece in in_pieces(first):
            for user_id in await MemberService(self._work).outside(piece):
                with _telling(first[user_id]):
                    raise not_members([user_id])

    async def _placed(self, todo_id: uuid.UUID, item: TodoImport) -> StoredTodo:
        """Return where an item comes, and what a subtask of it must know."""
        parent = None
        if item.parent_id is not None:
            parent = self._known.get(item.parent_id)
            if parent is None or parent.delete_batch_id is not None:
                raise TodoNotFound
            self._check_parent(parent, of_open=item.status in OPEN)
        if item.list_id not in self._named_lists:
            await ListService(self._work).check_named(item.list_id)
            self._named_lists.add(item.list_id)
        end = await self._end_now(list_of(parent, item.list_id))
        place = {"id": todo_id, "list_id": end.list_id, "parent_id": item.parent_id, "status": item.status}
        return StoredTodo(place, 0 if parent is None else parent.depth + 1, None, None, None)

    async def _end_now(self, list_id: uuid.UUID | None) -> ListEnd:
        """Return the end of a list behind the items that it has got already."""
        if list_id is None and self._inbox is not None:
            list_id = self._inbox
        if list_id not in self._ends:
            end = await self._end(list_id, adding=0)
            self._inbox = end.list_id if list_id is None else self._inbox
            list_id = end.list_id
            self._ends.setdefault(list_id, end)
        return self._ends[list_id]

    async def _todo(self, item: TodoImport, place: StoredTodo, *, again: bool) -> StoredTodo:
        """Return what an item becomes, or what it finds."""
        fields = plain_fields(item, item.model_dump(exclude={"id", "list_id", "parent_id", "extra", *_PAST}))
        fields["extra"] = checked_extra(self._extra_model, item.extra, place.record if again else None)
        fields |= self._past_of(item)
        if fields["recurrence"] is not None:
            await self._work.give_way()  # a COUNT is counted
        if again:
            list_id = await self._asked_list(item, place)
            self._found_again(place, {**fields, "list_id": list_id, "parent_id": item.parent_id})
            return place
        self._check_counts(fields)
        await self._check_links(self._new_targets(fields["links"]))
        position = self._position(place.record["list_id"])
        todo = self._new({**self._closed(item), **fields, **place.record, "position": position}, place.depth)
        self._authorise(item, todo.record)
        return todo

    async def _inbox_id(self) -> uuid.UUID:
        return (await self._end_now(None)).list_id  # looked up once for all items

    def _past_of(self, item: TodoImport) -> dict[str, Any]:
        """Return what an item says of the past."""
        past = {name: value for name in _PAST if (value := getattr(item, name)) is not None}
        for name in ("created_at", "completed_at"):
            if name in past:
                created_at = past.get("created_at", self._work.now) if name == "completed_at" else None
                check_past({"pointer": f"#/{name}"}, past[name], self._work.now, created_at)
        return past

    def _closed(self, item: TodoImport) -> dict[str, Any]:
        if item.status != "completed":
            return {}
        return {"completed_at": self._work.now, "completed_by": self._work.access.principal.user_id}

    def _new_targets(self, links: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return those of the links whose objects the policy of links was not asked about yet."""
        new = {key: link for link in links if (key := (link["source"], link["type"], link["id"])) not in self._linked}
        self._linked.update(new)
        return list(new.values())

    def _position(self, list_id: uuid.UUID) -> str:
        """Return the next position of a list, in which there must be room."""
        end = self._ends[list_id]
        self._check_room(end, 1)
        position = key_between(end.last, None)
        self._ends[list_id] = replace(end, count=end.count + 1, last=position)
        return position

    def _authorise(self, item: TodoImport, record: Mapping[str, Any]) -> None:
        self._work.authorise(record)
        if item.assignees:
            self._work.require(Action.ASSIGN_TODO, record)
        if item.status not in OPEN:
            self._work.require(Action.COMPLETE_TODO, record)
        if any(getattr(item, name) is not None for name in _PAST):
            self._work.require(Action.BACKDATE_TODO, record)

    async def _insert(self, todos: Sequence[StoredTodo]) -> None:
        if len(todos) > PIECE:
            await self._work.expect_many()
        async for piece in self._work.pieces(sorted(todos, key=lambda todo: todo.depth)):  # parents go first
            await self._add(piece)


@contextmanager
def _telling(index: int) -> Iterator[None]:
    """Let an error say which of the items it is about."""
    try:
        yield
    except RequestError as error:
        error.members["item"] = index
        for place in error.members.get("errors", ()):
            place["pointer"] = f"#/{index}{place['pointer'].removeprefix('#')}"
        error.detail = f"Item {index}: {error.detail}"
        error.args = (error.detail,)
        raise


def _index_of_each(items: Sequence[TodoImport]) -> dict[uuid.UUID, int]:
    """Return the index of each item that brings an id.

    Raises:
        InvalidInput: two of them have one id.
    """
    index_of: dict[uuid.UUID, int] = {}
    for index, item in enumerate(items):
        if item.id is not None and index_of.setdefault(item.id, index) != index:
            with _telling(index):
                raise InvalidInput(errors=[{"pointer": "#/id", "code": "repeated_item", "detail": _TWICE}])
    return index_of


def _parents_first(items: Sequence[TodoImport]) -> list[int]:
    """Return the indexes of items, that of a subtask behind that of its parent.

    Raises:
        MoveImpossible: one is its own ancestor.
    """
    index_of = {item.id: index for index, item in enumerate(items) if item.id is not None}
    above = {
        index: [index_of[item.parent_id]] if item.parent_id in index_of else [] for index, item in enumerate(items)
    }
    try:
        return list(TopologicalSorter(above).static_order())
    except CycleError as error:
        with _telling(min(error.args[1])):
            raise MoveImpossible("A todo cannot be its own ancestor.") from None
