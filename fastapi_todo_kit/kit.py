"""Making what the library works with, of settings and a host: for a mount, a worker, a service, a purge."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any, Final, cast

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.core.errors import ConfigurationError, MissingExtra
from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.migrations.runner import upgrade_engine
from fastapi_todo_kit.policy import Action, RolePolicy
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.kit import Events, Kit, Listener, People, Store
from fastapi_todo_kit.storage.replica import ReplicatedDatabase
from fastapi_todo_kit.storage.sessions import SessionStore


def _events() -> Events:
    """Return who hears of what, and what there is to hear of, of all features."""
    listeners: dict[type, list[Listener]] = {}
    for feature in FEATURES:
        for event, heard_by in feature.listeners.items():
            listeners.setdefault(event, []).extend(heard_by)
    return Events(listeners, {str(kind.__struct_config__.tag): kind for one in FEATURES for kind in one.changes})


EVENTS: Final = _events()


def event_of(row: Mapping[str, Any]) -> ChangeEvent:
    """Return the event of a row of the change log; a plain `ChangeEvent` for a kind that this version does not know."""
    return EVENTS.event_of(row)


def kit_on(store: Store, settings: TodoKitSettings, host: Host | None, observer: Observer = NOBODY) -> Kit:
    """Return what works on a store, with every listener of the library."""
    return Kit(settings, _with_policy(settings, host or Host()), store, EVENTS, observer)


def _with_policy(settings: TodoKitSettings, host: Host) -> Host:
    """Return a host whose roles may do what the settings say besides."""
    if not settings.sharing.members_may_invite or not isinstance(host.policy, RolePolicy):
        return host
    return replace(host, policy=host.policy.granting("editor", Action.INVITE_MEMBER))


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
    async with _running_store(settings, host, session, _database_of(settings)) as store:
        yield kit_on(store, settings, host)


@asynccontextmanager
async def worker_kit(
    settings: TodoKitSettings, host: Host | None, session: AsyncSession | Session | None = None
) -> AsyncIterator[Kit]:
    """Yield what a worker works with: its tables are there already, and it knows the users of the kit's accounts.

    Raises:
        ConfigurationError: the database is in memory, where a worker finds nothing.
        MissingExtra: an extra is not installed.
    """
    if session is None and settings.is_in_memory:
        raise ConfigurationError(
            "A worker has connections of its own, and finds nothing of a SQLite in memory: use a file"
        )
    observer = observer_of(settings)
    database = Database(_with_connections(settings), observer=observer)
    async with _running_store(settings, host, session, database) as store:
        if store is database:
            await database.open()  # or what is missing would be tried for again and again
        host, people = _with_people(settings, host or Host())
        try:
            yield replace(kit_on(store, settings, host, observer), people=people)
        finally:
            if people is not None:
                await people.close()


@asynccontextmanager
async def _running_store(
    settings: TodoKitSettings, host: Host | None, session: AsyncSession | Session | None, database: Database
) -> AsyncIterator[Store]:
    """Yield where work without a request is done: in a session of the host, or else in a database, closed in the end.

    Raises:
        ConfigurationError: the todos are in the database of the host's sessions, and the settings do not name it: the
            default would be another one, in which there is nothing to be found.
    """
    if session is not None:
        yield SessionStore(session, commits=True)
        return
    if host is not None and host.session is not None and "database_url" not in settings.model_fields_set:
        raise ConfigurationError(
            "The todos are in the database of Host.session, which works in requests only. Pass session=..., or set "
            "database_url (TODO_KIT_DATABASE_URL) to the URL of that database"
        )
    try:
        yield database
    finally:
        await database.close()


def _with_people(settings: TodoKitSettings, host: Host) -> tuple[Host, People | None]:
    """Return a host that says who users are, where they are those of the kit's accounts."""
    if host.current_user is not None or not settings.auth.signing_keys:
        return host, None
    # Not imported above: accounts need an extra.
    people: People = import_module("fastapi_todo_kit.auth.users.recipients").people_of(settings, host)
    return replace(host, recipient=host.recipient or people.recipient, people=host.people or people), people


def _with_connections(settings: TodoKitSettings) -> TodoKitSettings:
    """Return settings with a connection for each thing that is done at once, and for the heartbeat.

    Those that a pool lends beyond its size are closed each time: half of the work of a worker was to connect.
    """
    size = max(settings.pool.size, settings.worker.at_once + 1)
    return settings.model_copy(update={"pool": settings.pool.model_copy(update={"size": size})})


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
