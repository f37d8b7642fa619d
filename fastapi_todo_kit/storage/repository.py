"""The base of every repository: statements that stay inside one space, rows as plain tuples, no ORM objects."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    FromClause,
    Insert,
    Row,
    Select,
    Table,
    Update,
    Uuid,
    bindparam,
    insert,
    select,
    update,
)

from fastapi_todo_kit.core.encoding import encode_sorted
from fastapi_todo_kit.core.errors import AlreadyExists, NotFound
from fastapi_todo_kit.policy import Action, Entity
from fastapi_todo_kit.storage.engines.connections import ONE_OFF
from fastapi_todo_kit.storage.log import About
from fastapi_todo_kit.storage.work import Work

Record = dict[str, Any]
"""An object as the API shows it, by the names of its fields."""


def in_space(table: FromClause) -> ColumnElement[bool]:
    """Return the predicate that every statement starts from; its parameter is bound by the repository."""
    return table.c.space_id == bindparam("space", type_=Uuid())


def row_id() -> BindParameter[uuid.UUID]:
    """Return the parameter that names one row."""
    return bindparam("row_id", type_=Uuid())


def one_off(statement: Select[Any]) -> Select[Any]:
    """Return a statement that is made for one call, and not kept."""
    return statement.execution_options(**ONE_OFF)


@cache
def _insert_into(table: Table) -> Insert:
    return insert(table)


@cache
def _id_of(table: Table) -> Select[Any]:
    return select(table.c.id).where(in_space(table), table.c.id == row_id())


@cache
def _update_one(table: Table) -> Update:
    return update(table).where(in_space(table), table.c.id == row_id())


class Repository:
    """SQL on one table, and on those that hang from it, within the space of a unit of work."""

    table: ClassVar[Table]
    entity: ClassVar[str]
    """What the change log calls a row of this table, and the policy where it may be asked about some of them."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def seen(self, statement: Select[Any]) -> Select[Any]:
        """Return a statement on the table that finds only what the principal may see; for all that is shown or named.

        What holds a space together (positions, trees, limits) counts every row, seen or not.
        """
        return self._work.narrowed(statement, cast("Entity", self.entity), self.table)

    async def is_hidden(self, row_id: uuid.UUID) -> bool:
        """Say whether there is a row, living or in the trash, that the principal does not see."""
        if self._work.visible(cast("Entity", self.entity), self.table) is None:
            return False
        named = _id_of(self.table)
        is_seen = await self.fetch_value(self.seen(named), row_id=row_id) is not None
        return not is_seen and await self.fetch_value(named, row_id=row_id) is not None

    async def check_seen(self, row_id: uuid.UUID, record: Record | None, read: Action, missing: type[NotFound]) -> None:
        """Make sure that an object is not hidden from the principal by now; what is gone for good is not.

        Args:
            row_id: which one.
            record: what the principal finds of it, living or in the trash.
            read: the action that reads it.
            missing: raised where it is hidden.
        """
        if record is not None:
            self._work.check_read(read, record, missing)
        elif await self.is_hidden(row_id):
            raise missing

    async def fetch_all(self, statement: Executable, **parameters: Any) -> Sequence[Row[Any]]:
        """Return the rows of a statement."""
        return await self._work.fetch(statement, {"space": self._work.space_id, **parameters})

    async def fetch_one(self, statement: Executable, **parameters: Any) -> Row[Any] | None:
        """Return the first row of a statement, or None."""
        rows = await self._work.fetch(statement, {"space": self._work.space_id, **parameters})
        return rows[0] if rows else None

    async def fetch_value(self, statement: Executable, **parameters: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = await self.fetch_one(statement, **parameters)
        return None if row is None else row[0]

    async def total(self, statement: Select[Any], **parameters: Any) -> int:
        """Return what a statement counts, in whatever spaces the call reads."""
        return await self._work.total(statement, {"space": self._work.space_id, **parameters})

    async def run(self, statement: Executable, **parameters: Any) -> int:
        """Run a statement that returns no rows; return how many it touched."""
        return await self._work.run(statement, {"space": self._work.space_id, **parameters})

    async def add(self, row: Mapping[str, Any]) -> None:
        """Insert one row and log that it was created."""
        await self.add_all([row])

    async def add_all(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows and log that each was created."""
        await self.insert_into(self.table, rows)
        for row in rows:
            self.log_change(row, "created", row["version"])

    async def save(self, record: Record, fields: Record, op: str = "updated", columns: Record | None = None) -> Record:
        """Change a record that was read under the space's lock, and log what changed; nothing new changes nothing.

        The policy is asked about what the record becomes, here and nowhere else, so that no verb can forget it.

        Args:
            record: the object as the API shows it.
            fields: its new values, by the API's names.
            op: what the log calls it.
            columns: the new values by the table's names, where those differ.

        Returns:
            The record as it is now.

        Raises:
            Forbidden
        """
        diff = {name: [record[name], value] for name, value in fields.items() if _differ(record[name], value)}
        if not diff:
            return record
        stamp = self._stamp_of(record)
        changed = {**record, **fields, **stamp}
        self._work.authorise(changed)
        await self.update(record["id"], {**(fields if columns is None else columns), **stamp})
        self.log_change(changed, op, stamp["version"], diff)
        return changed

    async def save_all(self, changes: Iterable[tuple[Record, Record, Record]], op: str) -> None:
        """Change many records the same way: each with its new fields, and with columns that the API does not show.

        They go along with one that the policy was asked about.
        """
        async for piece in self._work.pieces(changes):
            rows = []
            for record, fields, internal in piece:
                stamp = self._stamp_of(record)
                rows.append({"row_id": record["id"], **fields, **internal, **stamp})
                diff = {name: [record[name], value] for name, value in fields.items()}
                self.log_change({**record, **fields}, op, stamp["version"], diff)
            await self.update_many(rows)

    def log_change(self, record: Mapping[str, Any], op: str, version: int, diff: Record | None = None) -> None:
        """Note a change of a row for the log, which knows the list of a todo, and a list by itself."""
        list_id = record["id"] if self.entity == "list" else record.get("list_id")
        self._work.record(self.entity, record["id"], op, version, diff, about=About(list_id=list_id))

    def _stamp_of(self, record: Record) -> Record:
        return {"version": record["version"] + 1, "updated_at": self._work.now}

    async def insert_into(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Insert rows of the same columns into a table of the space."""
        await self._work.run_many(_insert_into(table), ({"space_id": self._work.space_id, **row} for row in rows))

    async def update(self, row_id: uuid.UUID, values: Mapping[str, Any]) -> None:
        """Set columns of one row; the caller has read it under the space's lock, so it is there."""
        parameters = {"space": self._work.space_id, "row_id": row_id, **values}
        await self._work.run_one(_update_one(self.table), parameters)

    async def update_many(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Set columns, the same ones of each row, of many rows, each named by its `row_id`."""
        await self._work.run_many(_update_one(self.table), ({"space": self._work.space_id, **row} for row in rows))


def check_found(entity: str, found: Record, asked: Record, *, in_trash: bool = False) -> None:
    """Make sure that an object, whose id a create brings, is what the create asks for: then it is the answer.

    A create looks for it under the space's lock, so that one of two attempts makes it and the other one finds it, and
    before it checks anything that the first attempt may have changed, such as a limit.

    Args:
        entity: what it is.
        found: the object, which the principal may read.
        asked: what the create says, and what it leaves to the defaults, by the names of `found`.
        in_trash: whether the object is there.

    Raises:
        AlreadyExists: it is not, or not in its place.
    """
    # As JSON, in which true is not 1 and 1.0 is not 1; in Python they are equal, at any depth.
    if in_trash:
        detail = f"The {entity} of this id is in the trash."
    elif encode_sorted({name: found[name] for name in asked}) != encode_sorted(asked):
        detail = f"There is a {entity} of this id already, and it is not, or no longer, what this request asks for."
    else:
        return
    raise AlreadyExists(detail, entity=entity, id=str(found["id"]), in_trash=in_trash)


def _differ(one: Any, other: Any) -> bool:
    # In JSON true is not 1 and 1.0 is not 1; in Python they are equal, at any depth.
    if isinstance(one, dict) and isinstance(other, dict):
        return encode_sorted(one) != encode_sorted(other)
    return bool(one != other)
