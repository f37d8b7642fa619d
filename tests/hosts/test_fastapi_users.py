"""Users of fastapi-users with integers as ids, in SQLModel's tables; the kit in their session, or on its own engine."""

import runpy
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import Depends, FastAPI, Request
from fastapi_users import BaseUserManager, FastAPIUsers, IntegerIDMixin, schemas
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlmodel import Field

from fastapi_todo_kit import (
    ConfigurationError,
    Host,
    Person,
    Recipient,
    TodoKitSettings,
    export_user,
    migrate,
    todo_router,
)
from fastapi_todo_kit.fastapi_users import ErasesTodos, host_of, people_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its last release writes Pydantic's configuration as a class
    from fastapi_users_db_sqlmodel import SQLModelBaseUserDB, SQLModelUserDatabaseAsync

    class User(SQLModelBaseUserDB, table=True):
        __tablename__ = "fastapi_users_user"

        id: int | None = Field(default=None, primary_key=True)  # type: ignore[assignment]  # the base class has a UUID
        time_zone: str = "Europe/Berlin"
        reminder_hour: int | None = 7


SECRET = "a secret of more than thirty-two bytes"
PASSWORD = "correct horse battery staple"


class UserCreate(schemas.BaseUserCreate):
    pass


class UserRead(schemas.BaseUser[int]):
    pass


class UserUpdate(schemas.BaseUserUpdate):
    pass


class Application:
    """An application as the documentation of fastapi-users sets one up, but for the adapter and the ids."""

    def __init__(self, folder: Path, *, is_shared: bool = False, **options: Any) -> None:
        self.settings = TodoKitSettings(database_url=f"sqlite:///{folder}/todos.db")
        self.engine: AsyncEngine = create_async_engine(
            f"sqlite+aiosqlite:///{folder}/{'todos' if is_shared else 'users'}.db"
        )
        self.is_shared = is_shared
        if is_shared:
            options["session"] = self.get_session
        self.users = FastAPIUsers[Any, int](self.user_manager(), [backend()])
        self.host = host_of(self.users, **options)
        self.app = FastAPI()
        self.app.include_router(self.users.get_auth_router(backend()), prefix="/auth")
        self.app.include_router(self.users.get_register_router(UserRead, UserCreate), prefix="/auth")
        self.app.include_router(self.users.get_users_router(UserRead, UserUpdate), prefix="/users")
        self.app.include_router(todo_router(self.settings, self.host), prefix="/api")

    async def get_session(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine) as session:
            yield session

    def user_manager(self) -> Any:
        settings, is_shared, get_session = self.settings, self.is_shared, self.get_session

        class UserManager(ErasesTodos, IntegerIDMixin, BaseUserManager[Any, int]):
            todo_settings = settings
            todos_in_session = is_shared
            reset_password_token_secret = verification_token_secret = SECRET

        def get_user_db(session: AsyncSession = Depends(get_session)) -> Any:  # noqa: B008  (both ways are read)
            return SQLModelUserDatabaseAsync(session, User)

        async def get_user_manager(user_db: Annotated[Any, Depends(get_user_db)]) -> AsyncIterator[Any]:
            yield UserManager(user_db)

        return get_user_manager


def backend() -> Any:
    def get_strategy() -> JWTStrategy[Any, int]:
        return JWTStrategy(secret=SECRET, lifetime_seconds=3_600)

    return AuthenticationBackend(name="jwt", transport=BearerTransport("auth/login"), get_strategy=get_strategy)


