"""Who may use which operation on accounts: each one that there is, by everybody that there is."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import Depends, FastAPI, Response

from fastapi_todo_kit import Host, TodoKitSettings, auth_router
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.conftest import migrated
from tests.auth.outside import another_process, execute, without_request_id
from tests.auth.support import PASSWORD, Application, Person, auth_settings, running_application

pytestmark = pytest.mark.thorough

OPEN, READS, SESSION, SUPERUSER = "everybody", "account:read", "a session", "a superuser in a session"
GUARDS = {
    "refresh_session": OPEN, "get_key_set": OPEN, "log_in": OPEN, "log_in_with_form": OPEN, "request_reset": OPEN,
    "reset_password": OPEN, "register": OPEN, "request_verification": OPEN, "verify_email": OPEN,
    "confirm_email": OPEN, "list_providers": OPEN, "authorize": OPEN, "log_in_with_provider": OPEN,
    "list_sessions": READS, "get_me": READS, "list_tokens": READS, "list_logins": READS,
    "log_out": SESSION, "end_sessions": SESSION, "end_session": SESSION, "change_password": SESSION,
    "change_email": SESSION, "update_me": SESSION, "delete_me": SESSION, "export_me": SESSION, "create_token": SESSION,
    "delete_token": SESSION, "link_login": SESSION, "unlink_login": SESSION,
    "list_users": SUPERUSER, "create_user": SUPERUSER, "get_user": SUPERUSER, "update_user": SUPERUSER,
    "delete_user": SUPERUSER, "end_user_sessions": SUPERUSER,
}  # fmt: skip
# What nobody, a personal access token with every scope, a user in a session, and a superuser in one are answered.
ALLOWED = 200
ANSWERS = {
    OPEN: (ALLOWED, ALLOWED, ALLOWED, ALLOWED),
    READS: (401, ALLOWED, ALLOWED, ALLOWED),
    SESSION: (401, 403, ALLOWED, ALLOWED),
    SUPERUSER: (401, 403, 403, ALLOWED),
}
SCOPES = ("todos:read", "todos:write", "account:read", "shop:read")
# An erasure waits until every worker knows of it, which no test of this file is about.
AT_ONCE = timedelta(0)
PROVIDER = {"code": "x", "state": "x", "secret": "x"}
BODIES: dict[str, dict[str, Any]] = {
    "refresh_session": {"refresh_token": "{refresh_token}"},
    "log_in": {"email": "{email}", "password": PASSWORD},
    "request_reset": {"email": "{email}"},
    "reset_password": {"token": "x", "password": PASSWORD},
    "register": {"email": "{email}", "password": PASSWORD},
    "request_verification": {"email": "{email}"},
    "verify_email": {"token": "x"},
    "confirm_email": {"token": "x"},
    "log_in_with_provider": PROVIDER,
    "change_password": {"current_password": PASSWORD, "new_password": "another fine password"},
    "change_email": {"email": "new-{email}", "password": PASSWORD},
    "update_me": {"name": "Ann"},
    "create_token": {"name": "x", "scopes": ["todos:read"]},
    "link_login": PROVIDER,
    "create_user": {"email": "new-{email}"},
    "update_user": {"name": "Ann"},
}


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str


def read_operations() -> list[Operation]:
    """Return every operation on accounts, so that a new one is tested without being named here."""
    app = FastAPI()
    app.include_router(auth_router(auth_settings("sqlite+aiosqlite://"), Host(mailer=MemoryMailer())), prefix="/auth")
    return [
        Operation(operation["operationId"].removeprefix("todo_kit_"), method.upper(), path)
        for path, item in app.openapi()["paths"].items()
        for method, operation in item.items()
    ]


OPERATIONS = read_operations()
each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)


@pytest.fixture(scope="module")
async def shared(accounts_sqlite_url: str) -> AsyncIterator[Application]:
    """An application for all operations; who may use one does not depend on the database."""
    generous = dict.fromkeys(("per_account_and_address", "per_account", "per_address", "mails_per_account"), 10_000)
    settings = auth_settings(accounts_sqlite_url, scopes=("shop:read",), limits=generous, revocation_max_age=AT_ONCE)
    async with running_application(settings) as application:
        yield application


async def ids_of(person: Person) -> dict[str, str]:
    """Return an id of each thing that a path can name, all of one user; the session is not the present one."""
    other = await person.elsewhere()
    await person.personal_token("todos:read")
    sessions = (await other.get("/auth/sessions")).json()["items"]
    return {
        "session_id": next(one["id"] for one in sessions if one["is_current"]),
        "token_id": (await other.get("/auth/tokens")).json()["items"][0]["id"],
        "user_id": await other.user_id(),
        "provider": "unknown",
    }


async def send(person: Person, operation: Operation, path: str, owner: Person) -> httpx2.Response:
    if operation.name == "log_in_with_form":
        form = {"username": owner.email, "password": PASSWORD}
        return await person.send("POST", path, data=form)
    known = {"email": owner.email, "refresh_token": str(owner.refresh_token)}
    body = {
        name: value.format(**known) if isinstance(value, str) else value
        for name, value in BODIES.get(operation.name, {}).items()
    }
    return await person.send(operation.method, path, body or None)


def guard_says(response: httpx2.Response) -> int:
    assert response.status_code < 500, response.text
    return response.status_code if response.status_code in {401, 403} else ALLOWED


def test_there_is_a_row_for_each_operation() -> None:
    assert set(GUARDS) == {operation.name for operation in OPERATIONS}


@each_operation
async def test_an_operation_is_open_to_whom_the_table_names(shared: Application, operation: Operation) -> None:
    ann, admin = await shared.person(), await shared.superuser()
    path = operation.path.format(**await ids_of(ann))
    nobody = shared.nobody()
    script = ann.with_token(await ann.personal_token(*SCOPES))

    answers = []
    for caller in (nobody, script, ann, admin):
        # Somebody who has changed a password or left is no witness for the next one.
        owner = await shared.person() if operation.name in {"log_in", "log_in_with_form", "refresh_session"} else caller
        answers.append(guard_says(await send(caller, operation, path, owner)))

    assert tuple(answers) == ANSWERS[GUARDS[operation.name]]


async def test_a_token_of_a_superuser_is_no_superuser(shared: Application) -> None:
    admin = await shared.superuser()
    ids, script = await ids_of(admin), admin.with_token(await admin.personal_token(*SCOPES))

    for operation in OPERATIONS:
        if GUARDS[operation.name] in {SESSION, SUPERUSER}:
            response = await send(script, operation, operation.path.format(**ids), admin)
            assert (response.status_code, response.json()["code"]) == (403, "insufficient_scope"), operation
            assert response.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'
            assert "log in" in response.json()["detail"], "there is no scope that would do"


@pytest.mark.parametrize("scope", ["todos:read", "todos:write", "account:read", "shop:read"])
async def test_a_token_does_what_its_scope_says_and_nothing_else(shared: Application, scope: str) -> None:
    ann = await shared.person()
    script = ann.with_token(await ann.personal_token(scope))

    reads = (await script.get("/api/todos")).status_code
    writes = (await script.post("/api/todos", {"title": "x"})).status_code
    sees = (await script.get("/auth/me")).status_code

    assert (reads, writes, sees) == {
        "todos:read": (200, 403, 403), "todos:write": (403, 201, 403), "account:read": (403, 403, 200)
    }.get(scope, (403, 403, 403))  # fmt: skip


WITH_IDS = [operation for operation in OPERATIONS if "_id}" in operation.path]


@pytest.mark.parametrize("operation", WITH_IDS, ids=lambda operation: operation.name)
async def test_a_foreign_id_is_like_one_that_never_was(shared: Application, operation: Operation) -> None:
    ann, eve = await shared.person(), await shared.person()
    caller = await shared.superuser() if GUARDS[operation.name] == SUPERUSER else eve
    foreign = operation.path.format(**await ids_of(ann))
    nowhere = dict.fromkeys(("session_id", "token_id", "user_id"), str(uuid.uuid4()))

    missing = await send(caller, operation, operation.path.format(**nowhere), caller)
    others = [operation.path.format(**dict.fromkeys(nowhere, one)) for one in ("x", "0", "%00", str(uuid.UUID(int=0)))]
    if caller is eve:
        others.append(foreign)

    assert missing.status_code == 404
    for path in others:
        assert without_request_id(await send(caller, operation, path, caller)) == without_request_id(missing), path
    if caller is not eve:
        stranger = await send(eve, operation, foreign, eve)
        same = await send(eve, operation, operation.path.format(**nowhere), eve)
        assert stranger.status_code == 403
        assert without_request_id(stranger) == without_request_id(same)
    assert (await ann.get("/auth/me")).status_code == 200


async def test_disabling_somebody_ends_everything_at_once(application: Application) -> None:
    ann, admin = await application.person(), await application.superuser()
    other, script = await ann.elsewhere(), ann.with_token(await ann.personal_token("account:read"))
    assert (await script.get("/auth/me")).status_code == 200

    assert (await admin.patch(f"/auth/users/{await ann.user_id()}", {"is_active": False})).status_code == 200

    assert [(await one.get("/auth/me")).status_code for one in (ann, other, script)] == [401] * 3
    assert [(await one.refresh()).status_code for one in (ann, other)] == [401] * 2
    assert (await ann.post("/auth/login", {"email": ann.email, "password": PASSWORD})).status_code == 401


async def test_a_right_that_is_taken_is_gone_at_once(application: Application) -> None:
    one, other = await application.superuser(), await application.superuser()

    assert (await one.patch(f"/auth/users/{await other.user_id()}", {"is_superuser": False})).status_code == 200

    assert (await other.get("/auth/users")).status_code == 401
    await other.log_in()
    assert (await other.get("/auth/users")).status_code == 403


@pytest.fixture(params=("sqlite", "postgresql"))
def own_url(request: pytest.FixtureRequest, new_postgres: Callable[[], str], tmp_path: Any) -> str:
    """A database without superusers of other tests."""
    if request.param == "postgresql":
        return migrated(new_postgres())
    return migrated(f"sqlite+aiosqlite:///{tmp_path}/own.db")


async def superusers_left(application: Application) -> int:
    statement = "SELECT count(*) FROM todokit_auth_user WHERE is_superuser AND is_active"
    return int((await execute(application, statement))[0][0])


@pytest.mark.parametrize("change", [{"is_superuser": False}, {"is_active": False}, {"is_verified": False}, None])
async def test_the_last_superuser_stays_one(own_url: str, change: dict[str, bool] | None) -> None:
    async with running_application(auth_settings(own_url)) as application:
        admin = await application.superuser()
        path = f"/auth/users/{await admin.user_id()}"

        answer = await (admin.delete(path) if change is None else admin.patch(path, change))

        assert answer.status_code == 409, answer.text
        assert (await admin.get("/auth/users")).status_code == 200


@pytest.mark.parametrize("how", ["demote", "disable", "erase", "leave"])
async def test_two_superusers_at_once_leave_one(own_url: str, how: str) -> None:
    # Each in a worker of its own, and several times: what goes wrong goes wrong between two statements.
    settings = auth_settings(own_url, revocation_max_age=AT_ONCE)
    async with running_application(settings) as one, another_process(), running_application(settings) as other:
        for _ in range(3):
            await execute(one, "UPDATE todokit_auth_user SET is_superuser = false")
            pair = [await one.superuser(), await other.superuser()]
            ids = [await person.user_id() for person in pair]
            await asyncio.gather(
                take_away(pair[0], how, ids[0 if how == "leave" else 1]),
                take_away(pair[1], how, ids[1 if how == "leave" else 0]),
            )
            assert await superusers_left(one) == 1


async def take_away(caller: Person, how: str, user_id: str) -> None:
    path = f"/auth/users/{user_id}"
    if how in {"demote", "disable"}:
        change = {"is_superuser": False} if how == "demote" else {"is_active": False}
        response = await caller.patch(path, change)
    else:
        response = await caller.delete("/auth/me" if how == "leave" else path)
    assert response.status_code in {200, 204, 401, 403, 404, 409}, response.text


async def test_cookies_and_headers_of_a_hosts_dependencies_are_in_every_answer(
    auth_kit_settings: TodoKitSettings,
) -> None:
    def sliding(response: Response) -> None:
        response.set_cookie("session", "renewed")
        response.headers["X-Renewed"] = "1"

    async with running_application(auth_kit_settings) as application:
        ann = await application.person()
        app = FastAPI()
        app.include_router(auth_router(auth_kit_settings, application.host), dependencies=[Depends(sliding)])
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="https://test") as client:
            bearer = {"Authorization": f"Bearer {ann.access_token}"}
            body = {"email": ann.email, "password": ann.password}
            answers = [
                await client.post("/login", json=body),
                await client.get("/me", headers=bearer),
                await client.get("/me/export", headers=bearer),
                await client.post("/logout", headers=bearer),
            ]

    for answer in answers:
        assert answer.status_code in {200, 204}, answer.text
        assert answer.headers.get_list("x-renewed") == ["1"]
        assert [one.partition(";")[0] for one in answer.headers.get_list("set-cookie")].count("session=renewed") == 1
