"""Statements as the driver takes them: compiled once by SQLAlchemy, with what turns values and rows around."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from msgspec import convert
from sqlalchemy import Dialect, Executable, Row, Uuid
from sqlalchemy.engine import result_tuple
from sqlalchemy.types import TypeEngine

from fastapi_todo_kit.storage.engines.connections import Parameters

_MOST: Final = 2_000
_PLACE: Final = re.compile(r"\$(\d+)")

Sql = tuple[str, Sequence[Any]]
"""A statement as the driver takes it, with its values by place."""


class Plan:
    """One statement: its SQL, the order of its parameters, and what its columns are read with."""

    def __init__(self, statement: Any, dialect: Dialect, parameters: Parameters) -> None:
        self._compiled = statement.compile(dialect=dialect, column_keys=list(parameters))
        self._is_fixed = not self._compiled.post_compile_params
        self._writers = {
            name: write
            for name, parameter in self._compiled.binds.items()
            if (write := parameter.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        state = self._compiled.construct_expanded_state(parameters)
        self._sql = state.statement
        self._slots = [(name, self._writers.get(name)) for name in state.positiontup]
        self._own = {name: state.parameters[name] for name in state.positiontup if name not in parameters}
        for column in getattr(self._compiled, "insert_prefetch", ()):
            self._own[column.key] = column.default.arg
        self._readers = [
            (place, read)
            for place, column in enumerate(getattr(statement, "exported_columns", ()))
            if (read := _reader(column.type, dialect)) is not None
        ]
        self._row: Callable[[Sequence[Any]], Row[Any]] | None = None

    def bound(self, parameters: Parameters) -> Sql:
        """Return the SQL and its values by place."""
        if not self._is_fixed:
            return self._expanded(parameters)
        values = {**self._own, **parameters} if self._own else parameters
        return self._sql, [values[name] if write is None else write(values[name]) for name, write in self._slots]

    def rows(self, records: Sequence[Any]) -> list[Row[Any]]:
        """Return what the driver has fetched as rows of SQLAlchemy's, with the values that the columns' types say."""
        if not records:
            return []
        if self._row is None:
            self._row = result_tuple(list(records[0].keys()))
        if not self._readers:
            return [self._row(record) for record in records]
        if len(records) == 1:
            return [self._row(self._read(records[0]))]
        # Column by column, which is twice as fast as row by row, but for one.
        columns = list(zip(*records, strict=True))
        for place, read in self._readers:
            columns[place] = tuple([read(value) for value in columns[place]])
        return [self._row(values) for values in zip(*columns, strict=True)]

    def _read(self, record: Sequence[Any]) -> list[Any]:
        values = list(record)
        for place, read in self._readers:
            values[place] = read(values[place])
        return values

    def _expanded(self, parameters: Parameters) -> Sql:
        """Bind a statement whose text depends on its values: an IN with as many parameters as it has values."""
        state = self._compiled.construct_expanded_state(parameters)
        writers = {**self._writers, **state.processors}
        values = [(state.parameters[name], writers.get(name)) for name in state.positiontup]
        return state.statement, [value if write is None else write(value) for value, write in values]


def _reader(of_type: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes a value of a type of what the driver returns; nothing, where it returns one already."""
    read = of_type.dialect_impl(dialect).result_processor(dialect, None)
    return read if read is None or not isinstance(of_type, Uuid) else _read_uuid


def _read_uuid(value: str | None) -> UUID | None:
    # Not UUID(value), which is written in Python and takes three times as long; a page has hundreds.
    return None if value is None else convert(value, UUID)


def joined(first: Sql, second: Sql) -> Sql:
    """Return two statements, with their values, as one: PostgreSQL runs the first, which returns nothing, as well."""
    return _joined_sql(first[0], second[0], len(first[1])), [*first[1], *second[1]]


@lru_cache(_MOST)
def _joined_sql(first: str, second: str, taken: int) -> str:
    renumbered = _PLACE.sub(lambda place: f"${int(place[1]) + taken}", second)
    return f"WITH first AS ({first}) {renumbered}"


class Plans:
    """The plans of the statements that were run, each made when it is first met."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._known: dict[tuple[Any, ...], Plan] = {}

    def of(self, statement: Executable, parameters: Parameters) -> Plan:
        """Return the plan of a statement; an INSERT or UPDATE has one for each set of columns."""
        key = (statement, *parameters)
        plan = self._known.get(key)
        if plan is None:
            if len(self._known) >= _MOST:
                self._known.clear()  # statements are constants; who makes them anew each time pays for it
            plan = self._known[key] = Plan(statement, self._dialect, parameters)
        return plan
