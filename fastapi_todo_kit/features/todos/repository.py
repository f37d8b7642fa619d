"""SQL on todos: one at a time, their trees, and whole lists of them. Pages are in `query.py`."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final, cast

from sqlalchemy import (
    CTE,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Update,
    Uuid,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.models import TodoList
from fastapi_todo_kit.features.todos.query import Filters, count_statement, page_statement
from fastapi_todo_kit.features.todos.records import (
    PLACED_FIELDS,
    ListEnd,
    StoredTodo,
    placed,
    record_of,
    stored_as,
)
from fastapi_todo_kit.features.todos.rows import (
    LABELS,
    LINKS,
    LIVING,
    READ_COLUMNS,
    TODOS,
    Narrow,
    is_open,
)
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.storage.log import ID_OF_ITS_LIST
from fastapi_todo_kit.storage.many import among
from fastapi_todo_kit.storage.ordering import key_between, keys_behind
from fastapi_todo_kit.storage.repository import Repository, in_space, one_off, row_id
from fastapi_todo_kit.storage.tables import table_of

_LISTS = table_of(TodoList)


def _of_list(column: Any) -> ScalarSelect[Any]:
    living = (TODOS.c.space_id == _LISTS.c.space_id, TODOS.c.list_id == _LISTS.c.id, LIVING)
    return select(column).select_from(TODOS).where(*living).correlate(_LISTS).scalar_subquery()


_IS_OPEN = is_open(TODOS)
_one = (in_space(TODOS), TODOS.c.id == row_id())
_KEPT = (TODOS.c.depth, TODOS.c.closed_batch_id, TODOS.c.delete_batch_id, TODOS.c.progress)
_STORED = select(*READ_COLUMNS, *_KEPT)
PLACED: Final = select(*(TODOS.c[name] for name in PLACED_FIELDS), *_KEPT)
"""Finds todos that are touched along with others, for `placed`."""
_READ = select(*READ_COLUMNS).where(*_one, LIVING)
_LIVING = _STORED.where(*_one, LIVING)
_ANYWHERE = _STORED.where(*_one)
_TRASHED = _STORED.where(*_one, ~LIVING)
_each = (in_space(TODOS), TODOS.c.id.in_(bindparam("ids", expanding=True)))
_EACH = _STORED.where(*_each)
_IDS_OF_EACH = select(TODOS.c.id).where(*_each)
OF_LIST: Final = (in_space(TODOS), TODOS.c.list_id == row_id(), LIVING)
"""The condition that a todo lives in the list `row_id`."""
_IN_LIST = PLACED.where(*OF_LIST).order_by(TODOS.c.position)
_EXISTS = select(TODOS.c.id).where(*_one, LIVING)

_end = select(_LISTS.c.id, _LISTS.c.archived_at, _of_list(func.count()), _of_list(func.max(TODOS.c.position))).where(
    in_space(_LISTS), _LISTS.c.deleted_at.is_(None)
)
_END_OF_LIST = _end.where(_LISTS.c.id == row_id())
_END_OF_INBOX = _end.where(_LISTS.c.is_inbox)
_END_OF_DEFAULT = _end.where(or_(_LISTS.c.is_inbox, _LISTS.c.id == ID_OF_ITS_LIST))

_in_list = (in_space(TODOS), TODOS.c.list_id == bindparam("list_id", type_=Uuid()), LIVING)
_BEFORE = select(func.max(TODOS.c.position)).where(*_in_list, TODOS.c.position < bindparam("position"))
_AFTER = select(func.min(TODOS.c.position)).where(*_in_list, TODOS.c.position > bindparam("position"))

_FORGET_LABELS = delete(LABELS).where(
    in_space(LABELS), LABELS.c.todo_id == row_id(), LABELS.c.label_id.in_(bindparam("gone", expanding=True))
)
_FORGET_LINKS = delete(LINKS).where(in_space(LINKS), LINKS.c.todo_id == row_id())
_carrying = (in_space(LABELS), LABELS.c.label_id == bindparam("label_id", type_=Uuid()))
_FORGET_LABEL = delete(LABELS).where(*_carrying)
_CARRIERS = select(LABELS.c.todo_id).where(*_carrying)
_into = bindparam("into", type_=Uuid())
_CARRIERS_OF_BOTH = select(LABELS.c.todo_id).where(in_space(LABELS), LABELS.c.label_id == _into)
_PUT_INSTEAD = insert(LABELS).from_select(
    ["space_id", "todo_id", "label_id"],
    select(LABELS.c.space_id, LABELS.c.todo_id, _into).where(*_carrying, ~among(LABELS.c.todo_id, _CARRIERS_OF_BOTH)),
)


def _descendants(*conditions: ColumnElement[bool]) -> CTE:
    """Return the ids below the todo `row_id`; UNION, not UNION ALL, so that it would end even in a cycle."""
    tree = (
        select(TODOS.c.id)
        .where(in_space(TODOS), TODOS.c.parent_id == row_id(), *conditions)
        .cte("tree", recursive=True)
    )
    return tree.union(select(TODOS.c.id).where(in_space(TODOS), TODOS.c.parent_id == tree.c.id, *conditions))


def _ancestors() -> CTE:
    """Return the ids above the todo `row_id`."""
    tree = select(TODOS.c.parent_id.label("id")).where(*_one).cte("tree", recursive=True)
    return tree.union(select(TODOS.c.parent_id).where(in_space(TODOS), TODOS.c.id == tree.c.id))


def _stamped() -> Update:
    """Return an UPDATE that makes a new version of each row and returns what the log needs."""
    return (
        update(TODOS)
        .where(in_space(TODOS))
        .values(version=TODOS.c.version + 1, updated_at=bindparam("now", type_=TODOS.c.updated_at.type))
        .returning(TODOS.c.id, TODOS.c.version, TODOS.c.list_id)
    )


_below = select(_descendants(LIVING).c.id)
TREE: Final = (in_space(TODOS), among(TODOS.c.id, _below))
"""The condition that a todo lives below the todo `row_id`."""
WHOLE_TREE: Final = select(_descendants().c.id).union_all(select(row_id()))
"""Finds the ids of the todo `row_id` and of all below it, living or of the trash."""
_in_batch = TODOS.c.delete_batch_id == bindparam("batch_id", type_=Uuid())
_set_deleted = {
    "deleted_at": bindparam("now", type_=TODOS.c.deleted_at.type),
    "delete_batch_id": bindparam("batch_id", type_=Uuid()),
}
_completed_at = bindparam("completed_at", type_=TODOS.c.completed_at.type)
# Nothing was done before it was there: a parent may have been completed, as somebody says, before a subtask was made.
_done_below = case((TODOS.c.created_at > _completed_at, TODOS.c.created_at), else_=_completed_at)
_CLOSE_BELOW = (
    _stamped()
    .where(among(TODOS.c.id, _below), _IS_OPEN)
    .values(
        status=bindparam("status"),
        completed_at=_done_below,
        completed_by=bindparam("completed_by"),
        closed_batch_id=bindparam("batch_id", type_=Uuid()),
    )
)
_reopened = _stamped().values(status="needs_action", completed_at=None, completed_by=None, closed_batch_id=None)
_closed_together = TODOS.c.closed_batch_id == bindparam("batch_id", type_=Uuid())
_REOPEN_BELOW = _reopened.where(among(TODOS.c.id, select(_descendants(LIVING, _closed_together).c.id)))
_REOPEN_ABOVE = _reopened.where(among(TODOS.c.id, select(_ancestors().c.id)), ~_IS_OPEN)
_TRASH_TREE = _stamped().where(LIVING, or_(TODOS.c.id == row_id(), among(TODOS.c.id, _below))).values(_set_deleted)
_TRASH_LIST = _stamped().where(LIVING, TODOS.c.list_id == row_id()).values(_set_deleted)
_RESTORE_LIST = _stamped().where(TODOS.c.list_id == row_id(), _in_batch).values(deleted_at=None, delete_batch_id=None)
_BELOW = PLACED.where(*TREE).order_by(TODOS.c.position)
_TRASHED_TREE = PLACED.where(
    in_space(TODOS), among(TODOS.c.id, select(_descendants(~LIVING, _in_batch).c.id))
).order_by(TODOS.c.position)
# By a subquery: the ids of all that carry a label may be more than a statement can bind.
_TOUCH_CARRIERS = _stamped().where(among(TODOS.c.id, _CARRIERS))


class TodoRepository(Repository):
    """Reads and writes the todos of a space."""

    table = TODOS
    entity: ClassVar[Entity] = "todo"

    async def page(self, names: Filters, sort: str, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return the rows of a page, for `record_of` and `place_of`."""
        narrow = self._narrow()
        statement = page_statement(names, sort, continued="after_0" in parameters, narrow=narrow)
        return await self.fetch_all(statement if narrow is None else one_off(statement), **parameters)

    async def count(self, names: Filters, parameters: Mapping[str, Any]) -> int:
        """Return how many todos a query matches, over all its pages."""
        narrow = self._narrow()
        statement = count_statement(names, narrow)
        return await self.total(statement if narrow is None else one_off(statement), **parameters)

    def _narrow(self) -> Narrow | None:
        """Return what narrows a page, or None where the principal sees everything."""
        if self._work.visible(self.entity, TODOS) is None:
            return None
        return lambda rows: cast("ColumnElement[bool]", self._work.visible(self.entity, rows))

    async def read(self, todo_id: uuid.UUID) -> dict[str, Any] | None:
        """Return a living todo as the API shows it."""
        row = await self.fetch_one(self.seen(_READ), row_id=todo_id)
        return None if row is None else await self._shown(record_of(row))

    async def hide_labels(self, records: Iterable[dict[str, Any]]) -> None:
        """Leave out of what is shown of todos the labels that the principal does not see; the todos keep them."""
        carrying = [record for record in records if record["label_ids"]]
        visible = await LabelService(self._work).visible_ids() if carrying else None
        if visible is not None:
            for record in carrying:
                record["label_ids"] = [one for one in record["label_ids"] if one in visible]

    async def _shown(self, record: dict[str, Any]) -> dict[str, Any]:
        await self.hide_labels([record])
        return record

    async def exists(self, todo_id: uuid.UUID) -> bool:
        """Say whether there is a living todo of this id."""
        return await self.fetch_value(self.seen(_EXISTS), row_id=todo_id) is not None

    async def find(self, todo_id: uuid.UUID) -> StoredTodo | None:
        """Return a living todo."""
        return await self._stored(_LIVING, todo_id)

    async def find_trashed(self, todo_id: uuid.UUID) -> StoredTodo | None:
        """Return a todo of the trash."""
        return await self._stored(_TRASHED, todo_id)

    async def find_anywhere(self, todo_id: uuid.UUID) -> StoredTodo | None:
        """Return a todo, living or of the trash."""
        return await self._stored(_ANYWHERE, todo_id)

    async def find_each(self, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, StoredTodo]:
        """Return those of some hundred todos that are there, living or of the trash, by their ids."""
        return {todo.id: todo for todo in await self.find_all(ids)}

    async def find_all(self, ids: Sequence[uuid.UUID]) -> list[StoredTodo]:
        """Return those of some hundred todos that are there, living or of the trash."""
        rows = await self.fetch_all(self.seen(_EACH), ids=ids)
        records = [record_of(row) for row in rows]
        await self.hide_labels(records)
        return [stored_as(record, row) for record, row in zip(records, rows, strict=True)]

    async def hidden_among(self, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
        """Return which of some hundred todos are there, but not for the principal."""
        if self._narrow() is None:
            return set()
        there, seen = [await self.fetch_all(one, ids=ids) for one in (_IDS_OF_EACH, self.seen(_IDS_OF_EACH))]
        return {row.id for row in there} - {row.id for row in seen}

    async def below(self, todo_id: uuid.UUID) -> list[StoredTodo]:
        """Return the living descendants of a todo, in the order of their positions."""
        return await self._several(_BELOW, row_id=todo_id)

    async def trashed_below(self, todo_id: uuid.UUID, batch_id: uuid.UUID) -> list[StoredTodo]:
        """Return the descendants that went to the trash together with a todo."""
        return await self._several(_TRASHED_TREE, row_id=todo_id, batch_id=batch_id)

    async def in_list(self, list_id: uuid.UUID) -> list[StoredTodo]:
        """Return the living todos of a list, in the order of their positions."""
        return await self._several(_IN_LIST, row_id=list_id)

    async def end_of(self, list_id: uuid.UUID | None) -> ListEnd | None:
        """Return the end of a living list; for None of the inbox, or of the list that the space is there for."""
        default = _END_OF_DEFAULT if self._work.access.space.kind == "team" else _END_OF_INBOX
        named = default if list_id is None else self._work.narrowed(_END_OF_LIST, "list", _LISTS)
        row = await self.fetch_one(named, row_id=list_id)
        return None if row is None else ListEnd(*row)

    async def key_beside(self, list_id: uuid.UUID, position: str, *, before: bool) -> str:
        """Return a free position of a list directly before or after a taken one."""
        neighbour = await self.fetch_value(_BEFORE if before else _AFTER, list_id=list_id, position=position)
        return key_between(neighbour, position) if before else key_between(position, neighbour)

    async def respace(self, list_id: uuid.UUID) -> None:
        """Give every living todo of a list a short position behind all present ones, in the present order."""
        todos = await self.in_list(list_id)
        keys = keys_behind(todos[-1].record["position"])
        await self.save_all(
            ((todo.record, {"position": key}, {}) for todo, key in zip(todos, keys, strict=False)), "moved"
        )

    async def put_labels(self, todo_id: uuid.UUID, before: Iterable[uuid.UUID], after: Iterable[uuid.UUID]) -> None:
        """Take those labels off a todo that it does not carry afterwards, put on those that are new.

        What it carries beside them is of labels that the principal does not see, and stays.
        """
        gone, new = set(before) - set(after), set(after) - set(before)
        if gone:
            await self.run(_FORGET_LABELS, row_id=todo_id, gone=sorted(gone))
        await self.add_labels((todo_id, one) for one in sorted(new))

    async def add_labels(self, pairs: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> None:
        """Put labels on todos: pairs of a todo and a label that it does not carry yet."""
        await self.insert_into(LABELS, ({"todo_id": todo, "label_id": label} for todo, label in pairs))

    async def put_links(self, todo_id: uuid.UUID, links: Sequence[Mapping[str, Any]]) -> None:
        """Give a todo exactly these links."""
        await self.run(_FORGET_LINKS, row_id=todo_id)
        await self.add_links([(todo_id, one) for one in links])

    async def add_links(self, pairs: Iterable[tuple[uuid.UUID, Mapping[str, Any]]]) -> None:
        """Link todos: pairs of a todo and a link that it does not have yet."""
        await self.insert_into(
            LINKS,
            (
                {
                    "todo_id": todo,
                    "source": link["source"],
                    "type": link["type"],
                    "target_id": link["id"],
                    "url": link["url"],
                    "title": link["title"],
                }
                for todo, link in pairs
            ),
        )

    async def close_below(self, todo_id: uuid.UUID, **closed: Any) -> None:
        """Close the open descendants of a todo as one batch."""
        await self._stamp(_CLOSE_BELOW, closed["status"], row_id=todo_id, **closed)

    async def reopen_below(self, todo_id: uuid.UUID, batch_id: uuid.UUID | None) -> None:
        """Reopen the descendants of a todo that were closed as this batch, as far down as all between were too."""
        if batch_id is not None:
            await self._stamp(_REOPEN_BELOW, "reopened", row_id=todo_id, batch_id=batch_id)

    async def reopen_above(self, todo_id: uuid.UUID) -> list[uuid.UUID]:
        """Reopen the closed ancestors of a todo; return which."""
        return await self._stamp(_REOPEN_ABOVE, "reopened", row_id=todo_id)

    async def trash_tree(self, todo_id: uuid.UUID, batch_id: uuid.UUID) -> None:
        """Send a todo and its descendants to the trash as one batch."""
        await self._stamp(_TRASH_TREE, "deleted", row_id=todo_id, batch_id=batch_id)

    async def trash_list(self, list_id: uuid.UUID, batch_id: uuid.UUID) -> None:
        """Send the living todos of a list to the trash as one batch."""
        await self._stamp(_TRASH_LIST, "deleted", row_id=list_id, batch_id=batch_id)

    async def restore_list(self, list_id: uuid.UUID, batch_id: uuid.UUID) -> None:
        """Bring back the todos of a list that went as this batch. Nothing else lives in it, so positions stay."""
        await self._stamp(_RESTORE_LIST, "restored", row_id=list_id, batch_id=batch_id)

    async def drop_label(self, label_id: uuid.UUID, into: uuid.UUID | None) -> None:
        """Take a label off every todo that carries it, and put another one on instead where one is named."""
        await self._stamp(_TOUCH_CARRIERS, "updated", label_id=label_id)
        if into is not None:
            await self.run(_PUT_INSTEAD, label_id=label_id, into=into)
        await self.run(_FORGET_LABEL, label_id=label_id)

    async def _stamp(self, statement: Update, op: str, **parameters: Any) -> list[uuid.UUID]:
        rows = await self.fetch_all(statement, now=self._work.now, **parameters)
        async for piece in self._work.pieces(rows):
            for row in piece:
                self.log_change(row._asdict(), op, row.version)
        return [row.id for row in rows]

    async def _stored(self, statement: Select[Any], todo_id: uuid.UUID) -> StoredTodo | None:
        row = await self.fetch_one(self.seen(statement), row_id=todo_id)
        if row is None:
            return None
        return stored_as(await self._shown(record_of(row)), row)

    async def _several(self, statement: Select[Any], **parameters: Any) -> list[StoredTodo]:
        rows = await self.fetch_all(statement, **parameters)
        return [placed(row) async for piece in self._work.pieces(rows) for row in piece]
