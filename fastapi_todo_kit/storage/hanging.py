"""What hangs from given rows, of whatever feature: all that has a foreign key to them which cascades.

Said outright where rows are removed, too, because a host's own SQLite engine may have foreign keys off, and with them
their cascades.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Delete,
    Insert,
    Select,
    Table,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
)

from fastapi_todo_kit.storage.many import among, copying, given_rows, rows_as_text
from fastapi_todo_kit.storage.repository import in_space
from fastapi_todo_kit.storage.tables import metadata
from fastapi_todo_kit.storage.work import Work

Ids = Select[Any] | CompoundSelect[Any]
GIVEN: Final = select(given_rows("rows", {"id": Uuid()}).c.id)
"""The ids that the parameter `rows` has, as `ids_as_text` writes it."""


def ids_as_text(ids: Iterable[uuid.UUID]) -> str:
    """Return ids as the value of the parameter `rows`."""
    return rows_as_text({"id": one} for one in ids)


def removals(above: Table) -> Sequence[Delete]:
    """Return what removes all that hangs from the given rows of a table, what hangs from that first."""
    return [statement for _, statements in _removals(above) for statement in statements]


def holding(above: Table, given: Ids) -> list[ColumnElement[bool]]:
    """Return, for each table by its name, whether something in it hangs from rows of a table, whose ids are given."""
    tables = [table for table in _tables() if _hangs(table, above, given)]
    return [exists().where(in_space(table), and_(*_hangs(table, above, given))).label(table.name) for table in tables]


async def carry(work: Work, there: Work, above: Table, rows: str, among_tables: Collection[str]) -> None:
    """Copy to another space what hangs from the given rows of a table, which are there already."""
    for table in _tables():
        if table.name in among_tables:
            await work.run(_carry(table, above), {"space": work.space_id, "there": there.space_id, "rows": rows})


async def remove(work: Work, above: Table, rows: str, among_tables: Collection[str]) -> None:
    """Remove what hangs from the given rows of a table, in some tables."""
    for table, statements in _removals(above):
        for statement in statements if table.name in among_tables else ():
            await work.run(statement, {"space": work.space_id, "rows": rows})


@cache
def _removals(above: Table) -> Sequence[tuple[Table, Sequence[Delete]]]:
    return [
        (table, [delete(table).where(in_space(table), one) for one in _hangs(table, above)])
        for table in reversed(_tables())
    ]


@cache
def _carry(table: Table, above: Table) -> Insert:
    new = {"space_id": bindparam("there", type_=Uuid())}
    return copying(table, new, table, in_space(table), *_hangs(table, above))


def _tables() -> Sequence[Table]:
    return metadata.sorted_tables


def _hangs(table: Table, top: Table, given: Ids = GIVEN) -> list[ColumnElement[bool]]:
    """Return under which conditions a row of a table hangs from a given one of another, or from what does."""
    conditions = []
    for key in table.foreign_key_constraints:
        above = key.referred_table
        if key.ondelete != "CASCADE":
            continue
        named = next(element.parent for element in key.elements if element.column.name == "id")
        if above is top:
            conditions.append(among(named, given))
        elif beyond := _hangs(above, top, given):
            conditions.append(among(named, select(above.c.id).where(in_space(above), or_(*beyond))))
    return conditions
