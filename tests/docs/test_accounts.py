"""The snippets of accounts: each does what its page says, on a database made by the real migrations."""

import asyncio
import os
import re
import runpy
import shlex
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from string import Template
from typing import Any

import bcrypt
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI
from fastapi.testclient import TestClient
from fastapi_users.password import PasswordHelper
from fastapi_users_db_sqlalchemy import SQLAlchemyBaseOAuthAccountTableUUID, SQLAlchemyBaseUserTableUUID
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Session

from fastapi_todo_kit import Auth, Host, TodoKitSettings, auth_router, current_user, migrate, send_mails, todo_router
from fastapi_todo_kit.testing import MemoryMailer
from tests.docs.running import DOCS, ROOT, SNIPPETS, ran, run_script

pytestmark = pytest.mark.thorough

PASSWORD = "seven green bottles"


@pytest.fixture(autouse=True)
def accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of an application with accounts, on a database of the test's own."""
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/accounts.db",
        "AUTH__SECRET": "a secret of the tests, of at least 32 bytes",
        "AUTH__ARGON2__MEMORY_KIB": "19456",
        "AUTH__ARGON2__PASSES": "2",
        "AUTH__ARGON2__LANES": "1",
        "MAIL__IN_BACKGROUND": "false",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"TODO_KIT_{name}", value)


class Terminal:
    """What runs the curl commands of a page, and fills in what the reader would have copied from mails and answers."""

    def __init__(self, client: TestClient, settings: TodoKitSettings, host: Host, mailer: MemoryMailer) -> None:
        self.client, self.mailer = client, mailer
        self._settings, self._host = settings, host
        self.known: dict[str, str] = {"AUTH": "/auth", "API": "/api"}

    def send_mails(self) -> None:
        assert self.client.portal is not None
        self.client.portal.call(send_mails, self._settings, self._host)

    def run(self, command: str) -> Any:
        if "$TOKEN" in command:
            self.send_mails()
            self.known["TOKEN"] = self.mailer.last_token("ann@example.com")
        answer = self._curl(shlex.split(Template(command).substitute(self.known))[1:])
        said = answer.json() if answer.content else {}
        names = {"ACCESS": "access_token", "REFRESH": "refresh_token", "PERSONAL": "token", "ID": "id"}
        self.known |= {name: said[field] for name, field in names.items() if field in said}
        return answer

    def _curl(self, words: list[str]) -> Any:
        method, url, headers, options = "GET", "", {"Content-Type": "application/json"}, dict[str, Any]()
        rest = iter(words)
        for word in rest:
            match word:
                case "-X":
                    method = next(rest)
                case "-H":
                    name, _, value = next(rest).partition(": ")
                    headers[name] = value
                case "-d":
                    options["content"] = next(rest)
                case "-u":
                    options["auth"] = tuple(next(rest).split(":"))
                case _:
                    url = word
        return self.client.request(method, url, headers=headers, **options)


@contextmanager
def terminal(settings: TodoKitSettings | None = None) -> Iterator[Terminal]:
    """Yield a terminal before an application with accounts below /auth and todos below /api."""
    settings, mailer = settings or TodoKitSettings(), MemoryMailer()
    host = Host(mailer=mailer)
    app = FastAPI()
    app.include_router(auth_router(settings, host), prefix="/auth")
    app.include_router(todo_router(settings, host), prefix="/api")
    with TestClient(app, base_url="https://test") as client:
        yield Terminal(client, settings, host, mailer)


def commands(snippet: str) -> list[str]:
    lines = (SNIPPETS / snippet).read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith("curl ")]


def ann(terminal: Terminal) -> None:
    """Let Ann register, verify her address and log in."""
    for command in commands("accounts/tour.sh")[:3]:
        assert terminal.run(command).is_success


def test_without_users_the_kit_has_some() -> None:
    with ran("accounts/no_users.py") as names, TestClient(names["app"]) as client:
        assert client.get("/api/todos").status_code == 401
        assert client.post("/auth/register", json={"email": "ann@example.com", "password": PASSWORD}).is_success


def test_the_tour_of_accounts_works_line_by_line() -> None:
    with terminal() as one:
        answers = [one.run(command) for command in commands("accounts/tour.sh")]

    assert len(answers) == 11
    assert all(answer.is_success for answer in answers), [answer.text for answer in answers if not answer.is_success]


