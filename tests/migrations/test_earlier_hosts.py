"""Hosts that came to the kit with an earlier release, and an Alembic of then: their files go on working as they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alembic
import pytest
from sqlalchemy import URL

from tests.migrations.earlier.hosts import OPTIONS, EarlierHost
from tests.migrations.host_app import Shell


def numbers_of(version: str) -> list[int]:
    return [int(number) for number in version.split(".")[:2]]


def kept() -> Iterator[Any]:
    """The files of each host and Alembic, but of no newer Alembic: hosts do not go back."""
    for files in sorted(Path(__file__).with_name("earlier").glob("*/hosts/*/*")):
        release, with_alembic = files.parents[2].name, files.parent.name
        if numbers_of(with_alembic.removeprefix("alembic-")) <= numbers_of(alembic.__version__):
            database = "sqlite" if files.name == "tutorial" else "postgresql"
            yield pytest.param(files, database, id=f"{release}-{with_alembic}-{files.name}")


@pytest.mark.parametrize(("files", "empty_database"), [*kept()], indirect=["empty_database"])
def test_the_files_of_an_earlier_release_go_on_working(
    files: Path, empty_database: URL, tmp_path: Path, shell: Shell
) -> None:
    host = EarlierHost(files, tmp_path, empty_database, shell)
    before = host.config_file.read_text(encoding="utf-8")

    host.alembic("upgrade", "heads")
    assert ("todokit_todo" in host.tables(), "todokit_auth_user" in host.tables()) == (True, bool(OPTIONS[host.name]))
    assert "No new upgrade operations" in host.alembic("check")
    assert "nothing to do" in host.todo_kit("alembic", "init", *OPTIONS[host.name])

    if "nothing to merge" not in host.todo_kit("alembic", "merge"):  # but what came since
        host.alembic("upgrade", "head")
    assert "Nothing is wrong" in host.todo_kit("doctor")
    assert host.config_file.read_text(encoding="utf-8") == before
