"""Making what the library works with, of settings and a host: for a mount, a worker, a service, a purge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.catalog import EVENTS
from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.errors import MissingExtra
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.migrations.runner import upgrade_engine
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.kit import Kit, Store
from fastapi_todo_kit.storage.replica import ReplicatedDatabase
from fastapi_todo_kit.storage.sessions import SessionStore


def kit_on(store: Store, settings: TodoKitSettings, host: Host | None, observer: Observer = NOBODY) -> Kit:
    """Return what works on a store, with every listener of the library."""
    return Kit(settings, host or Host(), store, EVENTS, observer)


def store_of(settings: TodoKitSettings, host: Host, observer: Observer = NOBODY) -> Database | ReplicatedDatabase:
    """Return the kit's own engine, with the replica that the settings name; a host's session reads where it writes."""
    database = _database_of(settings, observer)
    if settings.read_url is None or host.session is not None:
        return database
    return ReplicatedDatabase(settings, database, observer)


@asynccontextmanager
async def running_kit(
    settings: TodoKitSettings, host: Host | None, session: AsyncSession | Session | None = None
) -> AsyncIterator[Kit]:
    """Yield a kit for a while: in a session of the host, committed after each step, or on connections of its own."""
    if session is not None:
        yield kit_on(SessionStore(session, commits=True), settings, host)
        return
    database = _database_of(settings)
    try:
        yield kit_on(database, settings, host)
    finally:
        await database.close()


def observer_of(settings: TodoKitSettings) -> Observer:
    """Return who measures a mount.

    Raises:
        MissingExtra: metrics are wanted, and the extra is not installed.
    """
    if not settings.metrics:
        return NOBODY
    try:
        # Not imported above: it needs the extra.
        metrics = import_module("fastapi_todo_kit.core.observing.metrics")
    except ModuleNotFoundError as error:
        if error.name != "prometheus_client":
            raise
        raise MissingExtra("Metrics need: pip install 'fastapi-todo-kit[metrics]'") from None
    return cast("Observer", metrics.metrics_of(settings.name))


def _database_of(settings: TodoKitSettings, observer: Observer = NOBODY) -> Database:
    """Return the kit's own engine, which makes the tables of an embedded database when it is first used."""
    return Database(settings, upgrade_engine if settings.migrates_itself else None, observer)