def test_the_tour_of_personal_access_tokens_works_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODO_KIT_AUTH__BASIC", "true")
    with terminal() as one:
        ann(one)
        answers = [one.run(command) for command in commands("accounts/tokens.sh")]
        refused = one.run(commands("accounts/tokens.sh")[1])

    assert all(answer.is_success for answer in answers), [answer.text for answer in answers if not answer.is_success]
    assert answers[3].json()["items"][0]["hint"] == answers[0].json()["token"][-4:]
    assert refused.status_code == 401


def test_routes_of_the_host_know_who_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODO_KIT_AUTH__SCOPES", '["reports:read"]')
    with terminal() as one, ran("accounts/routes.py") as names, TestClient(names["app"]) as host:
        ann(one)
        session = {"Authorization": f"Bearer {one.known['ACCESS']}"}
        made = one.client.post("/auth/tokens", headers=session, json={"name": "report", "scopes": ["reports:read"]})
        other = one.client.post("/auth/tokens", headers=session, json={"name": "other", "scopes": ["todos:read"]})
        script, reader = ({"Authorization": f"Bearer {token.json()['token']}"} for token in (made, other))
        user_id = one.client.get("/auth/me", headers=session).json()["id"]

        assert host.get("/profile", headers=session).json()["id"] == user_id
        assert host.get("/profile").headers["www-authenticate"] == "Bearer"
        assert [host.get("/greeting", headers=one).json() for one in ({}, session)] == ["Hello", f"Hello, {user_id}"]
        assert [host.get("/reports", headers=one).status_code for one in (session, script, reader)] == [200, 200, 403]
        assert [host.post("/payout", headers=one).status_code for one in (session, script)] == [200, 401]


def test_an_old_key_verifies_and_the_new_one_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("old", "new"):
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (tmp_path / f"{name}.pem").write_bytes(pem)
    monkeypatch.delenv("TODO_KIT_AUTH__SECRET")
    environment = {name for name in os.environ if name.startswith("TODO_KIT_AUTH__")}
    for name in environment:
        monkeypatch.delenv(name)

    with ran("accounts/keys.py") as names:
        before, after = TodoKitSettings(auth=Auth(keys=(names["key"]("old.pem"),))), names["settings"]
        with terminal(before) as one:
            ann(one)
        session = {"Authorization": f"Bearer {one.known['ACCESS']}"}
        with terminal(after) as other:
            read = other.client.get("/auth/me", headers=session)
            refreshed = other.client.post("/auth/refresh", json={"refresh_token": one.known["REFRESH"]}).json()
            published = other.client.get("/auth/.well-known/jwks.json").json()["keys"]

    assert read.status_code == 200
    assert [(key["alg"], "d" in key) for key in published] == [("ES256", False), ("ES256", False)]
    assert jwt.get_unverified_header(refreshed["access_token"])["kid"] == published[0]["kid"]


def test_a_scheduler_sends_what_waits() -> None:
    with terminal() as one:
        one.run(commands("accounts/tour.sh")[0])

        told = run_script("accounts/send_mails.py")

    assert "/verify-email#token=" in told
    assert told.endswith("1 mails were sent\n")


def test_a_user_is_exported_and_erased() -> None:
    with terminal() as one:
        ann(one)
        session = {"Authorization": f"Bearer {one.known['ACCESS']}"}
        one.client.post("/api/todos", json={"title": "Buy milk"}, headers=session)
        user_id = one.client.get("/auth/me", headers=session).json()["id"]
    exported = run_script("privacy/export.py", user_id)

    assert "Buy milk" in exported
    assert "argon2" not in exported
    assert run_script("privacy/erase.py", user_id).endswith(" name nobody any more\n")
    assert run_script("privacy/export.py", user_id) == ""


