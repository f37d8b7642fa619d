"""A copy of a host in a folder of its own, and the real commands that its developer types there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import alembic.util
from sqlalchemy import URL, create_engine, inspect, text
from sqlalchemy.pool import NullPool

HAS_PLUGINS = hasattr(alembic.util, "DispatchPriority")
"""Whether this Alembic is 1.18 or newer; under an older one a host gives the kit's name filter to its env.py."""
IMPORT = "from fastapi_todo_kit.migrations import include_name"
FILTERED = "target_metadata=target_metadata, include_name=include_name()"
PLACEHOLDER = "driver://user:pass@localhost/dbname"
"""What Alembic writes where the URL of the database belongs."""
HOSTS = Path(__file__).parents[1] / "hosts"
SYNC_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
METADATA = {
    "tutorial": "from sqlmodel import SQLModel\n\nfrom shop import models\n\ntarget_metadata = SQLModel.metadata",
    "async_users": "from shop.models import Base\n\ntarget_metadata = Base.metadata",
    "opinionated": "from shop.models import Base\n\ntarget_metadata = Base.metadata",
    "own_jwt": "from sqlmodel import SQLModel\n\nfrom shop import models\n\ntarget_metadata = SQLModel.metadata",
    "odd_key": "from shop.models import Base\n\ntarget_metadata = Base.metadata",
    "container": "from shop.tables import Base\n\ntarget_metadata = Base.metadata",
    "crowded": "from shop.models import Base\n\ntarget_metadata = Base.metadata",
}
TEMPLATES = {
    "tutorial": "generic",
    "async_users": "async",
    "opinionated": "pyproject_async" if HAS_PLUGINS else "async",
    "own_jwt": "generic",
    "odd_key": "async",
    "container": "async",
    "crowded": "async",
}
RELEASE = '''"""A later release of the kit.

Revision ID: {revision}
Revises: {down_revision}
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "{revision}"
down_revision = "{down_revision}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("todokit_space", sa.Column("later", sa.Integer(), nullable=True))


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_column("todokit_space", "later")
'''


class Shell:
    """Runs `alembic` and `todo-kit`, each in a process of its own, with the kit from `site`."""

    def __init__(self, site: Path) -> None:
        self.versions = site / "fastapi_todo_kit" / "migrations" / "versions"
        self.environment = {**os.environ, "PYTHONPATH": str(site), "COLUMNS": "200", "NO_COLOR": "1"}
        self._released = {path.name for path in self.versions.iterdir()}
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("commands.py")],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, environment: dict[str, str], *argv: str, with_kit: bool) -> tuple[int, str]:
        """Return the exit code of a command and what it printed."""
        order = {"cwd": str(folder), "env": environment, "argv": argv, "with_kit": with_kit}
        pipe_in, pipe_out = self._pipes()
        pipe_in.write(json.dumps(order) + "\n")
        pipe_in.flush()
        answer: dict[str, Any] = json.loads(pipe_out.readline())
        return answer["code"], answer["output"]

    def newest(self) -> str:
        """The kit's newest revision."""
        sources = [path.read_text() for path in self.versions.glob("todokit_*.py")]
        followed = {_named(source, "down_revision") for source in sources}
        (newest,) = {_named(source, "revision") for source in sources} - followed
        return newest

    def release(self) -> str:
        """Add a revision to the kit, as a later release of it would; return its id."""
        text_of_it = RELEASE.format(revision="todokit_9999", down_revision=self.newest())
        (self.versions / "todokit_9999_later.py").write_text(text_of_it, encoding="utf-8")
        return "todokit_9999"

    def forget_releases(self) -> None:
        """Take away what a test has added to the kit."""
        for path in self.versions.iterdir():
            if path.name not in self._released and path.is_file():
                path.unlink()

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


