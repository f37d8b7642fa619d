"""The composition root: the only module that knows every feature."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi.routing import APIRoute

from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.http.call import Kit, bind
from fastapi_todo_kit.http.routing import KitRoute, KitRouter
from fastapi_todo_kit.labels.events import LabelRemoved
from fastapi_todo_kit.labels.router import router as labels
from fastapi_todo_kit.lists.events import CountsWanted, ListDuplicated, ListRestored, ListTrashed
from fastapi_todo_kit.lists.router import router as lists
from fastapi_todo_kit.migrations.runner import upgrade_engine
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.spaces.router import router as spaces
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.work import Events
from fastapi_todo_kit.todos.listeners import (
    on_counts_wanted,
    on_label_removed,
    on_list_duplicated,
    on_list_restored,
    on_list_trashed,
)
from fastapi_todo_kit.todos.router import router as todos
from fastapi_todo_kit.trash.router import router as trash

_EVENTS = Events(
    {
        ListTrashed: (on_list_trashed,),
        ListRestored: (on_list_restored,),
        ListDuplicated: (on_list_duplicated,),
        LabelRemoved: (on_label_removed,),
        CountsWanted: (on_counts_wanted,),
    }
)
# Routes are matched one after another, so what is asked for most comes first.
_FEATURES = (todos, lists, labels, trash, spaces)


def todo_router(settings: TodoKitSettings, host: Host | None = None) -> KitRouter:
    """Return a router with everything a todo client needs, for `app.include_router`.

    Building it reads no environment, opens nothing, and adds neither middleware nor exception handlers to the app.
    The engine is made on first use; the router's own lifespan, which FastAPI runs with the app's, warms it up and
    closes it, but nothing depends on that.

    Args:
        settings: plain values; see `TodoKitSettings`.
        host: the callables of the application, above all `current_user`.

    Raises:
        ConfigurationError: something is missing; the message says what to write.
    """
    if host is None or host.current_user is None:
        raise ConfigurationError(
            "todo_router needs to know who is calling. Write "
            "todo_router(settings, Host(current_user=get_current_user)), where get_current_user is the dependency "
            "with which your own routes find the logged-in user."
        )
    database = Database(settings, prepare=upgrade_engine if settings.migrates_itself else None)
    kit = Kit(settings, host, database, _EVENTS)
    router = KitRouter(
        dependencies=bind(kit),
        tags=list(settings.tags),
        route_class=KitRoute,
        generate_unique_id_function=partial(_operation_id, settings.name),
        lifespan=_lifespan(database, warms_up=host.session is None),
    )
    router.kit = kit
    for feature in _FEATURES:
        router.include_router(feature)
    return router


def _operation_id(name: str, route: APIRoute) -> str:
    return f"{name}_{route.name}"


def _lifespan(database: Database, *, warms_up: bool) -> Any:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        if warms_up:
            await database.warm_up()
        try:
            yield
        finally:
            await database.close()

    return lifespan
