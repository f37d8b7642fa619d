"""The routes that orchestrators and load balancers ask."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response
from typing_extensions import TypeAliasType

from fastapi_todo_kit.core.observing.observer import NOBODY
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.migrations.branch import ACCOUNTS, TODOS
from fastapi_todo_kit.migrations.runner import branches_of
from fastapi_todo_kit.mounts.health.checks import AWAY, NO_OBSTACLES, OK, Check, Readiness
from fastapi_todo_kit.mounts.health.tables import Run, answers, are_current, on_database, on_session
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.database import Database

_NOT_STORED: Final = {"Cache-Control": "no-store"}
_TABLES: Final = {TODOS.label: "tables", ACCOUNTS.label: "account_tables"}

HealthStatus = TypeAliasType(
    "HealthStatus",
    Annotated[Literal["ok", "unavailable"], Field(title="HealthStatus", description="Whether what is needed is there")],
)


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Ready(BaseModel):
    """What the kit needs, and how it is."""

    status: HealthStatus
    checks: dict[str, str] = Field(
        description="`ok`; `unavailable`; of the database also `read_only`; of tables also `missing`, `old`, `newer`"
    )


class Release(BaseModel):
    """Which release this is."""

    version: str


def health_router(settings: TodoKitSettings, host: Host | None = None) -> APIRouter:
    """Return a router with `/live`, `/ready` and `/version`, for `app.include_router(..., prefix="/health")`.

    They ask for no user. `ready` looks at most once a second, and answers 503 where something is missing.

    Args:
        settings: those of `todo_router`.
        host: with a `session`, it is that one whose database is looked at.
    """
    database = Database(settings)
    router = APIRouter(
        tags=["Health"],
        generate_unique_id_function=partial(_operation_id, settings.name),
        lifespan=_closing(database),
    )
    router.add_api_route("/live", live, name="live", response_model=Alive)
    ready = _of_session(settings, host) if host is not None and host.session is not None else _of(settings, database)
    responses: dict[int | str, dict[str, Any]] = {503: {"model": Ready}}
    router.add_api_route("/ready", ready, name="ready", response_model=Ready, responses=responses)
    router.add_api_route("/version", release, name="version", response_model=Release)
    return router


async def live() -> Response:
    """The process answers; ask this to know when to restart it."""
    return JSONResponse({"status": OK}, headers=_NOT_STORED)


async def release() -> Response:
    """Which release of the kit this is."""
    return JSONResponse({"version": version("fastapi-todo-kit")}, headers=_NOT_STORED)


def _of(settings: TodoKitSettings, database: Database) -> Callable[..., Any]:
    readiness, checks = Readiness(), _checks(settings, on_database(database))

    async def ready() -> Response:
        """What the kit needs is there; ask this to know whether to send requests."""
        return _answer(await readiness.look(checks))

    return ready


def _of_session(settings: TodoKitSettings, host: Host) -> Callable[..., Any]:
    readiness = Readiness()

    async def ready(session: Annotated[Any, Depends(host.session)]) -> Response:
        """What the kit needs is there; ask this to know whether to send requests."""
        return _answer(await readiness.look(_checks(settings, on_session(session))))

    return ready


def _checks(settings: TodoKitSettings, run: Run) -> dict[str, Check]:
    checks = {"database": answers(run)}
    if not settings.migrates_itself:  # else they are made on first use
        checks |= {_TABLES[branch.label]: are_current(run, branch) for branch in branches_of(settings)}
    if settings.rate_limits.are_set and settings.rate_limits.are_shared:
        checks["rate_limits"] = _store_answers(settings)
    return checks


def _store_answers(settings: TodoKitSettings) -> Check:
    # Not imported above: it needs the extra.
    limiters = import_module("fastapi_todo_kit.http.rate_limits.limiter")
    limiter = limiters.Limiter(settings.rate_limits, settings.name, NOBODY)

    async def check() -> str:
        try:
            return OK if await limiter.is_reachable() else AWAY
        finally:
            await limiter.close()

    return check


def _answer(said: Mapping[str, str]) -> Response:
    is_ready = NO_OBSTACLES.issuperset(said.values())
    body = {"status": OK if is_ready else AWAY, "checks": said}
    return JSONResponse(body, 200 if is_ready else 503, headers=_NOT_STORED)


def _operation_id(name: str, route: APIRoute) -> str:
    return f"{name}_{route.name}"


def _closing(database: Database) -> Any:
    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        yield
        await database.close()

    return lifespan
