"""Members of JSON columns in WHERE clauses. One of another type than the one asked for is no value, never an error."""

from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Dialect,
    Numeric,
    Text,
    TypeDecorator,
    bindparam,
    literal_column,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeEngine

from fastapi_todo_kit.core.extra.filters import ExtraFilter


class _Number(TypeDecorator[Any]):
    """A number that is compared exactly: numeric on PostgreSQL, SQLite's own integer or real."""

    impl: Any = Numeric
    cache_ok: bool | None = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite's driver knows no decimals."""
        return NullType() if dialect.name == "sqlite" else Numeric()

    def process_bind_param(self, value: float | Decimal | None, dialect: Dialect) -> Any:
        """Return what the driver binds."""
        if dialect.name == "sqlite":
            return float(value) if isinstance(value, Decimal) else value
        return None if value is None else Decimal(str(value))


class _Member(FunctionElement[Any]):
    """The member of a JSON object, of one JSON type."""

    inherit_cache = True
    postgresql_type: str
    postgresql_cast: str
    sqlite_types: str


class _TextMember(_Member):
    type = Text()
    inherit_cache = True
    postgresql_type, postgresql_cast, sqlite_types = "string", "text", "'text'"


class _NumberMember(_Member):
    type = _Number()
    inherit_cache = True
    postgresql_type, postgresql_cast, sqlite_types = "number", "numeric", "'integer', 'real'"


class _BooleanMember(_Member):
    type = Boolean()
    inherit_cache = True
    postgresql_type, postgresql_cast, sqlite_types = "boolean", "boolean", "'true', 'false'"


class _DecimalMember(FunctionElement[Any]):
    """The decimal that a text in a JSON object spells; SQLite knows about 15 digits of it."""

    type = _Number()
    inherit_cache = True


# CASE, because a database is free to cast before it looks at the rest of a condition.
@compiles(_Member, "postgresql")
def _member_postgresql(element: _Member, compiler: Any, **options: Any) -> str:
    column, name = (compiler.process(one, **options) for one in element.clauses)
    return (
        f"CASE WHEN {_is_readable(column)} THEN "
        f"CASE WHEN json_typeof({column} -> {name}) = '{element.postgresql_type}' "
        f"THEN ({column} ->> {name})::{element.postgresql_cast} END END"
    )


@compiles(_Member, "sqlite")
def _member_sqlite(element: _Member, compiler: Any, **options: Any) -> str:
    column, name = (compiler.process(one, **options) for one in element.clauses)
    path = f"'$.' || {name}"
    return (
        f"CASE WHEN {_is_json(column)} THEN CASE WHEN json_type({column}, {path}) IN ({element.sqlite_types}) "
        f"THEN json_extract({column}, {path}) END END"
    )


_SPELLED: Final = r"^-?\d+(\.\d+)?([eE][-+]?\d{1,2})?$"


@compiles(_DecimalMember, "postgresql")
def _decimal_postgresql(element: _DecimalMember, compiler: Any, **options: Any) -> str:
    column, name = (compiler.process(one, **options) for one in element.clauses)
    # Twice escaped would be wrong: a standard string of PostgreSQL takes backslashes as they are.
    return (
        f"CASE WHEN {_is_readable(column)} THEN "
        f"CASE WHEN ({column} ->> {name}) ~ '{_SPELLED}' THEN ({column} ->> {name})::numeric END END"
    )


@compiles(_DecimalMember, "sqlite")
def _decimal_sqlite(element: _DecimalMember, compiler: Any, **options: Any) -> str:
    column, name = (compiler.process(one, **options) for one in element.clauses)
    path = f"'$.' || {name}"
    # What Pydantic writes begins with a digit, or with a minus and one; what does not is no decimal.
    text = f"json_extract({column}, {path})"
    return (
        f"CASE WHEN {_is_json(column)} THEN "
        f"CASE WHEN json_type({column}, {path}) IN ('text', 'integer', 'real') AND ltrim({text}, '-') GLOB '[0-9]*' "
        f"THEN CAST({text} AS REAL) END END"
    )


# One document that the database stores and cannot take apart would be an error for whoever asks for all the others.
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F]"
_UNREADABLE: Final = rf"\\u0000|{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}"


def _is_readable(column: str) -> str:
    """PostgreSQL stores an escaped NUL and half of a surrogate pair, and fails where a member beside it is wanted."""
    # Without the backslashes that stand for themselves, behind which "u0000" is four digits and a letter.
    return rf"(strpos({column}::text, '\u') = 0 OR replace({column}::text, '\\', ' ') !~ '{_UNREADABLE}')"


def _is_json(column: str) -> str:
    """SQLite stores any text, such as {"a": NaN}."""
    return f"json_valid({column})"


class Unreadable(FunctionElement[bool]):
    """Whether a JSON column holds what its own database cannot take apart, which is in no filter's answer."""

    type: Any = Boolean()
    inherit_cache: bool | None = True


@compiles(Unreadable, "postgresql")
def _unreadable_postgresql(element: Unreadable, compiler: Any, **options: Any) -> str:
    return f"NOT {_is_readable(compiler.process(element.clauses, **options))}"


@compiles(Unreadable, "sqlite")
def _unreadable_sqlite(element: Unreadable, compiler: Any, **options: Any) -> str:
    return f"NOT {_is_json(compiler.process(element.clauses, **options))}"


_MEMBERS: Final[dict[str, type[FunctionElement[Any]]]] = {
    "text": _TextMember,
    "number": _NumberMember,
    "decimal": _DecimalMember,
    "boolean": _BooleanMember,
}


def matches(column: ColumnElement[Any], wanted: ExtraFilter) -> ColumnElement[bool]:
    """Return the condition of a filter on a JSON column, whose parameter carries the filter's name."""
    # Spelled out, not bound: the names are the host's own, identifiers all of them, and PostgreSQL could not tell
    # a bound name from a bound index.
    member = _MEMBERS[wanted.kind](column, literal_column(f"'{wanted.name}'"))
    value = bindparam(wanted.parameter, type_=member.type)
    if wanted.comparison == "eq":
        return member == value
    return member >= value if wanted.comparison == "gte" else member < value
