"""Databases as text: made by the tools of the databases, and read by what any driver has."""

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from fastapi_todo_kit import TodoKitSettings
from tests.postgres import sources
from tests.variants import run_script

# Settings of the session, commands of psql, comments: what an older server, or a driver, would not take.
_NOT_FOR_DRIVERS: Final = re.compile(r"(SET |SELECT pg_catalog\.set_config|\\(un)?restrict |--).*")


def dump_sqlite(path: Path) -> str:
    """Return the statements that make a file again."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def load_sqlite(script: str, path: Path) -> None:
    """Make a file of statements."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def dump_postgres(url: URL) -> str:
    """Return the statements that make a database again."""
    dumped = subprocess.run(
        [_pg_dump(), "--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges", str(url.database)],
        env={**os.environ, **_whereabouts(url)},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in dumped.stdout.splitlines() if not _NOT_FOR_DRIVERS.fullmatch(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


async def load_postgres(script: str, url: URL) -> None:
    """Fill an empty database with statements."""
    await run_script(TodoKitSettings(database_url=url.render_as_string(hide_password=False)), script)


def _whereabouts(url: URL) -> dict[str, str]:
    return {
        "PGHOST": str(url.host),
        "PGPORT": str(url.port),
        "PGUSER": str(url.username),
        "PGPASSWORD": str(url.password),
    }


def _pg_dump() -> Path:
    folders = [folder for directories in sources().values() for folder in directories]
    return next(folder / "pg_dump" for folder in folders if (folder / "pg_dump").exists())
