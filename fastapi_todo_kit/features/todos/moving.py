"""Moving todos: within their space, or to another one, with all that hangs from them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.errors import HiddenParts, TooLargeToMove
from fastapi_todo_kit.features.lists.moving import check_crossing
from fastapi_todo_kit.features.lists.schemas import Dropped
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.todos.base import list_of
from fastapi_todo_kit.features.todos.crossings import Crossing, CrossingRepository
from fastapi_todo_kit.features.todos.events import TodosLeaving
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.placement import TodoPlacement
from fastapi_todo_kit.features.todos.records import StoredTodo
from fastapi_todo_kit.features.todos.rows import LABELS, LINKS, TODOS
from fastapi_todo_kit.features.todos.schemas import TodoMove, TodoRead
from fastapi_todo_kit.host import LinkTarget
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.forwards import lead_on
from fastapi_todo_kit.storage.hanging import carry, ids_as_text, remove
from fastapi_todo_kit.storage.ordering import keys_behind
from fastapi_todo_kit.storage.pieces import in_pieces
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions
from fastapi_todo_kit.storage.work import Work

_AT_ONCE: Final = 500
_MANY: Final = 100


@dataclass(frozen=True, slots=True)
class _Landing:
    """Where a todo comes to in another space."""

    list_id: uuid.UUID
    parent_id: uuid.UUID | None
    depth: int
    position: str
    last: str


LinkKey = tuple[str, str, str]


def _nothing() -> Dropped:
    return {"labels": [], "assignees": [], "links": 0, "reminders": 0}


@dataclass(slots=True)
class _Carried:
    """What has become of todos: the label that stands for each, which links they lost, and what that comes to."""

    labels: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    links: Collection[LinkKey] = ()
    dropped: Dropped = field(default_factory=_nothing)


class TodoMoving(TodoPlacement):
    """The verb that moves a todo, within the space of a unit of work or out of it."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._crossings = CrossingRepository(work)

    @verb(Action.UPDATE_TODO, into=Action.CREATE_TODO)
    async def move(self, todo_id: Id, target: TodoMove, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, in another place, or another space.

        Raises:
            TodoNotFound, ListNotFound, PreconditionFailed, ListArchived, LimitReached
            MoveImpossible: it would be its own ancestor, or too deep.
            TodoClosed: an open todo cannot go below a closed one.
            WrongReference: the list is not the parent's, or the neighbour is not a sibling there.
            SpaceNotFound: the other space is none of the principal's.
            StaysWithTenant, TooLargeToMove, HiddenParts: it cannot go to another space.
            AlreadyExists: an id is taken there.
        """
        there = self._work.there
        if there is None:
            return await self.place(todo_id, target, versions)
        todo = await self._existing(todo_id, versions)
        self._work.require(Action.DELETE_TODO, todo.record)
        check_crossing(self._work, there)
        crossing = await self._crossings.with_all_below(todo_id)
        landing = await TodoMoving(there)._landing(crossing.todos, target)
        return await self._cross(todo, landing, replace(crossing, todos=_placed(crossing.todos, landing)), there)

    async def _cross(self, todo: StoredTodo, landing: _Landing, crossing: Crossing, there: Work) -> TodoRead:
        moved = {
            **todo.record,
            "space_id": there.space_id,
            "list_id": landing.list_id,
            "parent_id": landing.parent_id,
            "position": landing.position,
            "version": todo.record["version"] + 1,
            "updated_at": self._work.now,
        }
        there.authorise(moved)
        carried = await self._carry(crossing, landing.list_id, there)
        moved["label_ids"] = sorted(carried.labels[one] for one in todo.record["label_ids"] if one in carried.labels)
        moved["assignees"] = [one for one in todo.record["assignees"] if one not in carried.dropped["assignees"]]
        moved["links"] = [one for one in todo.record["links"] if _key_of(one) not in carried.links]
        return cast("TodoRead", {**moved, "dropped": carried.dropped})

    async def carry_list(self, list_id: uuid.UUID, there: Work) -> Dropped:
        """Bring all that is in a list to the list of the same id in another space, which is there already.

        Raises:
            TooLargeToMove, HiddenParts, AlreadyExists
        """
        crossing = await self._crossings.all_of_list(list_id)
        return (await self._carry(crossing, list_id, there)).dropped

    async def _carry(self, crossing: Crossing, list_id: uuid.UUID, there: Work) -> _Carried:
        """Bring todos to the places in another space that their records say, and what hangs from them."""
        if not crossing.todos:
            return _Carried()
        await self._check_whole(crossing.ids)
        rows, tables = ids_as_text(crossing.ids), crossing.tables
        if len(crossing.todos) > _MANY:
            await self._work.expect_many()
        carried = _Carried()
        if LINKS.name in tables:
            carried.links = await self._drop_links(rows, there, carried.dropped)
        await self._work.emit(TodosLeaving(there, rows, tables, carried.dropped))
        if LABELS.name in tables:
            carried.labels = await self._labels_there(rows, there, carried.dropped)
        await self._crossings.arrive(crossing.todos, list_id, there)
        await carry(self._work, there, TODOS, rows, {*tables} - {LABELS.name})
        if carried.labels:
            await self._crossings.put_labels_there(rows, carried.labels, there)
        await remove(self._work, TODOS, rows, tables)
        await self._crossings.leave(crossing.todos, rows, there, list_id)
        versions = ((todo.id, todo.record["version"] + 1) for todo in crossing.todos)
        await lead_on(self._work, there.space_id, versions)
        return carried

    async def _landing(self, todos: Sequence[StoredTodo], target: TodoMove) -> _Landing:
        """Return where todos of another space come to in this one."""
        is_open = any(one.record["status"] in OPEN and one.record["deleted_at"] is None for one in todos)
        parent = None if target.parent_id is None else await self._parent(target.parent_id, of_open=is_open)
        await ListService(self._work).check_named(target.list_id)
        end = await self._end(list_of(parent, target.list_id), adding=len(todos))
        depth = 0 if parent is None else parent.depth + 1
        self._check_depth(depth + max(one.depth for one in todos) - todos[0].depth)
        parent_id = None if parent is None else parent.id
        position = await self._place(todos[0], target, end, parent_id)
        return _Landing(end.list_id, parent_id, depth, position, max(position, end.last or ""))

    async def _check_whole(self, ids: Sequence[uuid.UUID]) -> None:
        """Make sure that these may all go, and that the principal sees each of them, who may see more there."""
        most = self._limits.todos_per_move
        if len(ids) > most:
            raise TooLargeToMove(limit="todos_per_move", maximum=most)
        if not self._work.decides_by_object and not self._work.narrows:
            return
        for piece in in_pieces(ids, _AT_ONCE):
            seen = await self._todos.find_each(piece)
            if len(seen) < len(piece) or not all(self._may_take(todo) for todo in seen.values()):
                raise HiddenParts

    def _may_take(self, todo: StoredTodo) -> bool:
        return all(self._work.may(action, todo.record) for action in (Action.READ_TODO, Action.DELETE_TODO))

    async def _labels_there(self, rows: str, there: Work, dropped: Dropped) -> Mapping[uuid.UUID, uuid.UUID]:
        """Return which label of the other space stands for each; one is made where there is none of the name.

        Raises:
            HiddenParts: the principal does not see one of them, which would be lost.
        """
        wanted = await self._crossings.labels_of(rows, there)
        visible = await LabelService(self._work).visible_ids() if wanted else None
        for one in wanted:
            is_visible = visible is None or one["id"] in visible
            if not is_visible or (self._work.decides_by_object and not self._work.may(Action.READ_LABEL, one)):
                raise HiddenParts
        missing = [one for one in wanted if one["there_id"] is None]
        known = {one["id"]: one["there_id"] for one in wanted if one["there_id"] is not None}
        made = await LabelService(there).bring(missing, wanted[0]["count_there"]) if missing else {}
        dropped["labels"] = [one["name"] for one in missing if one["id"] not in made]
        return {**known, **made}

    async def _drop_links(self, rows: str, there: Work, dropped: Dropped) -> Collection[LinkKey]:
        """Take links off that the principal may not make in the other space; return which."""
        if self._work.kit.host.link_policy is None:
            return ()
        links = [LinkTarget(*link, "link") for link in await self._crossings.links_of(rows)]
        refused = {(one.source, one.type, one.id) for one in links if not await there.may_reach(one)}
        for link in refused:
            dropped["links"] += await self._crossings.forget_link(rows, link)
        return refused


def _key_of(link: Mapping[str, Any]) -> LinkKey:
    return link["source"], link["type"], link["id"]


def _placed(todos: Sequence[StoredTodo], landing: _Landing) -> list[StoredTodo]:
    """Return todos, of which the first one is above the others, at their new places: in their order, behind it."""
    top, *below = todos
    first = {"parent_id": landing.parent_id, "position": landing.position}
    shift = landing.depth - top.depth
    in_order = sorted(below, key=lambda todo: todo.record["position"])
    return [
        replace(top, record={**top.record, **first}, depth=landing.depth),
        *(
            replace(one, record={**one.record, "position": key}, depth=one.depth + shift)
            for one, key in zip(in_order, keys_behind(landing.last), strict=False)
        ),
    ]
