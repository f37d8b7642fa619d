"""Makes the files of hosts for a folder here: `python -m tests.migrations.earlier.make_hosts todokit_...`.

Run it with the code of a release, on the newest Alembic and on the oldest that the kit takes.
"""

import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

import alembic
from sqlalchemy import make_url

from tests.migrations.earlier.hosts import OPTIONS, keep
from tests.migrations.host_app import HostApp, Shell

HERE: Final = Path(__file__).parent
KIT: Final = HERE.parents[2] / "fastapi_todo_kit"


def main() -> None:
    """Let each host come to the kit, and write its files down."""
    release = ".".join(alembic.__version__.split(".")[:2])
    folder = HERE / sys.argv[1] / "hosts" / f"alembic-{release}"
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        site = Path(name, "site")
        shutil.copytree(KIT, site / KIT.name, ignore=shutil.ignore_patterns("__pycache__"))
        with closing(Shell(site)) as shell:
            for host in OPTIONS:
                make(host, Path(name, host), folder / host, shell)
    sys.stdout.write(f"{folder}\n")


def make(name: str, place: Path, files: Path, shell: Shell) -> None:
    """Do what the developer of a host does."""
    place.mkdir()
    host = HostApp(place, name, make_url(f"sqlite+aiosqlite:///{place / 'host.db'}"), shell)
    host.revision("first")
    host.todo_kit("alembic", "init", "--yes", *OPTIONS[name])
    host.todo_kit("alembic", "merge")
    keep(host, files)


if __name__ == "__main__":
    main()
