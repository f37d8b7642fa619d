"""Every application: how its server starts, what is in its database, and how it differs for a client."""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from fastapi_users.jwt import generate_jwt

from benchmarks.data.databases import postgres_database, sqlite_database
from benchmarks.data.handwritten import seed_handwritten
from benchmarks.data.kit import seed_kit, seed_kit_accounts, seed_kit_sqlite
from benchmarks.data.limit_sqlite import seed_limit_sqlite
from benchmarks.data.population import INSTANT, PAGE_SIZE, WALL_CLOCK, Population, derived
from benchmarks.peers import DATABASE_URL, JWT_SECRET, POOL_SIZE
from benchmarks.peers.kit_accounts import settings_for
from fastapi_todo_kit.auth.credentials.access_tokens import AccessTokens


def user_header(user: UUID) -> str:
    """Trust whoever is named: the application's own authentication is not measured."""
    return f"X-User: {user}"


def fastapi_users_token(user: UUID) -> str:
    """Return what the login route of fastapi-users would have issued."""
    claims = {"sub": str(user), "aud": ["fastapi-users:auth"]}
    return f"Authorization: Bearer {generate_jwt(claims, JWT_SECRET, lifetime_seconds=3600)}"


def kit_token(user: UUID) -> str:
    """Return what the kit's login route would have issued; good for 15 minutes."""
    now = datetime.now(UTC)
    state = {"auth_time": int(now.timestamp()), "email_verified": True, "superuser": False, "zoneinfo": None}
    return f"Authorization: Bearer {_kit_tokens().sign(now, sub=user, sid=derived(f'{user}/session'), **state)}"


@cache
def _kit_tokens() -> AccessTokens:
    return AccessTokens(settings_for(DATABASE_URL).auth)


def uvicorn(app: str, port: int) -> list[str]:
    """Return the arguments of Python that serve an ASGI application with one process."""
    options = ["--loop", "uvloop", "--http", "httptools", "--log-level", "warning", "--no-access-log"]
    return ["-m", "uvicorn", app, "--port", str(port), "--workers", "1", *options]


def gunicorn(app: str, port: int) -> list[str]:
    """Return the arguments of Python that serve a WSGI application with one process and its threads."""
    options = ["--keep-alive", "75", "--log-level", "warning"]
    return ["-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--threads", str(POOL_SIZE), *options]


@dataclass(frozen=True)
class Peer:
    """One application; a client sends `credentials`, writes a due date as `due` and asks for a page with `page`."""

    name: str
    app: str
    seed: Callable[[str, Population], Coroutine[Any, Any, None]]
    credentials: Callable[[UUID], str] = user_header
    due: object = INSTANT
    page: str = f"limit={PAGE_SIZE}"
    created: int = 201
    command: Callable[[str, int], Sequence[str]] = uvicorn
    on_sqlite: bool = False

    def database(self, admin_dsn: str) -> AbstractContextManager[str]:
        """Yield the URL of an empty database for this application alone."""
        return sqlite_database() if self.on_sqlite else postgres_database(admin_dsn, f"todo_kit_bench_{self.name}")


LIMIT = Peer("limit", "benchmarks.peers.limit:app", seed_handwritten)
LOCKED = Peer("limit-locked", "benchmarks.peers.limit_locked:app", seed_handwritten)
FLOOR = Peer("floor", "benchmarks.peers.floor:app", seed_handwritten)
KIT = Peer("kit", "benchmarks.peers.kit:app", seed_kit, due=WALL_CLOCK)
PEERS = {
    peer.name: peer
    for peer in (
        LIMIT,
        LOCKED,
        FLOOR,
        KIT,
        Peer("kit-deployed", "benchmarks.peers.kit_deployed:app", seed_kit, due=WALL_CLOCK),
        Peer("kit-accounts", "benchmarks.peers.kit_accounts:app", seed_kit_accounts, kit_token, due=WALL_CLOCK),
        Peer("handwritten", "benchmarks.peers.handwritten:app", seed_handwritten, fastapi_users_token),
        Peer("unauthenticated", "benchmarks.peers.unauthenticated:app", seed_handwritten),
        Peer("tutorial", "benchmarks.peers.tutorial:app", seed_handwritten),
        Peer(
            "fastcrud",
            "benchmarks.peers.fastcrud:app",
            seed_handwritten,
            page=f"offset=0&limit={PAGE_SIZE}&sort=created_at,id",
            created=200,
        ),
        Peer("drf", "benchmarks.peers.drf.wsgi:app", seed_handwritten, command=gunicorn),
        Peer("litestar", "benchmarks.peers.litestar:app", seed_handwritten, page=f"currentPage=1&pageSize={PAGE_SIZE}"),
        Peer("limit-sqlite", "benchmarks.peers.limit_sqlite:app", seed_limit_sqlite, on_sqlite=True),
        Peer("limit-locked-sqlite", "benchmarks.peers.limit_locked_sqlite:app", seed_limit_sqlite, on_sqlite=True),
        Peer("floor-sqlite", "benchmarks.peers.floor:app", seed_limit_sqlite, on_sqlite=True),
        Peer("kit-sqlite", "benchmarks.peers.kit:app", seed_kit_sqlite, due=WALL_CLOCK, on_sqlite=True),
    )
}
