"""The one place where a failure of a driver or of SQLAlchemy becomes an error of the kit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fastapi_todo_kit.core.errors import (
    AlreadyExists,
    DatabaseUnavailable,
    InvalidInput,
    RequestError,
    StorageFull,
    TransactionBroken,
    Unavailable,
    WrongReference,
)
from fastapi_todo_kit.core.observing.logs import get_logger

_logger = get_logger(__name__)

_SERIALISATION = {"40001", "40P01"}
_OUTDATED_PLAN = "0A000"
_OF_POOLER = {"42P05", "26000"}  # a prepared statement is there that was not made here, or is not where it was made
POOLER_ADVICE: Final = "a pooler stands before the database: set TODO_KIT_POSTGRES__POOLER=transaction"
_BROKEN_TRANSACTION = "25P02"
_NOT_MIGRATED = "The tables of this API are missing or old; its operator must run `todo-kit migrate`."
# SQLSTATE classes and codes of PostgreSQL (appendix A of its manual), most specific first.
_BY_SQLSTATE: tuple[tuple[str, type[RequestError]], ...] = (
    ("53100", StorageFull),
    ("23505", AlreadyExists),
    ("23503", WrongReference),
    ("22", InvalidInput),
    ("23", InvalidInput),
    ("25006", DatabaseUnavailable),
    ("08", DatabaseUnavailable),
    ("28", DatabaseUnavailable),
    ("3D", DatabaseUnavailable),
    ("40", DatabaseUnavailable),
    ("53", DatabaseUnavailable),
    ("55", DatabaseUnavailable),
    ("57", DatabaseUnavailable),
    ("58", DatabaseUnavailable),
    ("XX", DatabaseUnavailable),
    *((state, DatabaseUnavailable) for state in _OF_POOLER),
)
_BY_SQLITE_NAME: tuple[tuple[str, type[RequestError]], ...] = (
    ("SQLITE_FULL", StorageFull),
    ("SQLITE_CONSTRAINT_PRIMARYKEY", AlreadyExists),
    ("SQLITE_CONSTRAINT_UNIQUE", AlreadyExists),
    ("SQLITE_CONSTRAINT_FOREIGNKEY", WrongReference),
    ("SQLITE_CONSTRAINT", InvalidInput),
    ("SQLITE_BUSY", DatabaseUnavailable),
    ("SQLITE_LOCKED", DatabaseUnavailable),
    ("SQLITE_READONLY", DatabaseUnavailable),
    ("SQLITE_IOERR", DatabaseUnavailable),
    ("SQLITE_CANTOPEN", DatabaseUnavailable),
    ("SQLITE_PROTOCOL", DatabaseUnavailable),
    ("SQLITE_NOTADB", DatabaseUnavailable),
    ("SQLITE_CORRUPT", DatabaseUnavailable),
)
_OF_OLD_TABLES = ("no such table", "no such column", "has no column named")
_OF_THE_DATABASE = {DatabaseUnavailable, StorageFull}


class OfHost(Exception):
    """Marks what the host's own statements or callables broke, which is not the kit's to translate."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.cause: Exception = cause


class LostConnection(Exception):
    """Marks a failure of the driver after which its connection is closed; `orig` is the driver's own error."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(cause)
        self.orig: Exception = cause


@contextmanager
def done_for_host() -> Iterator[None]:
    """Leave what the host's own statements break to the host, see `left_to_host`."""
    try:
        yield
    except Exception as error:
        raise left_to_host(error) from error


@contextmanager
def done_by_host() -> Iterator[None]:
    """Leave what a callable of the host breaks to the host: what no driver raised is not about the database, either."""
    try:
        with done_for_host():
            yield
    except (PoolTimeout, OSError) as error:
        raise OfHost(error) from error


def left_to_host(error: Exception) -> Exception:
    """Return what stands for an error of the host's own statements, or of a COMMIT.

    Tables, constraints and values are the host's there: no constraint of the kit waits for the commit. The database is
    the same, which may be away, full or busy.
    """
    is_translated = isinstance(error, RequestError) or _kind(error) in _OF_THE_DATABASE
    return error if is_translated or is_outdated_plan(error) else OfHost(error)


def sqlstate(error: BaseException) -> str:
    """Return the five characters that PostgreSQL gave, while connecting too, or an empty text."""
    return str(getattr(_original(error), "sqlstate", None) or "")


def is_refused_serialisation(error: BaseException) -> bool:
    """Say whether the database rolled back because of others, 40001 or 40P01, so that repeating is safe."""
    return sqlstate(error) in _SERIALISATION


def is_outdated_plan(error: BaseException) -> bool:
    """Say whether a migration has changed a table since its connection prepared the statement: repeating is safe."""
    return sqlstate(error) == _OUTDATED_PLAN


