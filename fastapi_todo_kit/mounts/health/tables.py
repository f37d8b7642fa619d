"""Whether the database answers, and holds the tables that this release needs."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from functools import cache, partial
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.migrations.branch import Branch
from fastapi_todo_kit.mounts.health.checks import OK, Check
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.engines.connections import Connection as LentConnection

T = TypeVar("T")
_logger = get_logger(__name__)
Run = Callable[[Callable[[Connection], str]], Awaitable[str]]
"""Runs a function on a connection."""


def on_database(database: Database) -> Run:
    """Return what runs a function on the kit's own engine."""

    async def run(function: Callable[[Connection], str]) -> str:
        async def run_on(lent: LentConnection) -> str:
            async with lent.lending() as transaction:
                answer: str = await transaction.connection.run_sync(function)
                return answer

        return await database.query(run_on)

    return run


def on_session(session: AsyncSession | Session) -> Run:
    """Return what runs a function in a session of the host."""

    async def run(function: Callable[[Connection], str]) -> str:
        if isinstance(session, AsyncSession):
            return await (await session.connection()).run_sync(function)
        return await asyncio.to_thread(lambda: function(session.connection()))

    return run


def answers(run: Run) -> Check:
    """Return the check that the database answers, and whether it takes changes: a standby does not."""

    def ask(connection: Connection) -> str:
        if connection.dialect.name == "sqlite":
            file = connection.execute(text("PRAGMA database_list")).first()
            is_writable = file is None or not file.file or os.access(file.file, os.W_OK)
        else:
            is_writable = connection.scalar(text("SELECT current_setting('transaction_read_only')")) == "off"
        if is_writable:
            return OK
        _logger.warning(
            "the database is read-only, so nothing can be changed: is it a standby, or a file that is write-protected?"
        )
        return "read_only"

    return partial(run, ask)


def are_current(run: Run, branch: Branch) -> Check:
    """Return the check that the tables of a branch are those of this release."""

    async def check() -> str:
        # In a thread: Alembic takes 0.3 s to import, and reads files.
        head = await asyncio.to_thread(_head_of, branch)
        return await run(partial(_history().state, branch=branch, head=head))

    return check


@cache
def _head_of(branch: Branch) -> str:
    return str(_history().revisions(branch)[0])


def _history() -> Any:
    # Not imported above: an application that nobody asks for its health has no use for Alembic.
    return import_module("fastapi_todo_kit.migrations.own_history")
