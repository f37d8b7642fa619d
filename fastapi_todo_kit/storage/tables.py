"""The kit's own registry of tables, the column types that both databases read alike, and the common columns."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final, cast

import uuid_utils.compat
from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    type_coerce,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import registry
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Field, SQLModel

from fastapi_todo_kit.core.encoding import encode, read_object, read_stored

NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands in an `InstantOrNever` column for "no value", so that such a column can be part of a keyset."""

NO_DAY: Final = date(9999, 12, 30)
"""The same in a `DayOrNever` column. Not the last day: asyncpg sends that as infinity, which psycopg cannot read."""

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How every constraint is called, so that a migration can name it."""

metadata: MetaData = MetaData(naming_convention=NAMING)
_registry = registry(metadata=metadata)


PERSONAL: Final = "personal"
"""In `info` of a table whose rows are only their user's: erasing the user (`user_id`) removes them, not just a name."""


class TableModel(SQLModel, registry=_registry):
    """Base of every table of the kit. Lives in the kit's own `metadata`, never in `SQLModel.metadata`."""

    metadata = metadata

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if any(hasattr(base, "__table__") for base in cls.__bases__):
            # SQLModel would accept it and silently leave the new columns out of the table.
            raise TypeError(f"{cls.__name__} extends a table of the kit; use the `extra` field of todos instead")


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table of a model: statements are written on it, so that no ORM object is made."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # set by SQLModel for table=True


def new_id() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): unique, and in the order of creation."""
    return uuid_utils.compat.uuid7()


Processor = Callable[[Any], Any] | None


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: `timestamptz` on PostgreSQL, text of fixed width on SQLite."""

    impl: Any = DateTime(timezone=True)
    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into what the database stores."""
        if value is None:
            return None
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:  # noqa: ARG002  (SQLAlchemy's signature)
        """Return what makes a moment in UTC of what the driver returns: nothing, where it returns one already."""
        if dialect.driver == "asyncpg":
            return None
        if dialect.name != "sqlite":  # psycopg's moments are in the zone of the session
            return lambda value: None if value is None else value.astimezone(UTC)
        # SQLite keeps text without a zone. SQLAlchemy's own reading and a `replace` take eight times as long.
        return lambda value: None if value is None else datetime.fromisoformat(f"{value}+00:00")


class InstantOrNever(Instant):
    """A moment or None, stored as `NEVER`: such a column sorts without nulls and stands in a keyset."""

    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store None as `NEVER`."""
        return super().process_bind_param(NEVER if value is None else value, dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Return what reads `NEVER` as None."""
        read = super().result_processor(dialect, coltype)
        if read is None:
            return lambda value: None if value == NEVER else value
        return lambda value: None if (moment := read(value)) == NEVER else moment


class DayOrNever(TypeDecorator[date]):
    """A day or None, stored as `NO_DAY`: such a column sorts without nulls and stands in a keyset."""

    impl: Any = Date
    cache_ok: bool | None = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date:  # noqa: ARG002  (SQLAlchemy's signature)
        """Store None as `NO_DAY`."""
        return NO_DAY if value is None else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        """Return what reads `NO_DAY` as None; most rows have it, so it is not parsed first."""
        read = self.impl_instance.result_processor(dialect, coltype)
        if read is None:
            return lambda value: None if value == NO_DAY else value
        nothing = NO_DAY.isoformat()
        return lambda value: None if value == nothing else read(value)


class Priority(TypeDecorator[int]):
    """0 to 9 as in RFC 5545, where 0 means none; stored as 10, so that "none" sorts after the lowest."""

    impl: Any = Integer
    cache_ok: bool | None = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002  (SQLAlchemy's signature)
        """Store none as 10."""
        return 10 if value == 0 else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:  # noqa: ARG002  (the same)
        """Return what reads 10 as none."""
        return lambda value: 0 if value == 10 else value  # noqa: PLR2004  (one past the lowest priority)


class Json(TypeDecorator[Any]):
    """A JSON document, kept as it was written and read by one reader: whatever is there, it can be shown."""

    # Not jsonb, which rewrites numbers: 1e25 would come back as an integer of 26 digits.
    impl: Any = JSON
    cache_ok: bool | None = True

    def bind_processor(self, dialect: Dialect) -> Processor:  # noqa: ARG002  (SQLAlchemy's signature)
        """Return what writes the text, in a tenth of the time of Python's own."""
        kind: Any = self.impl_instance
        is_null = kind.none_as_null
        return lambda value: None if value is None and is_null else encode(value).decode()

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Ask for the text: what drivers and dialects make of JSON is not the same, and not all of it is JSON again."""
        return type_coerce(cast_to(column, Text), self)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:  # noqa: ARG002  (SQLAlchemy's signature)
        """Return what reads the text."""
        return lambda value: None if value is None else read_stored(value)


class JsonObject(Json):
    """A JSON object; what is there and is none is read as an empty one."""

    cache_ok: bool | None = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:  # noqa: ARG002  (the same)
        """Return what reads the text."""
        return read_object


JsonOrNull: Final = Json(none_as_null=True)
"""The same, or nothing."""


class Position(FunctionElement[int]):
    """Where the first bytes begin in the second, counted from 1; 0 where they do not."""

    name: str = "position"
    type: Any = Integer()
    inherit_cache: bool | None = True


@compiles(Position, "postgresql")
def _position_on_postgres(element: Position, compiler: Any, **options: Any) -> str:
    part, whole = (compiler.process(one, **options) for one in element.clauses)
    return f"position({part} IN {whole})"


@compiles(Position, "sqlite")
def _position_on_sqlite(element: Position, compiler: Any, **options: Any) -> str:
    part, whole = (compiler.process(one, **options) for one in element.clauses)
    return f"instr({whole}, {part})"


def key_text(length: int) -> String:
    """Return a text column that both databases compare byte by byte, whatever the locale."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def id_column(**options: Any) -> Any:
    """Return a column that holds a UUID."""
    return Field(sa_type=Uuid, **options)


def instant_column(*, nullable: bool = False, **options: Any) -> Any:
    """Return a column that holds a moment."""
    return Field(sa_type=Instant, nullable=nullable, **options)


class SpaceRow(TableModel):
    """Columns of every row that belongs to a space: the first part of its primary key and who made it."""

    space_id: uuid.UUID = id_column(primary_key=True)
    id: uuid.UUID = id_column(primary_key=True)
    version: int = Field(default=1, nullable=False)
    created_at: datetime = instant_column()
    created_by: str = Field(sa_type=key_text(255), nullable=False)
    updated_at: datetime = instant_column()


class TrashableRow(SpaceRow):
    """Columns of a row that can be deleted and restored; one batch is what one request deleted."""

    deleted_at: datetime | None = instant_column(nullable=True, default=None)
    delete_batch_id: uuid.UUID | None = id_column(default=None)
