"""Makes a folder here of what the present code does: `python -m tests.migrations.earlier.make`.

Run it with the code of a release, before anything of the next one changes the tables or what is stored in them.
"""

import asyncio
import itertools
import json
import random
import secrets
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import uuid_utils.compat
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import migrate
from tests.migrations.earlier.application import BEGINNING, NOW, running, settings_of
from tests.migrations.earlier.dumps import dump_postgres, dump_sqlite
from tests.migrations.earlier.reading import answers, shortened
from tests.migrations.earlier.things import make
from tests.postgres import run_as_admin, running_postgres

HERE: Final = Path(__file__).parent
THOROUGH: Final = ("ann", "ben", "viewer", "dora")
VERSIONS: Final = ("todokit_alembic_version", "todokit_auth_alembic_version")


def main() -> None:
    """Make the databases, compare them, and write them down."""
    with tempfile.TemporaryDirectory() as name, running_postgres() as server:
        file, database = Path(name, "earlier.db"), make_url(server).set(database="todo_kit_earlier")
        on_sqlite = asyncio.run(made_in(make_url(f"sqlite+aiosqlite:///{file}")))
        asyncio.run(run_as_admin(database, f'CREATE DATABASE "{database.database}"'))
        on_postgres = asyncio.run(made_in(database))
        assert without_tokens(on_sqlite) == without_tokens(on_postgres), "the databases do not answer alike"
        folder = HERE / on_sqlite.pop("revisions")
        folder.mkdir(exist_ok=True)
        (folder / "sqlite.sql").write_text(dump_sqlite(file), encoding="utf-8")
        (folder / "postgresql.sql").write_text(dump_postgres(database), encoding="utf-8")
    (folder / "answers.json").write_text(as_lines(on_sqlite), encoding="utf-8")
    sys.stdout.write(f"{folder}\n")


async def made_in(url: URL) -> dict[str, Any]:
    """Fill a database, and return what is told of it."""
    database_url = url.render_as_string(hide_password=False)
    with repeatable():
        await migrate(settings_of(database_url))
        async with running(database_url, BEGINNING) as application:
            made = await make(application)
            answered = {
                name: await answers(application, caller, is_thorough=name in THOROUGH)
                for name, caller in made.callers.items()
            }
    return {
        "revisions": await revisions_of(url),
        "now": NOW.isoformat(),
        "callers": made.callers,
        "refresh_tokens": made.refresh_tokens,
        "replays": made.replays,
        "answers": {name: shortened(found) for name, found in answered.items()},
    }


@contextmanager
def repeatable() -> Iterator[None]:
    """Draw the same ids and secrets each time, so that both databases answer alike."""
    # One source for each, so that a release that draws more of one still has the same of the others.
    of_ids, of_secrets, of_pauses = (random.Random(seed) for seed in range(3))
    later = itertools.count()

    def next_id() -> uuid.UUID:
        moment = int(BEGINNING.timestamp() * 1_000) + next(later)
        return uuid.UUID(int=moment << 80 | 7 << 76 | of_ids.getrandbits(12) << 64 | 2 << 62 | of_ids.getrandbits(62))

    with (
        patch.object(uuid_utils.compat, "uuid7", next_id),
        patch.object(secrets, "choice", of_secrets.choice),
        patch.object(secrets, "token_urlsafe", lambda size: f"{of_secrets.getrandbits(size * 8):x}"),
        patch.object(random, "uniform", of_pauses.uniform),
    ):
        yield


async def revisions_of(url: URL) -> str:
    """Return what a folder is called after."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = [await connection.scalar(text(f"SELECT version_num FROM {table}")) for table in VERSIONS]  # noqa: S608  (names of our own)
    await engine.dispose()
    return "-".join(found)


def without_tokens(made: dict[str, Any]) -> dict[str, Any]:
    """Return what is told of a database but for access tokens, each of which has an id of its own."""
    return {**made, "callers": None}


def as_lines(made: dict[str, Any]) -> str:
    """Return JSON with an answer in each line, so that one sees what differs."""
    compact: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    told = {name: value for name, value in made.items() if name != "answers"}
    head = json.dumps(told, ensure_ascii=False, indent=1)
    people = [
        f"{compact(name)}: {{\n"
        + ",\n".join(f"{compact(path)}: {compact(body)}" for path, body in found.items())
        + "\n}"
        for name, found in made["answers"].items()
    ]
    return head.removesuffix("\n}") + ',\n"answers": {\n' + ",\n".join(people) + "\n}}\n"


if __name__ == "__main__":
    main()