@asynccontextmanager
async def running(application: Application) -> AsyncIterator[httpx2.AsyncClient]:
    await migrate(application.settings)
    async with application.engine.begin() as connection:
        await connection.run_sync(User.__table__.create)  # type: ignore[attr-defined]  # set by SQLModel
    transport = httpx2.ASGITransport(application.app)
    async with (
        application.app.router.lifespan_context(application.app),
        httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        yield client
    await application.engine.dispose()


async def registered(client: httpx2.AsyncClient, email: str = "ann@example.com") -> Any:
    user = (await client.post("/auth/register", json={"email": email, "password": PASSWORD})).json()
    form = {"username": email, "password": PASSWORD}
    token = (await client.post("/auth/login", data=form)).json()["access_token"]
    return SimpleNamespace(**user, headers={"Authorization": f"Bearer {token}"})


async def change(application: Application, user_id: int, **values: Any) -> None:
    async with AsyncSession(application.engine) as session:
        user = await session.get_one(User, user_id)
        for name, value in values.items():
            setattr(user, name, value)
        await session.commit()


async def recipient(application: Application, user_id: str) -> Recipient | None:
    assert application.host.recipient is not None
    found: Any = application.host.recipient(user_id, None)
    who: Recipient | None = await found
    return who


@pytest.mark.parametrize("is_shared", [True, False])
async def test_users_have_todos_until_they_are_deleted(tmp_path: Path, *, is_shared: bool) -> None:
    application = Application(tmp_path, is_shared=is_shared)
    async with running(application) as client:
        ann, root = await registered(client), await registered(client, "root@example.com")
        await change(application, root.id, is_superuser=True)
        todo = (await client.post("/api/todos", json={"title": "x"}, headers=ann.headers)).json()
        assert todo["created_by"] == str(ann.id)

        assert (await client.delete(f"/users/{ann.id}", headers=root.headers)).status_code == 204

        assert (await client.get("/api/todos", headers=ann.headers)).status_code == 401
        assert [row async for row in export_user(application.settings, ann.id)] == []


async def test_who_could_not_be_deleted_keeps_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(_database: Any, _user: Any) -> None:
        raise ConnectionError("before the commit of both")

    application = Application(tmp_path, is_shared=True)
    async with running(application) as client:
        ann, root = await registered(client), await registered(client, "root@example.com")
        await change(application, root.id, is_superuser=True)
        await client.post("/api/todos", json={"title": "x"}, headers=ann.headers)

        with monkeypatch.context() as patch:
            patch.setattr(SQLModelUserDatabaseAsync, "delete", failing)
            with pytest.raises(ConnectionError):
                await client.delete(f"/users/{ann.id}", headers=root.headers)

        page = (await client.get("/api/todos", headers=ann.headers)).json()
        assert [todo["title"] for todo in page["items"]] == ["x"]


async def test_whoever_is_reminded_is_looked_up(tmp_path: Path) -> None:
    application = Application(tmp_path)
    async with running(application) as client:
        ann = await registered(client)
        unverified = Recipient(time_zone="Europe/Berlin", hour=7)

        assert await recipient(application, str(ann.id)) == unverified
        await change(application, ann.id, is_verified=True)
        assert await recipient(application, str(ann.id)) == replace(unverified, email="ann@example.com")
        await change(application, ann.id, is_active=False)
        assert [await recipient(application, one) for one in (str(ann.id), "999", "no number")] == [None] * 3


@pytest.mark.parametrize("is_one_by_one", [False, True])
async def test_those_who_share_a_space_know_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_one_by_one: bool
) -> None:
    if is_one_by_one:  # as an adapter of something else than SQLAlchemy
        monkeypatch.setattr("fastapi_todo_kit.fastapi_users.AsyncSession", type(None))
    application = Application(tmp_path)
    async with running(application) as client:
        ann, bob, eve = [await registered(client, f"{name}@example.com") for name in ("ann", "bob", "eve")]
        await change(application, ann.id, is_verified=True)
        await change(application, eve.id, is_active=False, is_verified=True)
        people: Any = people_of(application.users, name=lambda user: user.email.partition("@")[0])
        of_host: Any = application.host.people
        ids = [*(str(one.id) for one in (ann, bob, eve)), "999", "no number"]

        assert await people.by_ids(ids) == {
            str(ann.id): Person(name="ann", email="ann@example.com"),
            str(bob.id): Person(name="bob"),
        }
        assert [await people.email_of(one) for one in ids] == ["ann@example.com", *[None] * 4]
        assert await of_host.by_ids(ids[:1]) == {str(ann.id): Person(email="ann@example.com")}


async def test_those_who_must_be_verified_first_are_not_reminded_before(tmp_path: Path) -> None:
    application = Application(tmp_path, verified=True)
    async with running(application) as client:
        ann = await registered(client)

        assert (await client.get("/api/todos", headers=ann.headers)).status_code == 403
        assert await recipient(application, str(ann.id)) is None
        await change(application, ann.id, is_verified=True)
        assert (await client.get("/api/todos", headers=ann.headers)).status_code == 200
        assert await recipient(application, str(ann.id)) is not None


def test_the_manager_of_the_documentation_erases() -> None:
    manager = runpy.run_path("docs/snippets/privacy/user_manager.py")["UserManager"]

    assert manager.on_before_delete is ErasesTodos.on_before_delete
    assert manager.on_after_delete is ErasesTodos.on_after_delete


def test_options_are_those_of_a_host(tmp_path: Path) -> None:
    def space() -> None:
        return None

    host = Application(tmp_path, space=space, user_id=lambda user: f"user-{user.id}").host

    assert isinstance(host, Host)
    assert (host.space, host.recipient) == (space, None), "only the host knows who belongs to a tenant"


async def test_a_manager_that_needs_the_request_cannot_remind() -> None:
    def get_user_manager(request: Request) -> Any:
        raise AssertionError(request)

    host = host_of(FastAPIUsers[Any, int](get_user_manager, [backend()]))

    assert host.people is None
    assert host.recipient is not None
    with pytest.raises(ConfigurationError, match=r"`request` of a request"):
        await host.recipient("1", None)  # type: ignore[misc]  # it is asynchronous
