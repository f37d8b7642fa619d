"""What the kit leans on that its makers have not promised, each with what takes its place when it goes.

One of these fails first, and says what to do, before a hundred other tests fail for the same reason.
"""

import inspect
from typing import Any, ClassVar

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import Column, Connection, Integer, MetaData, Table, bindparam, create_engine, event, select, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel
from starlette.types import Receive, Scope, Send


def test_starlette_hands_its_handlers_to_routes_on_the_scope() -> None:
    app = FastAPI()

    @app.get("/")
    async def handlers(request: Request) -> list[str]:
        by_class, by_status = request.scope["starlette.exception_handlers"]
        return [type(by_class).__name__, type(by_status).__name__]

    assert TestClient(app).get("/").json() == ["dict", "dict"], (
        "http/problems.py: catch the kit's errors in StrictRoute.handle instead and answer them there"
    )


def test_starlette_runs_an_application_behind_its_handlers() -> None:
    from starlette._exception_handler import wrap_app_handling_exceptions  # noqa: PLC0415  (it may be gone)

    assert list(inspect.signature(wrap_app_handling_exceptions).parameters) == ["app", "conn"], (
        "http/routing.py: look the handler of MethodNotAllowed up in the scope, by the classes that it is one of"
    )


def test_fastapi_serves_a_route_of_an_included_router_by_its_class() -> None:
    class Asked(APIRoute):
        seen: ClassVar[list[str]] = []

        async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
            self.seen.append(scope["path"])
            await super().handle(scope, receive, send)

    router, app = APIRouter(route_class=Asked), FastAPI()
    router.add_api_route("/x", lambda: "x")
    app.include_router(router, prefix="/api")

    assert TestClient(app).get("/api/x").json() == "x"
    assert Asked.seen == ["/api/x"], "http/routing.py: hand out what a mount holds in a dependency of its router"


def test_fastapi_files_the_model_of_a_response_by_its_media_type() -> None:
    class Sorted(dict[str, Any]):
        def setdefault(self, key: str, default: Any = None) -> Any:
            assert key == "application/json"
            return super().setdefault("application/problem+json", default)

    class Problem(BaseModel):
        code: str

    app = FastAPI()
    app.add_api_route("/", lambda: 1, responses={404: {"model": Problem, "content": Sorted()}})

    content = app.openapi()["paths"]["/"]["get"]["responses"]["404"]["content"]
    assert list(content) == ["application/problem+json"], (
        "http/problems.py: file the schema of Problem in the routes' openapi_extra instead"
    )


async def test_sqlalchemy_lets_an_event_of_an_async_session_wait() -> None:
    from sqlalchemy.util import await_only  # noqa: PLC0415  (it may be gone)

    heard: list[str] = []

    async def hear() -> None:
        heard.append("committed")

    engine = create_async_engine("sqlite+aiosqlite://")
    async with AsyncSession(engine) as session:
        event.listen(session.sync_session, "after_commit", lambda _: await_only(hear()))
        await session.execute(text("SELECT 1"))
        await session.commit()
    await engine.dispose()

    assert heard == ["committed"], "storage/sessions.py: start a task in after_commit"


@pytest.mark.parametrize("asks", [True, False])
def test_sqlalchemy_sets_a_savepoint_when_the_connection_is_asked_for(*, asks: bool) -> None:
    engine, seen = create_engine("sqlite://"), []
    event.listen(engine, "savepoint", lambda _connection, name: seen.append(name))
    with Session(engine) as session:
        connection = session.connection()
        with session.begin_nested():
            if asks:
                session.connection()
            connection.execute(text("SELECT 1"))
    engine.dispose()

    assert bool(seen) is asks, "storage/sessions.py: SessionStore._write need not ask for the connection any more"


def test_sqlmodel_leaves_the_columns_of_a_subclassed_table_out() -> None:
    class Base(SQLModel, table=True):
        id: int = Field(primary_key=True)

    class Extended(Base):
        more: str = ""

    table = Extended.__table__  # type: ignore[attr-defined]  # set by SQLModel for table=True
    SQLModel.metadata.remove(table)
    assert "more" not in table.columns, "storage/tables.py: TableModel.__init_subclass__ may let hosts extend tables"


def test_sqlalchemy_makes_rows_of_what_a_driver_fetched() -> None:
    from sqlalchemy.engine import result_tuple  # noqa: PLC0415  (it may be gone)

    row = result_tuple(["id", "title"])((7, "milk"))

    assert (row.title, row[0], dict(row._mapping)) == ("milk", 7, {"id": 7, "title": "milk"}), (
        "storage/engines/plans.py: make rows by collections.namedtuple"
    )


def test_sqlalchemy_says_what_a_driver_is_sent() -> None:
    table = Table("t", MetaData(), Column("id", Integer), Column("n", Integer))
    compiled = select(table).where(table.c.id.in_(bindparam("ids", expanding=True)), table.c.n > 1).compile()

    state = compiled.construct_expanded_state({"ids": [7, 8]})

    assert "IN (:ids_1, :ids_2)" in state.statement
    assert state.parameters == {"ids_1": 7, "ids_2": 8, "n_1": 1}, "storage/engines/plans.py: expand an IN there"
    assert {"ids", "n_1"} <= compiled.binds.keys()


def test_sqlalchemy_takes_a_lent_connection_for_its_own() -> None:
    engine = create_engine("sqlite://")

    with Connection(engine, engine.raw_connection()) as connection:
        assert connection.execute(text("SELECT 7")).scalar() == 7, (
            "storage/engines/postgres.py: open the host's transaction with the engine's connect(), and lend its driver"
        )
    engine.dispose()
