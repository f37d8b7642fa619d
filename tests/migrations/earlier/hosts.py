"""Files that hosts have had since an earlier release: after `alembic init`, a first revision and that of the kit.

Each has the suffix `.txt`, so that no tool takes it for one of ours. They lie in a folder for each Alembic.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import URL

from tests.migrations.host_app import PLACEHOLDER, HostApp, Shell

OPTIONS: Final = {"tutorial": [], "async_users": ["--auth"], "opinionated": []}
"""Of the hosts that are kept, with what `todo-kit alembic init` is told besides."""
SUFFIX: Final = ".txt"


class EarlierHost(HostApp):
    """A host that was begun with an earlier release."""

    def __init__(self, files: Path, folder: Path, url: URL, shell: Shell) -> None:
        self._files = files
        super().__init__(folder, files.name, url, shell)

    def _begin(self) -> None:
        for file in self._files.rglob(f"*{SUFFIX}"):
            target = self.folder / file.relative_to(self._files).with_suffix("")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
        self.edit("alembic.ini", PLACEHOLDER, self.url.replace("%", "%%"))


def keep(host: HostApp, files: Path) -> None:
    """Write down the files of a host that are Alembic's, without the URL of its database."""
    host.edit("alembic.ini", host.url.replace("%", "%%"), PLACEHOLDER)
    of_alembic = [*host.folder.glob("alembic.ini"), *host.folder.glob("pyproject.toml")]
    of_alembic += [file for file in (host.folder / "migrations").rglob("*") if file.suffix in {".py", ".mako"}]
    for file in of_alembic:
        target = files / f"{file.relative_to(host.folder)}{SUFFIX}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