def test_a_host_erases_in_its_own_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TODO_KIT_AUTH__SECRET")
    script = (SNIPPETS / "privacy/own_transaction.py").read_text("utf-8")
    driver = """
import asyncio
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from fastapi_todo_kit import migrate, todo_services
from fastapi_todo_kit.schemas import TodoCreate

async def main():
    await migrate(settings)
    engine = create_async_engine(settings.database_url)
    async with async_sessionmaker(engine)() as session:
        async with todo_services(settings, session=session, user_id="42") as kit:
            await kit.todos.create(TodoCreate(title="Buy milk"))
        await session.commit()
    async with async_sessionmaker(engine)() as session:
        await delete_customer(session, "42")
    await engine.dispose()

asyncio.run(main())
"""
    (tmp_path / "script.py").write_text(script + driver, "utf-8")
    run_script(tmp_path / "script.py")

    with closing(sqlite3.connect(tmp_path / "accounts.db")) as database:
        assert database.execute("SELECT count(*) FROM todokit_todo").fetchall() == [(0,)]


class Base(DeclarativeBase):
    pass


class OldUser(SQLAlchemyBaseUserTableUUID, Base):
    pass


class OldLogin(SQLAlchemyBaseOAuthAccountTableUUID, Base):
    pass


def old_users(url: str, *users: OldUser, logins: tuple[OldLogin, ...] = ()) -> None:
    """Add users as fastapi-users has them to a database with the kit's tables."""
    asyncio.run(migrate(TodoKitSettings()))
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(users)
        session.flush()
        session.add_all(logins)
    engine.dispose()


def test_users_of_fastapi_users_keep_their_ids_and_passwords(tmp_path: Path) -> None:
    url, ann_id, bob_id = f"sqlite:///{tmp_path}/accounts.db", uuid.uuid4(), uuid.uuid4()
    hashed = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    old_users(
        url,
        OldUser(id=ann_id, email="Ann@example.com", hashed_password=PasswordHelper().hash(PASSWORD), is_verified=True),
        OldUser(id=bob_id, email="bob@example.com", hashed_password=hashed, is_verified=True),
        logins=(
            OldLogin(
                user_id=ann_id,
                oauth_name="google",
                access_token="of no use",
                account_id="people/42",
                account_email="ann@example.com",
            ),
        ),
    )

    assert run_script("accounts/from_fastapi_users.py", url) == "2 users were copied\n"

    with terminal() as one:
        for email, user_id in (("ann@example.com", ann_id), ("bob@example.com", bob_id)):
            tokens = one.client.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
            session = {"Authorization": f"Bearer {tokens['access_token']}"}
            assert one.client.get("/auth/me", headers=session).json()["id"] == str(user_id)
    with closing(sqlite3.connect(tmp_path / "accounts.db")) as database:
        hashes = database.execute("SELECT hashed_password FROM todokit_auth_user").fetchall()
        logins = database.execute("SELECT provider, subject FROM todokit_auth_oauth").fetchall()
    assert all(one.startswith("$argon2id$") for (one,) in hashes)
    assert logins == [("google", "42")]


def test_users_who_differ_in_case_only_are_named_and_nothing_is_copied(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/accounts.db"
    old_users(url, *(OldUser(email=email, hashed_password="x") for email in ("ann@example.com", "ANN@example.com")))

    with pytest.raises(subprocess.CalledProcessError) as refused:
        run_script("accounts/from_fastapi_users.py", url)

    assert refused.value.stderr.endswith("ann@example.com\n")
    with closing(sqlite3.connect(tmp_path / "accounts.db")) as database:
        assert database.execute("SELECT count(*) FROM todokit_auth_user").fetchall() == [(0,)]


@pytest.mark.parametrize("script", sorted((SNIPPETS / "accounts").glob("*.js"), key=str), ids=lambda path: path.name)
def test_a_script_of_a_front_end_calls_what_is_there(script: Path) -> None:
    with terminal() as one:
        paths = one.client.get("/openapi.json").json()["paths"]
    called = re.findall(r'fetch\(["`](/[^"`?]+)', script.read_text("utf-8"))

    assert called
    assert {path.replace("${", "{") for path in called} <= paths.keys()
    if node := shutil.which("node"):
        subprocess.run([node, "--check", script], check=True)


def test_every_test_that_the_threat_model_names_exists() -> None:
    page = (DOCS / "explanation" / "threat-model.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    missing = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text("utf-8")]

    assert len(named) > 30
    assert missing == []


def test_the_users_of_the_kit_are_found_by_the_object_that_its_pages_override() -> None:
    names = runpy.run_path(str(SNIPPETS / "accounts/no_users.py"))

    assert current_user(names["settings"]) is current_user(names["settings"])
