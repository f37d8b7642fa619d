"""Thousands of rows or ids in one statement, however little the database knows of its tables."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Insert,
    Join,
    Select,
    Table,
    TableValuedAlias,
    Text,
    and_,
    bindparam,
    column,
    exists,
    insert,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import NamedFromClause
from sqlalchemy.types import TypeEngine

from fastapi_todo_kit.core.encoding import encode_for_database


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:  # noqa: ARG002  (SQLAlchemy's signature)
        """Stand in a WHERE as it is: compared with 1, as functions are on SQLite, no index would serve it."""
        return self


def among(one: ColumnElement[Any], ids: Select[Any] | CompoundSelect[Any]) -> ColumnElement[bool]:
    """Return the condition that a column has one of the values that a SELECT finds.

    PostgreSQL finds the values once and looks each up by the index. Left to join the two, as it does with EXISTS, it
    goes through the one for each row of the other where it knows nothing yet of a space that has just been filled:
    minutes instead of milliseconds.
    """
    return _Among(one, ids.scalar_subquery())


def without(rows: Select[Any]) -> ColumnElement[bool]:
    """Return the condition that a SELECT, which names the row at hand, finds nothing: it is looked up for each.

    For the same reason: PostgreSQL joins with what a plain NOT EXISTS names.
    """
    return exists(rows).is_not(true())


@compiles(_Among, "postgresql")
def _among_postgresql(element: _Among, compiler: Any, **options: Any) -> str:
    one, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{one} = ANY (ARRAY{ids})"


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: Any, **options: Any) -> str:
    one, ids = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{one} IN {ids}"


class _GivenRows(FunctionElement[Any]):
    inherit_cache = False  # the columns are no part of a key

    def __init__(self, parameter: str, columns: Mapping[str, TypeEngine[Any]]) -> None:
        super().__init__(bindparam(parameter, type_=Text()))
        self.columns_of_rows = columns


def given_rows(parameter: str, columns: Mapping[str, TypeEngine[Any]]) -> TableValuedAlias:
    """Return rows that one parameter has, as `rows_as_text` writes it, for SELECT, INSERT and UPDATE to join with."""
    named = (column(name, kind) for name, kind in columns.items())
    return _GivenRows(parameter, columns).table_valued(*named, name=f"given_{parameter}")


def look_up_each(
    given: TableValuedAlias, key: str, table: FromClause, column: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> Join:
    """Return given rows joined with those of a table whose column has the value that they call `key`.

    The values are named twice, so that PostgreSQL looks them up. Joined only, it goes through all that meets the other
    conditions, for each some hundred given rows: the labels of a whole space, twenty times for a list that is copied.
    """
    named = among(column, select(given.c[key]))
    return look_up(given, table, and_(*conditions, column == given.c[key], named))


class _LookUp(Join):
    inherit_cache = True


def look_up(given: FromClause, table: FromClause, condition: ColumnElement[bool]) -> Join:
    """Return given rows joined with a table in which each is looked up: never the other way round.

    For each row of the table SQLite would read all that is given.
    """
    return _LookUp(given, table, condition)


@compiles(_LookUp, "sqlite")
def _look_up_sqlite(element: _LookUp, compiler: Any, **options: Any) -> str:
    # SQLite keeps the order of what is joined so.
    left, right = (compiler.process(one, **{**options, "asfrom": True}) for one in (element.left, element.right))
    return f"{left} CROSS JOIN {right} ON {compiler.process(element.onclause, **{**options, 'asfrom': False})}"


class _LookUpOne(_LookUp):
    inherit_cache = True


def look_up_one(given: FromClause, table: NamedFromClause, key: ColumnElement[bool]) -> Join:
    """Return given rows joined with the one that each has in a table, by the key of that.

    Whatever PostgreSQL believes of the two, it looks up each row: joined only, it goes through all of a space that has
    just been filled, for each given row.
    """
    return _LookUpOne(given, table, key)


@compiles(_LookUpOne, "postgresql")
def _look_up_one_postgresql(element: _LookUpOne, compiler: Any, **options: Any) -> str:
    left, right = (compiler.process(one, **{**options, "asfrom": True}) for one in (element.left, element.right))
    key = compiler.process(element.onclause, **{**options, "asfrom": False})
    name = compiler.preparer.quote(cast("NamedFromClause", element.right).name)
    # OFFSET keeps the planner from making a join of it.
    return f"{left} JOIN LATERAL (SELECT * FROM {right} WHERE {key} OFFSET 0) AS {name} ON true"  # noqa: S608  (made of clauses)


def copying(
    table: Table, new: Mapping[str, ColumnElement[Any]], found: FromClause, *conditions: ColumnElement[bool]
) -> Insert:
    """Return what adds a copy of each row of a table that is found; `new` says what it does not have from that one."""
    columns = {column.name: new.get(column.name, column) for column in table.c}
    return insert(table).from_select(list(columns), select(*columns.values()).select_from(found).where(*conditions))


def rows_as_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as the value of the parameter of `given_rows`."""
    return encode_for_database(list(rows)).decode()


@compiles(_GivenRows, "postgresql")
def _given_rows_postgresql(element: _GivenRows, compiler: Any, **options: Any) -> str:
    (parameter,) = (compiler.process(clause, **options) for clause in element.clauses)
    spell = compiler.dialect.type_compiler_instance.process
    columns = ", ".join(f"{name} {spell(kind)}" for name, kind in element.columns_of_rows.items())
    return f"(SELECT * FROM json_to_recordset(CAST({parameter} AS JSON)) AS given ({columns}))"  # noqa: S608  (names of columns, of the kit's own)


@compiles(_GivenRows, "sqlite")
def _given_rows_sqlite(element: _GivenRows, compiler: Any, **options: Any) -> str:
    (parameter,) = (compiler.process(clause, **options) for clause in element.clauses)
    columns = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in element.columns_of_rows)
    return f"(SELECT {columns} FROM json_each({parameter}))"  # noqa: S608  (the same)
