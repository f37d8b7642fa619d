"""Whether the time of an answer tells who has an account: `hatch run benchmarks:enumeration`."""

import asyncio
import random
import statistics
import tempfile
import time
import uuid
from pathlib import Path
from typing import Final

import httpx2
from fastapi import FastAPI

from benchmarks.data.databases import postgres_database
from fastapi_todo_kit import TodoKitSettings, auth_router, migrate
from tests.postgres import running_postgres

OPERATIONS: Final = ("login", "register", "forgot", "verify/request")
SAMPLES: Final = 200
PASSWORD: Final = "correct horse battery"  # noqa: S105  (of nobody)
UNLIMITED: Final = dict.fromkeys(("per_account_and_address", "per_account", "per_address", "mails_per_account"), 10**6)


def somebody() -> str:
    """Return an address that nobody has."""
    return f"{uuid.uuid4().hex}@example.com"


async def milliseconds(app: FastAPI, path: str, known: str) -> dict[bool, float]:
    """Return the medians of what a known address and unknown ones take, asked for in random order."""
    kinds = [True, False] * (SAMPLES + 5)
    random.shuffle(kinds)
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, is_known in enumerate(kinds):
        transport = httpx2.ASGITransport(app, client=(f"10.0.{number // 250}.{number % 250}", 1234))
        async with httpx2.AsyncClient(transport=transport, base_url="https://test") as client:
            body = {"email": known if is_known else somebody()}
            body |= {"password": "not the right password"} if path in OPERATIONS[:2] else {}
            began = time.perf_counter()
            response = await client.post(f"/auth/{path}", json=body)
            taken[is_known].append(1_000 * (time.perf_counter() - began))
            if response.status_code not in {202, 401}:
                raise RuntimeError(response.text)
    return {kind: statistics.median(samples[5:]) for kind, samples in taken.items()}


async def measure(name: str, url: str) -> None:
    """Print the medians of one database."""
    settings = TodoKitSettings(
        database_url=url,
        auth={"secret": "a secret of more than thirty-two bytes", "limits": UNLIMITED, "require_verified": False},
        mail={"in_background": False},
    )
    await migrate(settings)
    app, known = FastAPI(), somebody()
    app.include_router(auth_router(settings), prefix="/auth")
    transport = httpx2.ASGITransport(app)
    async with app.router.lifespan_context(app):
        async with httpx2.AsyncClient(transport=transport, base_url="https://test") as client:
            await client.post("/auth/register", json={"email": known, "password": PASSWORD})
        for path in OPERATIONS:
            medians = await milliseconds(app, path, known)
            difference = abs(medians[True] - medians[False])
            share = difference / max(medians.values())
            print(
                f"{name:10}  {path:14}  known {medians[True]:6.2f} ms  unknown {medians[False]:6.2f} ms  "
                f"apart {difference:5.2f} ms, {share:5.1%}",
                flush=True,
            )


def main() -> None:
    """Measure on both databases, at the default cost of a hash."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure("SQLite", f"sqlite+aiosqlite:///{Path(folder) / 'accounts.db'}"))
    with running_postgres() as admin_dsn, postgres_database(admin_dsn, "enumeration") as url:
        asyncio.run(measure("PostgreSQL", url))


if __name__ == "__main__":
    main()