def is_lost_connection(error: BaseException) -> bool:
    """Say whether the connection is gone, and with it, before a commit, all that the transaction did."""
    return isinstance(error, LostConnection) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def reraise(error: Exception) -> NoReturn:
    """Raise the error of the kit that stands for a driver's failure, or the error itself where it is none."""
    if isinstance(error, OfHost):
        raise error.cause
    translated = as_kit_error(error)
    if translated is error:
        raise error
    raise translated from error


def as_kit_error(error: Exception) -> Exception:
    """Return the error of the kit that stands for a driver's failure, or the error itself where it is none."""
    if isinstance(error, RequestError):
        return error
    if sqlstate(error) == _BROKEN_TRANSACTION:
        return TransactionBroken()
    if _is_unprepared(error):
        _logger.error(_NOT_MIGRATED)
        return Unavailable(_NOT_MIGRATED)
    if is_of_pooler(error):
        _logger.error("%s (%s)", POOLER_ADVICE, reason(error))
    kind = _kind(error)
    if kind is None:
        return error
    if issubclass(kind, Unavailable):
        # The answer says nothing of the reason; the operator must be able to read it.
        _logger.warning("the database failed: %s", reason(error))
    if kind is InvalidInput:
        # Validation should have caught it: the answer is right, but the gap is a bug worth a line in the log.
        _logger.error("the database refused a value that validation had let through", exc_info=error)
    return kind()


def is_of_pooler(error: Exception) -> bool:
    """Say whether a connection failed because of a pooler that nobody has named in the settings."""
    return sqlstate(error) in _OF_POOLER or "startup parameter" in str(error)


def is_away(error: Exception) -> bool:
    """Say whether a driver has failed because the database is away, refuses the connection, or is too busy."""
    return _kind(error) is DatabaseUnavailable


def reason(error: Exception) -> str:
    """Return a driver's own words: without the statement that SQLAlchemy puts behind them."""
    original = _original(error)
    return f"{type(original).__name__}: {original}".partition("\n")[0]


def _kind(error: Exception) -> type[RequestError] | None:
    if isinstance(error, PoolTimeout | OSError | TimeoutError):
        return DatabaseUnavailable
    for prefix, kind in _BY_SQLSTATE:
        if sqlstate(error).startswith(prefix):
            return kind
    name = _sqlite_name(error)
    for prefix, kind in _BY_SQLITE_NAME:
        if name.startswith(prefix):
            return kind
    if _is_unstorable(error):
        return InvalidInput
    if is_lost_connection(error) or _is_of_driver(error):
        return DatabaseUnavailable
    return None


def _is_of_driver(error: Exception) -> bool:
    """Say whether a driver has failed without a SQLSTATE: while it connects, or a server dies under it."""
    if _is_of_asyncpg(error) or (not sqlstate(error) and _is_of_asyncpg(_original(error).__cause__)):
        return True
    return bool(_names_in_psycopg(error) & {"OperationalError", "InterfaceError"})


def _original(error: BaseException) -> Any:
    """Return the driver's own error, or what SQLAlchemy's adapter has made of it."""
    return getattr(error, "orig", None) or error


def _is_of_asyncpg(error: BaseException | None) -> bool:
    return type(error).__module__.startswith("asyncpg")


def _names_in_psycopg(error: Exception) -> set[str]:
    """Return what an error without a SQLSTATE is to psycopg, in the terms of PEP 249."""
    original = _original(error)
    if sqlstate(original):
        return set()
    return {one.__name__ for one in type(original).__mro__ if one.__module__.startswith("psycopg")}


def _is_unstorable(error: Exception) -> bool:
    """Say whether a driver could not encode a value; SQLite's says so with Python's own errors, wrapped by nobody."""
    if isinstance(error, OverflowError | UnicodeEncodeError | DataError | sqlite3.DataError):
        return True
    if "DataError" in _names_in_psycopg(error):
        return True
    cause = getattr(getattr(error, "orig", None), "__cause__", None)
    if type(cause).__name__ == "ClientConfigurationError":  # asyncpg's, of the URL and what it names
        return False
    return isinstance(error, DBAPIError) and isinstance(cause, ValueError | OverflowError)


def _sqlite_name(error: Exception) -> str:
    original = _original(error)
    return getattr(original, "sqlite_errorname", "") if isinstance(original, sqlite3.Error) else ""


def _is_unprepared(error: Exception) -> bool:
    if sqlstate(error) in {"42P01", "42703"}:
        return True
    return _sqlite_name(error) == "SQLITE_ERROR" and any(words in str(error) for words in _OF_OLD_TABLES)
