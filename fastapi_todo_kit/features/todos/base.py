"""What every verb of todos does: load one, ask about it, check what it names, save it. Never commits."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

from fastapi_todo_kit.core.errors import LimitReached, WrongReference
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.errors import ListArchived, ListNotFound
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.members.errors import NotAMember
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.todos.assignments import AssignmentRepository
from fastapi_todo_kit.features.todos.columns import columns_of
from fastapi_todo_kit.features.todos.errors import LinkTargetNotFound, MoveImpossible, TodoClosed, TodoNotFound
from fastapi_todo_kit.features.todos.events import TodosReopened
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.records import ListEnd, StoredTodo
from fastapi_todo_kit.features.todos.recurring import begun_series
from fastapi_todo_kit.features.todos.repository import TodoRepository
from fastapi_todo_kit.features.todos.schemas import TodoCreate, TodoRead
from fastapi_todo_kit.host import LinkTarget
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.repository import check_found
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions, check_version
from fastapi_todo_kit.storage.work import Work

_LIMITS: Final = (
    ("label_ids", "labels_per_todo"),
    ("links", "links_per_todo"),
    ("assignees", "assignees_per_todo"),
)
_IN_BODY: Final = {"pointer": "#/assignees"}


class TodoWork:
    """A unit of work on todos; the verbs are those of its subclasses."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._todos = TodoRepository(work)
        self._assignments = AssignmentRepository(work)
        self._limits = work.kit.settings.limits
        self._extra_model = work.kit.host.extra_models.todo

    @verb(Action.READ_TODO)
    async def get(self, todo_id: Id) -> TodoRead:
        """Return a living todo.

        Raises:
            TodoNotFound: there is none of this id in the space.
        """
        record = await self._todos.read(todo_id)
        if record is None:
            raise TodoNotFound
        self._work.authorise(record, TodoNotFound)
        return cast("TodoRead", record)

    async def _asked_list(self, new: TodoCreate, known: StoredTodo) -> uuid.UUID | None:
        """Return the list that a create means; below a parent that of the todo which it finds."""
        if new.list_id is None and new.parent_id is None:
            return await self._inbox_id()
        return new.list_id or known.record["list_id"]

    async def _inbox_id(self) -> uuid.UUID | None:
        inbox = await self._todos.end_of(None)
        return None if inbox is None else inbox.list_id

    def _found_again(self, todo: StoredTodo, asked: dict[str, Any]) -> TodoRead:
        """Return a todo whose id a create brings, and which is just what that asks for.

        Raises:
            Forbidden, AlreadyExists
        """
        self._work.authorise(todo.record)
        new = self._new(asked, todo.depth).record
        check_found("todo", todo.record, {name: new[name] for name in asked}, in_trash=todo.delete_batch_id is not None)
        return cast("TodoRead", todo.record)

    async def _existing(self, todo_id: uuid.UUID, versions: Versions = ANY_VERSION) -> StoredTodo:
        todo = await self._visible(todo_id)
        self._work.authorise(todo.record, TodoNotFound)
        check_version(todo.record["version"], versions)
        return todo

    async def _visible(self, todo_id: uuid.UUID) -> StoredTodo:
        todo = await self._todos.find(todo_id)
        if todo is None:
            raise TodoNotFound
        return todo

    async def _named(self, todo_id: uuid.UUID) -> StoredTodo:
        """Return a todo that a request names besides the one that it is about."""
        todo = await self._visible(todo_id)
        self._work.check_named(Action.READ_TODO, todo.record, TodoNotFound)
        return todo

    async def _parent(self, parent_id: uuid.UUID, *, of_open: bool = True) -> StoredTodo:
        parent = await self._named(parent_id)
        self._check_parent(parent, of_open=of_open)
        return parent

    def _check_parent(self, parent: StoredTodo, *, of_open: bool) -> None:
        if of_open and parent.record["status"] not in OPEN:
            raise TodoClosed("A closed todo takes no open subtask; reopen it first.")
        self._check_depth(parent.depth + 1)

    def _check_depth(self, depth: int) -> None:
        if depth > self._limits.subtask_depth:
            raise MoveImpossible(f"Subtasks nest at most {self._limits.subtask_depth} deep.", limit="subtask_depth")

    async def _check(self, fields: dict[str, Any]) -> None:
        """Make sure that the labels exist, and that there are not too many labels and links."""
        self._check_counts(fields)
        await LabelService(self._work).require(fields.get("label_ids", ()))

    def _check_counts(self, fields: Mapping[str, Any]) -> None:
        for name, limit in _LIMITS:
            most = getattr(self._limits, limit)
            if len(fields.get(name, ())) > most:
                raise LimitReached(f"A todo has at most {most} of these.", limit=limit, maximum=most)

    async def _check_assigning(self, becoming: Mapping[str, Any], before: Sequence[str] = ()) -> None:
        """Make sure that the principal may assign a todo to whom it will be, where that changes.

        Raises:
            Forbidden, NotAMember
        """
        if becoming["assignees"] != [*before]:
            self._work.require(Action.ASSIGN_TODO, becoming)
            await self._check_members([one for one in becoming["assignees"] if one not in before])

    async def _check_members(self, user_ids: Sequence[str], place: Mapping[str, str] = _IN_BODY) -> None:
        """Make sure that users are in the space; `place` is where the request names them."""
        outside = await MemberService(self._work).outside(user_ids)
        if outside:
            raise not_members(outside, place)

    async def _check_links(self, links: Iterable[Mapping[str, Any]]) -> None:
        """Make sure that the principal may link to each of these objects of the host."""
        for link in links:
            await self._reach(LinkTarget(link["source"], link["type"], link["id"], "link"))

    async def _reach(self, target: LinkTarget) -> None:
        if not await self._work.may_reach(target):
            raise LinkTargetNotFound

    async def _end(self, list_id: uuid.UUID | None, *, adding: int = 1) -> ListEnd:
        """Return the end of a list that takes in todos; the inbox, made when it is first needed, for None."""
        end = await self._todos.end_of(list_id)
        if end is None:
            if list_id is not None:
                raise ListNotFound
            end = ListEnd((await ListService(self._work).inbox())["id"], None, 0, None)
        if adding:
            self._check_room(end, adding)
        return end

    def _check_room(self, end: ListEnd, adding: int) -> None:
        if end.archived_at is not None:
            raise ListArchived
        most = self._limits.todos_per_list
        if end.count + adding > most:
            raise LimitReached(f"A list holds at most {most} todos.", limit="todos_per_list", maximum=most)

    def _new(self, fields: dict[str, Any], depth: int) -> StoredTodo:
        """Return a todo that is new now, but for what its fields say of the past."""
        stamp = {
            "space_id": self._work.space_id,
            "occurrence": None,
            "completed_at": None,
            "completed_by": None,
            "created_at": self._work.now,
            "created_by": self._work.access.principal.user_id,
            "updated_at": self._work.now,
            "version": 1,
            "deleted_at": None,
        }
        complete = {**stamp, **fields}
        record = {name: complete[name] for name in TodoRead.__annotations__ if name in complete}
        if record["recurrence"] is None:
            return StoredTodo(record, depth, None, None, None)
        begun = begun_series(record)
        return StoredTodo({**record, **begun.fields}, depth, None, None, begun.progress)

    async def _add(self, todos: Sequence[StoredTodo]) -> None:
        """Insert new todos; parents go first."""
        by_depth = sorted(todos, key=lambda todo: todo.depth)
        rows = [
            {**columns_of(todo.record, todo.record), "depth": todo.depth, "progress": todo.progress}
            for todo in by_depth
        ]
        await self._todos.add_all(rows)
        await self._todos.add_labels([(todo.id, one) for todo in todos for one in todo.record["label_ids"]])
        await self._todos.add_links([(todo.id, one) for todo in todos for one in todo.record["links"]])
        await self._assignments.assign([(todo.id, one) for todo in todos for one in todo.record["assignees"]])

    async def _reopen_above(self, todo_id: uuid.UUID) -> None:
        """Reopen the closed ancestors of a todo, each that recurs at the occurrence that it was closed with."""
        await self._work.emit(TodosReopened(await self._todos.reopen_above(todo_id)))

    async def _save(
        self,
        todo: StoredTodo,
        fields: dict[str, Any],
        op: str = "updated",
        internal: dict[str, Any] | None = None,
    ) -> TodoRead:
        columns = {**columns_of(fields, {**todo.record, **fields}), **(internal or {})}
        saved = await self._todos.save(todo.record, fields, op, columns)
        if saved is not todo.record:
            if "label_ids" in fields:
                await self._todos.put_labels(todo.id, todo.record["label_ids"], fields["label_ids"])
            if "links" in fields:
                await self._todos.put_links(todo.id, fields["links"])
            if "assignees" in fields:
                await self._assignments.put(todo.id, todo.record["assignees"], fields["assignees"])
        return cast("TodoRead", saved)


def not_members(user_ids: Iterable[str], place: Mapping[str, str] = _IN_BODY) -> NotAMember:
    """Return the error that users are not in the space, which a request names somewhere."""
    found = {**place, "code": NotAMember.code}
    return NotAMember(errors=[{**found, "detail": f"{one} is not in this space."} for one in user_ids])


def list_of(parent: StoredTodo | None, asked: uuid.UUID | None) -> uuid.UUID | None:
    """Return the list of a todo below this parent, or the one that was asked for.

    Raises:
        WrongReference: the two differ.
    """
    if parent is None:
        return asked
    list_id: uuid.UUID = parent.record["list_id"]
    if asked not in (None, list_id):
        raise WrongReference("A subtask is always in the list of its parent.")
    return list_id
