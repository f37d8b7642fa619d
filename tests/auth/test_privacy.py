"""Erasing and exporting: everything that is held on one user, and nothing of anybody else."""

import asyncio
import itertools
import json
import subprocess
import sys
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Scope

from fastapi_todo_kit import TodoKitSettings, erase_user, export_user
from fastapi_todo_kit.auth.models import metadata as accounts_metadata
from fastapi_todo_kit.auth.users import erasure
from fastapi_todo_kit.errors import DatabaseUnavailable
from fastapi_todo_kit.privacy.repository import USER_COLUMNS, PrivacyRepository
from fastapi_todo_kit.storage.tables import metadata
from fastapi_todo_kit.tables import kit_metadata
from tests.auth.support import Application, Person, auth_settings, running_application
from tests.support import TestClock

pytestmark = pytest.mark.thorough


@pytest.fixture
def auth_kit_settings(accounts_url: str) -> TodoKitSettings:
    """Revocations are asked for on each request: an erasure waits for as long as another worker may not know."""
    return auth_settings(accounts_url, revocation_max_age=0)


async def everything(settings: TodoKitSettings) -> str:
    """Return every row of every table of the kit, as text."""
    engine = create_async_engine(settings.url)
    found = []
    async with engine.connect() as connection:
        for table in (*metadata.sorted_tables, *accounts_metadata.sorted_tables):
            rows = await connection.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608  (a table's name)
            found += [f"{table.name}: {tuple(map(str, row))}" for row in rows]
    await engine.dispose()
    return "\n".join(found)


async def used(person: Person) -> str:
    """Do what leaves traces, and return the id of the user."""
    home = (await person.post("/api/lists", {"name": "secret list"})).json()
    todo = (await person.post("/api/todos", {"title": "secret todo", "list_id": home["id"]})).json()
    await person.post(f"/api/todos/{todo['id']}/complete", headers={"Idempotency-Key": "once"})
    await person.personal_token("todos:read")
    await person.elsewhere()
    return await person.user_id()


async def test_nothing_of_an_erased_account_is_left(application: Application) -> None:
    ann, bob = await application.person(), await application.person()
    identity, others = await used(ann), await used(bob)

    assert (await ann.delete("/auth/me")).status_code == 204

    left = await everything(application.settings)
    assert identity not in left
    assert identity.replace("-", "") not in left
    assert ann.email not in left
    assert others in left or others.replace("-", "") in left
    assert (await ann.get("/auth/me")).status_code == 401
    assert len((await bob.get("/api/todos")).json()["items"]) == 1


async def test_an_erased_user_cannot_log_in_and_may_register_anew(application: Application) -> None:
    ann = await application.person()
    await ann.delete("/auth/me")

    body = {"email": ann.email, "password": ann.password}
    assert (await application.client.post("/auth/login", json=body)).status_code == 401
    again = await application.person(ann.email)
    assert (await again.get("/api/todos")).json()["items"] == []


async def test_an_old_login_is_not_enough_to_erase_or_export(application: Application, auth_clock: TestClock) -> None:
    ann = await application.person()
    auth_clock.advance(minutes=11)

    for method, path in (("DELETE", "/auth/me"), ("GET", "/auth/me/export")):
        response = await ann.send(method, path)
        assert response.status_code == 401
        assert response.json()["code"] == "login_too_old"


async def test_an_export_holds_everything_and_no_secret(application: Application) -> None:
    ann = await application.person(name="Ann")
    identity = await used(ann)

    response = await ann.get("/auth/me/export")

    *lines, last = [json.loads(line) for line in response.text.splitlines()]
    assert last == {"rows": len(lines)}
    tables = {line["table"] for line in lines}
    assert {"todokit_auth_user", "todokit_auth_session", "todokit_auth_token", "todokit_todo", "todokit_list"} <= tables
    assert {"todokit_change", "todokit_space"} <= tables
    assert next(line["row"] for line in lines if line["table"] == "todokit_auth_user")["id"] == identity
    assert "argon2" not in response.text
    assert "digest" not in response.text


async def test_an_export_holds_nothing_of_anybody_else(application: Application) -> None:
    ann, bob = await application.person(), await application.person()
    await used(ann)
    other = await used(bob)

    response = await ann.get("/auth/me/export")

    assert other not in response.text
    assert bob.email not in response.text


async def test_what_a_user_made_in_the_space_of_a_tenant_stays_without_the_name(accounts_url: str) -> None:
    settings, tenant = auth_settings(accounts_url, revocation_max_age=0), uuid.uuid4().hex
    async with running_application(settings, space=lambda: tenant) as application:
        ann, bob = await application.person(), await application.person()
        identity = await used(ann)
        exported = [one async for one in export_user(settings, identity, application.host)]
        todo = (await bob.get("/api/todos", params={"status": "completed"})).json()["items"][0]

        await erase_user(settings, identity, application.host)

        after = (await bob.get(f"/api/todos/{todo['id']}")).json()
        assert after == {**todo, "created_by": "erased", "completed_by": "erased"}
        assert identity not in await everything(settings)
        named = {one["table"] for one in exported if "space_id" in one["row"]}
        assert {"todokit_todo", "todokit_list", "todokit_change"} <= named
        # Not the rows of a tenant themselves, which are not the user's.
        assert "secret todo" not in str(exported)


async def test_a_host_with_users_of_its_own_erases_them_by_their_id(application: Application) -> None:
    settings = TodoKitSettings(database_url=application.settings.database_url)

    erased = await erase_user(settings, "nobody knows me")

    assert erased == {"removed": 0, "renamed": 0}


async def test_a_superuser_erases_somebody_else(application: Application) -> None:
    ann = await application.person()
    identity = await used(ann)
    root = await application.superuser()

    assert (await root.delete(f"/auth/users/{identity}")).status_code == 204

    assert (await root.get(f"/auth/users/{identity}")).status_code == 404
    assert (await root.delete(f"/auth/users/{identity}")).status_code == 404
    assert ann.email not in await everything(application.settings)


def test_every_table_is_known_in_a_process_that_knows_no_router() -> None:
    alone = "from fastapi_todo_kit.tables import tables_of_spaces as t; print(sorted(x.name for x in t()))"
    done = subprocess.run([sys.executable, "-c", alone], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == str(sorted(str(table.name) for table in kit_metadata().sorted_tables))


def test_every_column_that_may_name_a_user_is_known() -> None:
    """A column that a later table adds must be decided about."""
    not_users = {"space_id", "id", "key", "entity", "entity_id", "op", "request_id", "delete_batch_id"}
    suspicious: set[Any] = {
        column.name
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("_by", "_id", "user", "audience")) and column.name not in not_users
    }

    others = {
        "list_id",
        "parent_id",
        "todo_id",
        "label_id",
        "target_id",
        "closed_batch_id",
        "occurrence_id",
        "series_id",
        "lease_id",
        "shared_list_id",
        "inherits_id",
        "invitation_id",
        "to_space_id",
        "target_space_id",
        "subject_id",
    }
    assert suspicious - others == set(USER_COLUMNS)


async def test_an_export_from_a_database_that_is_away_is_an_error_and_no_half_of_one(
    application: Application, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ann = await application.person()

    async def away(*_: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(erasure, "_export", away)
    response = await ann.get("/auth/me/export")

    assert (response.status_code, response.json()["code"]) == (503, "database_unavailable")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize("is_behind_middleware", [False, True])
async def test_an_export_that_breaks_off_has_no_end(
    auth_kit_settings: TodoKitSettings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    is_behind_middleware: bool,
) -> None:
    async with running_application(auth_kit_settings) as application:
        ann = await application.person()
        await used(ann)
        app: Any = application.app if not is_behind_middleware else BaseHTTPMiddleware(application.app, passed_on)
        pages, sent = itertools.count(), []
        read = PrivacyRepository._page

        async def lost(*arguments: Any) -> Any:
            if next(pages) > 4:
                raise ConnectionResetError("the database is gone")
            return await read(*arguments)

        async def send(message: Message) -> None:
            sent.append(message)

        monkeypatch.setattr(PrivacyRepository, "_page", lost)
        caplog.set_level("INFO", "fastapi_todo_kit")
        with pytest.raises(Exception):  # noqa: B017, PT011  (what it is, is the server's: it cuts the connection)
            await app(a_request_for("/auth/me/export", ann.access_token), nothing_more, send)

    assert (sent[0]["status"], len(sent) > 3) == (200, True)
    # What ends below that middleware has an end like any other, so the last line tells.
    assert is_behind_middleware or all(message["more_body"] for message in sent[1:])
    assert all("table" in json.loads(message["body"]) for message in sent[1:] if message["body"])
    assert "the answer broke off: DatabaseUnavailable" in caplog.text
    assert "operation ended" in caplog.text
    assert caplog.records[-1].__dict__["status"] == 500


async def passed_on(request: Request, call_next: RequestResponseEndpoint) -> Response:
    return await call_next(request)


async def nothing_more() -> Message:
    await asyncio.sleep(60)
    return {"type": "http.disconnect"}


def a_request_for(path: str, token: str | None) -> Scope:
    headers = [(b"authorization", f"Bearer {token}".encode()), (b"host", b"test")]
    where = {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "https"}
    who = {"client": ("10.1.2.3", 1), "server": ("test", 443)}
    version = {"version": "3.0", "spec_version": "2.4"}
    return {"type": "http", "http_version": "1.1", "asgi": version, "method": "GET", "headers": headers, **where, **who}
