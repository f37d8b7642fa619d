"""Which error of the kit stands for which failure of a driver."""

import sqlite3
from typing import Any

import pytest
from asyncpg.exceptions import ClientConfigurationError, InternalClientError
from sqlalchemy import Integer, String, bindparam, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.errors import (
    AlreadyExists,
    DatabaseUnavailable,
    InvalidInput,
    StorageFull,
    TodoNotFound,
    Unavailable,
    WrongReference,
)
from fastapi_todo_kit.storage.database import make_engine
from fastapi_todo_kit.storage.failures import as_kit_error, is_lost_connection, is_refused_serialisation


class DriverError(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("of the driver")
        self.sqlstate = sqlstate


class SqliteError(sqlite3.OperationalError):
    def __init__(self, name: str, message: str = "of SQLite") -> None:
        super().__init__(message)
        self.sqlite_errorname = name


def wrapped(original: Exception, *, lost: bool = False) -> DBAPIError:
    return DBAPIError("SELECT 1", {}, original, connection_invalidated=lost)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("57014", DatabaseUnavailable),
        ("55P03", DatabaseUnavailable),
        ("42P05", DatabaseUnavailable),
        ("26000", DatabaseUnavailable),
        ("40001", DatabaseUnavailable),
        ("57P01", DatabaseUnavailable),
        ("57P03", DatabaseUnavailable),
        ("53300", DatabaseUnavailable),
        ("53100", StorageFull),
        ("25006", DatabaseUnavailable),
        ("28P01", DatabaseUnavailable),
        ("3D000", DatabaseUnavailable),
        ("23505", AlreadyExists),
        ("23503", WrongReference),
        ("23514", InvalidInput),
        ("22003", InvalidInput),
        ("22021", InvalidInput),
        ("22P05", InvalidInput),
        ("42P01", Unavailable),
    ],
)
def test_a_state_of_postgresql_has_one_answer(state: str, kind: type[Exception]) -> None:
    assert type(as_kit_error(wrapped(DriverError(state)))) is kind
    assert type(as_kit_error(DriverError(state))) is kind  # asyncpg's own, while it connects


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_BUSY_SNAPSHOT", DatabaseUnavailable),
        ("SQLITE_LOCKED", DatabaseUnavailable),
        ("SQLITE_READONLY", DatabaseUnavailable),
        ("SQLITE_IOERR_WRITE", DatabaseUnavailable),
        ("SQLITE_CANTOPEN", DatabaseUnavailable),
        ("SQLITE_NOTADB", DatabaseUnavailable),
        ("SQLITE_CORRUPT_VTAB", DatabaseUnavailable),
        ("SQLITE_FULL", StorageFull),
        ("SQLITE_CONSTRAINT_UNIQUE", AlreadyExists),
        ("SQLITE_CONSTRAINT_FOREIGNKEY", WrongReference),
        ("SQLITE_CONSTRAINT_NOTNULL", InvalidInput),
    ],
)
def test_an_error_of_sqlite_has_one_answer(name: str, kind: type[Exception]) -> None:
    assert type(as_kit_error(wrapped(SqliteError(name)))) is kind


def test_the_log_says_why_the_database_failed(caplog: pytest.LogCaptureFixture) -> None:
    as_kit_error(wrapped(DriverError("25006")))

    assert "the database failed: DriverError: of the driver" in caplog.text
    assert "SELECT" not in caplog.text


def test_failures_without_a_code_are_the_database_away() -> None:
    for failure in (PoolTimeout(), ConnectionRefusedError(), TimeoutError(), wrapped(DriverError(None), lost=True)):
        assert type(as_kit_error(failure)) is DatabaseUnavailable


@pytest.mark.parametrize("cause", [InternalClientError("no host will do"), ClientConfigurationError("no root.crt")])
def test_what_asyncpg_says_while_it_connects_is_the_database_away(cause: Exception) -> None:
    original = DriverError(None)
    original.__cause__ = cause

    assert type(as_kit_error(original)) is type(as_kit_error(wrapped(original))) is DatabaseUnavailable


def test_a_value_that_the_driver_cannot_encode_is_invalid_input() -> None:
    original = DriverError(None)
    original.__cause__ = OverflowError("date value out of range")

    assert type(as_kit_error(wrapped(original))) is InvalidInput


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, "\ud800"])
async def test_a_value_that_no_column_takes_is_invalid_input(settings: TodoKitSettings, value: Any) -> None:
    """Whatever validation lets through. SQLite's driver says it with errors of Python's, PostgreSQL's with its own."""
    engine = make_engine(settings)
    kind: Any = Integer() if isinstance(value, int) else String()
    statement = select(bindparam("value", type_=kind))

    async with engine.connect() as connection:
        with pytest.raises(Exception, match=r"large|range|surrogates") as failure:
            await connection.execute(statement, {"value": value})
    await engine.dispose()

    assert type(as_kit_error(failure.value)) is InvalidInput


def test_what_is_no_failure_of_a_driver_stays_what_it_is() -> None:
    for error in (TodoNotFound(), KeyError("a bug"), wrapped(DriverError(None))):
        assert as_kit_error(error) is error


def test_only_a_definite_refusal_may_be_repeated() -> None:
    assert is_refused_serialisation(wrapped(DriverError("40P01")))
    assert not is_refused_serialisation(wrapped(DriverError("57P01")))
    assert is_lost_connection(wrapped(DriverError("57P01"), lost=True))
    assert not is_lost_connection(ConnectionRefusedError())
