"""The applications that are compared, and how they differ for a client; their code is beside."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from fastapi_users.jwt import generate_jwt

# The default lets a module be imported for its tables; a server always gets the variable.
DATABASE_URL = os.environ.get("BENCH_DSN", "postgresql+asyncpg://localhost/benchmark")
POOL_SIZE = 10
JWT_SECRET = "benchmark-secret-of-at-least-32-bytes"  # noqa: S105 - signs tokens of this benchmark only

INSTANT = "2026-12-01T09:00:00+01:00"
WALL_CLOCK = {"datetime": "2026-12-01T09:00:00", "timezone": "Europe/Berlin"}


@dataclass(frozen=True)
class Peer:
    """One application: where uvicorn finds it, how a client says who calls, how it writes a due date."""

    name: str
    app: str
    credentials: Callable[[UUID], str]
    due: object = INSTANT

    @property
    def database(self) -> str:
        """The name of the database that belongs to this application alone."""
        return f"todo_kit_bench_{self.name}"


def user_header(user: UUID) -> str:
    """Trust whoever is named: the application's own authentication is not measured."""
    return f"X-User: {user}"


def bearer_token(user: UUID) -> str:
    """The token that fastapi-users' login route would have issued."""
    claims = {"sub": str(user), "aud": ["fastapi-users:auth"]}
    return f"Authorization: Bearer {generate_jwt(claims, JWT_SECRET, lifetime_seconds=86_400)}"


LIMIT = Peer("limit", "benchmarks.peers.limit:app", user_header)
HANDWRITTEN = Peer("handwritten", "benchmarks.peers.handwritten:app", bearer_token)
UNAUTHENTICATED = Peer("unauthenticated", "benchmarks.peers.unauthenticated:app", user_header)
KIT = Peer("kit", "benchmarks.peers.kit:app", user_header, due=WALL_CLOCK)

PEERS = {peer.name: peer for peer in (LIMIT, HANDWRITTEN, UNAUTHENTICATED, KIT)}
# Without the variant that only says how much of the hand-written application's cost is authentication.
DEFAULT_PEERS = (LIMIT, HANDWRITTEN, KIT)
