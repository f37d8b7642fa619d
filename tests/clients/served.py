"""The application that generated clients talk to: all that the kit mounts, served by a thread of this process."""

import asyncio
import secrets
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fastapi import FastAPI

from fastapi_todo_kit import (
    Host,
    Sharing,
    TodoKitSettings,
    auth_router,
    health_router,
    migrate,
    run_due,
    send_mails,
    todo_router,
)
from fastapi_todo_kit.host import Identity
from fastapi_todo_kit.testing import MemoryMailer, MemoryNotifier
from tests.auth.login_provider import FakeProvider
from tests.auth.support import PASSWORD, auth_settings
from tests.http.test_unions import Terms
from tests.support import Everybody


@dataclass
class Served:
    """A running application, and what a test may know of it that no client is told."""

    url: str
    app: FastAPI
    settings: TodoKitSettings
    host: Host
    mailer: MemoryMailer
    provider: FakeProvider

    def mailed_token(self, address: str) -> str:
        """Return the token of the link that was mailed last."""
        asyncio.run(send_mails(self.settings, self.host))
        return self.mailer.last_token(address)

    def token(self) -> str:
        """Return the access token of somebody who has just come."""
        account = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD}
        with httpx2.Client(base_url=f"{self.url}/auth") as client:
            client.post("/register", json=account)
            client.post("/verify", json={"token": self.mailed_token(account["email"])})
            return str(client.post("/login", json=account).json()["access_token"])

    def promote(self, address: str) -> None:
        """Let somebody administer accounts."""
        with sqlite3.connect(str(self.settings.url.database)) as connection:
            connection.execute("UPDATE todokit_auth_user SET is_superuser = 1 WHERE email_key = ?", [address])

    def remind(self) -> None:
        """Let every reminder remind, as if it were much later."""
        asyncio.run(run_due(self.settings, self.host, now=datetime(2040, 1, 1, tzinfo=UTC)))

    def code_for(self, authorization_url: str, address: str) -> dict[str, str]:
        """Be somebody at the provider of logins, and return what the browser comes back with."""
        code = secrets.token_urlsafe(8)
        self.provider.codes[code] = Identity(subject=address, email=address, email_verified=True)
        return {"code": code, "state": parse_qs(urlsplit(authorization_url).query)["state"][0]}


def described(settings: TodoKitSettings, host: Host) -> FastAPI:
    """Return an application with everything that the kit offers."""
    app = FastAPI(title="Todos")
    app.include_router(health_router(settings), prefix="/health")
    app.include_router(auth_router(settings, host), prefix="/auth")
    app.include_router(todo_router(settings, host), prefix="/api")
    return app


def with_two_mounts() -> FastAPI:
    """Return an application that mounts the todos twice, once with a model for `extra`."""
    app = FastAPI(title="Todos of two kinds")
    for name, extra in (("staff", None), ("sales", Terms)):
        settings = TodoKitSettings(database_url="sqlite+aiosqlite://", name=name)
        app.include_router(todo_router(settings, Host(current_user=lambda: "ann", extra=extra)), prefix=f"/{name}")
    return app


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Run the application on a new database that the real migrations made."""
    url = f"sqlite+aiosqlite:///{folder}/todos.db"
    # What is published of a secret is nothing: a key pair, so that there is a key to read.
    keys = [{"algorithm": "ES256", "secret": _private_key()}]
    settings = auth_settings(url, secret=None, keys=keys, revocation_max_age=0, limits={"per_address": 10_000})
    sharing = Sharing(add_directly=True, invitation_url="https://app.example/join#token={token}")
    settings = settings.model_copy(update={"sharing": sharing})
    asyncio.run(migrate(settings))
    mailer, provider = MemoryMailer(), FakeProvider()
    host = Host(mailer=mailer, login_providers=[provider], notifier=MemoryNotifier(), people=Everybody())
    app = described(settings, host)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Served(_address(server, thread), app, settings, host, mailer, provider)
    finally:
        server.should_exit = True
        thread.join()


def _private_key() -> str:
    key: Any = ec.generate_private_key(ec.SECP256R1())
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def _address(server: uvicorn.Server, thread: threading.Thread) -> str:
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the application does not start")
        time.sleep(0.01)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
