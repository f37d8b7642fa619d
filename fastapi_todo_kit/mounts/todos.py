"""A mount of the todos: what the library is made of becomes one router."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any, Final, Protocol

from fastapi import APIRouter
from fastapi.routing import APIRoute

from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.host import ExtraModels, Host
from fastapi_todo_kit.http.call import bind
from fastapi_todo_kit.http.fastapi_releases import check_lifespan
from fastapi_todo_kit.http.limiting import limiting_of
from fastapi_todo_kit.http.routing import KitMount, KitRoute, KitRouter, ReplicatedRoute
from fastapi_todo_kit.http.strict_query import ParameterRules
from fastapi_todo_kit.kit import kit_on, observer_of, store_of
from fastapi_todo_kit.mounts.variation import Variation
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database
from fastapi_todo_kit.storage.feature import Feature
from fastapi_todo_kit.storage.replica import ReplicatedDatabase
from fastapi_todo_kit.worker.loop import working


def _router_of(feature: Feature) -> APIRouter:
    """Return the operations of a feature and of its parts: the folder of each has a router, by convention."""
    folders = [one.name for one in FEATURES if feature.name in (one.name, one.part_of)]
    router = APIRouter()
    for folder in folders:
        router.routes += import_module(f"fastapi_todo_kit.features.{folder}.router").router.routes
    return router


ROUTERS: Final[Mapping[str, APIRouter]] = {
    feature.name: _router_of(feature) for feature in FEATURES if feature.part_of is None
}
"""What can be mounted, by name."""


def todo_router(
    settings: TodoKitSettings,
    host: Host | None = None,
    *,
    features: Collection[str] | None = None,
    leave_out: Collection[str] = (),
    paths: Mapping[str, str] | None = None,
) -> KitRouter:
    """Return a router with everything a todo client needs, for `app.include_router`.

    Building it reads no environment, opens nothing, and adds neither middleware nor exception handlers to the app.
    The engine is made on first use; the router's own lifespan, which FastAPI runs with the app's, warms it up and
    closes it, but nothing depends on that.

    Args:
        settings: plain values; see `TodoKitSettings`.
        host: the callables of the application, above all `current_user`; without that, the kit's accounts are used.
        features: which features to mount, by name; all of them by default.
        leave_out: names of single operations to leave out, such as `purge_trash`.
        paths: what a feature is called in paths, such as `{"todos": "tasks"}`; by default its own name.

    Raises:
        ConfigurationError: something is missing or unknown; the message says what to write.
    """
    databases: list[Database] = []
    worker = _worker_of(settings, host or Host())
    if host is None or host.current_user is None:
        host, of_accounts = _with_accounts(settings, host)
        databases.append(of_accounts)
    mounted = _chosen(features, settings)
    variation = Variation(leave_out=leave_out, paths=dict(paths or {}), schemas=_schemas_of(host.extra_models))
    variation.check(mounted)
    observer = observer_of(settings)
    store = store_of(settings, host, observer)
    kit = kit_on(store, settings, host, observer)
    limiting = limiting_of(settings, observer)
    router = KitRouter(
        KitMount(settings.limits, ParameterRules.of(settings), observer, kit),
        dependencies=[*limiting.of_address, *bind(kit), *limiting.of_principal],
        responses=limiting.responses,
        tags=list(settings.tags),
        route_class=ReplicatedRoute if isinstance(store, ReplicatedDatabase) else KitRoute,
        generate_unique_id_function=partial(_operation_id, settings.name),
        lifespan=_lifespan(store, [store, *databases, limiting], worker, warms_up=host.session is None),
    )
    router.take_routes(route for feature in mounted.values() for route in variation.of(feature))
    return router


def _with_accounts(settings: TodoKitSettings, host: Host | None) -> tuple[Host, Database]:
    """Return the host with the kit's own accounts as its users, and the database that these are in."""
    if not settings.auth.signing_keys:
        raise ConfigurationError(
            "todo_router needs to know who is calling. Write "
            "todo_router(settings, Host(current_user=get_current_user)), where get_current_user is the dependency "
            "with which your own routes find the logged-in user. Or use the kit's accounts: "
            "pip install 'fastapi-todo-kit[auth]', and set TODO_KIT_AUTH__SECRET."
        )
    # Not imported above: it needs the extra.
    access = import_module("fastapi_todo_kit.auth.dependencies")
    user = access.current_user(settings, host)
    people = import_module("fastapi_todo_kit.auth.users.recipients").AccountPeople(user.accounts)
    given = host or Host()
    host = replace(given, current_user=user, scopes=_scopes_of, people=given.people or people)
    return host, user.accounts.database


def _scopes_of(user: Any) -> Collection[str] | None:
    # A test may override the dependency with any object.
    return getattr(user, "scopes", None)


def _chosen(features: Collection[str] | None, settings: TodoKitSettings) -> Mapping[str, APIRouter]:
    if features is None:
        features = ROUTERS.keys()
    if isinstance(features, str) or not features or (set(features) - set(ROUTERS)):
        raise ConfigurationError(f"features must be some of {sorted(ROUTERS)}, not {features!r}")
    wanted = {feature.name for feature in FEATURES if feature.is_on(settings)} & {*features}
    return {name: router for name, router in ROUTERS.items() if name in wanted}


def _schemas_of(extra: ExtraModels) -> Mapping[Any, Any]:
    return {schema: variant for feature in FEATURES for schema, variant in feature.variants(extra).items()}


def _operation_id(name: str, route: APIRoute) -> str:
    return f"{name}_{route.name}"


class _Closable(Protocol):
    async def close(self) -> None: ...


def _worker_of(settings: TodoKitSettings, host: Host) -> AbstractAsyncContextManager[None]:
    """Return the worker that works beside the requests, or nothing where there is none in the application."""
    if not settings.worker.in_app:
        return nullcontext()
    if host.session is not None:
        raise ConfigurationError(
            "The worker in the application (`worker.in_app`) needs connections of the kit's own, not Host.session: "
            "leave it off, and run `todo-kit worker`, or run_due(settings, host, session=...) from a scheduler"
        )
    check_lifespan("The worker in the application (`worker.in_app`)")
    return working(settings, host)


def _lifespan(
    store: Database | ReplicatedDatabase,
    closing: Collection[_Closable],
    worker: AbstractAsyncContextManager[None],
    *,
    warms_up: bool,
) -> Any:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        if warms_up:
            await store.warm_up()
        try:
            async with worker:
                yield
        finally:
            for one in closing:
                await one.close()

    return lifespan