class HostApp:
    """A host after `alembic init`, with its metadata and its database in the places where its developer puts them."""

    def __init__(self, folder: Path, name: str, url: URL, shell: Shell) -> None:
        self.shell = shell
        self.without_kit = False
        self.settings: dict[str, str] = {}
        self.folder = folder / "host"
        self.name = name
        self.kit_url = url.render_as_string(hide_password=False)
        sync_url = url.set(drivername=SYNC_DRIVERS[url.get_backend_name()])
        self.url = (sync_url if TEMPLATES[name] == "generic" else url).render_as_string(hide_password=False)
        self.engine = create_engine(sync_url, poolclass=NullPool)
        shutil.copytree(HOSTS / name, self.folder / "shop")
        self._begin()

    @property
    def versions(self) -> Path:
        return self.folder / "migrations" / "versions"

    @property
    def config_file(self) -> Path:
        toml = self.folder / "pyproject.toml"
        return toml if toml.exists() else self.folder / "alembic.ini"

    def alembic(self, *arguments: str, code: int = 0) -> str:
        return self._run("alembic", *arguments, code=code)

    def todo_kit(self, *arguments: str, code: int = 0) -> str:
        return self._run("todo-kit", *arguments, code=code)

    def remove_package(self) -> None:
        """Go on in an environment in which the kit is not installed."""
        self.without_kit = True
        if not HAS_PLUGINS:
            self.edit("migrations/env.py", IMPORT, "")
            env = self.text("migrations/env.py").replace(FILTERED, "target_metadata=target_metadata")
            (self.folder / "migrations" / "env.py").write_text(env, encoding="utf-8")

    def sql(self, statement: str) -> list[Any]:
        with self.engine.begin() as connection:
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []

    def tables(self) -> set[str]:
        return set(inspect(self.engine).get_table_names())

    def version(self) -> set[str]:
        return {row[0] for row in self.sql("SELECT version_num FROM alembic_version")}

    def files(self) -> set[str]:
        """The host's revision files."""
        return {path.name for path in self.versions.glob("*.py")}

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def in_this_order(self, *versions: str) -> None:
        """Make the version table name these, in the order in which `downgrade -1` meets them."""
        with self.engine.begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
            for version in versions:
                connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        assert old in before
        file.write_text(before.replace(old, new, 1), encoding="utf-8")

    def revision(self, message: str) -> str:
        """Autogenerate a revision and return what is in its file."""
        before = self.files()
        self.alembic("revision", "--autogenerate", "-m", message)
        (made,) = self.files() - before
        return (self.versions / made).read_text(encoding="utf-8")

    def _begin(self) -> None:
        self.alembic("init", "-t", TEMPLATES[self.name], "migrations")
        if not HAS_PLUGINS:
            env = self.text("migrations/env.py").replace("target_metadata=target_metadata", FILTERED)
            (self.folder / "migrations" / "env.py").write_text(f"{IMPORT}\n{env}", encoding="utf-8")
        self.edit("migrations/env.py", "target_metadata = None", METADATA[self.name])
        self.edit(
            "migrations/script.py.mako",
            "import sqlalchemy as sa",
            "import sqlalchemy as sa\n" + MAKO.get(self.name, ""),
        )
        self.edit("alembic.ini", PLACEHOLDER, self.url.replace("%", "%%"))

    def _run(self, *argv: str, code: int) -> str:
        environment = {"HOST_DATABASE_URL": self.url, "TODO_KIT_DATABASE_URL": self.kit_url, **self.settings}
        found, output = self.shell.run(self.folder, environment, *argv, with_kit=not self.without_kit)
        assert found == code, f"{argv} ended with {found}\n{output}"
        return output


MAKO = {
    "tutorial": "import sqlmodel",
    "own_jwt": "import sqlmodel",
    "async_users": "import fastapi_users_db_sqlalchemy",
}


def revision_id(source: str) -> str:
    """Return the id in the text of a revision file."""
    found = re.search(r"^Revision ID: (\w+)", source, re.MULTILINE)
    assert found is not None
    return found[1]


def _named(source: str, name: str) -> str:
    found = re.search(rf'^{name} = "?(\w+)', source, re.MULTILINE)
    assert found is not None
    return found.group(1)
