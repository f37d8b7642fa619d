"""The changes to files of a host: what joins its history with the kit's, and what parts them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from fastapi_todo_kit.migrations.branch import LOCATION
from fastapi_todo_kit.migrations.host.config import HostConfig, is_kit_folder
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.migrations.host.locations import (
    add_to_ini,
    add_to_toml,
    remove_from_ini,
    remove_from_toml,
)
from fastapi_todo_kit.migrations.host.revision_file import without_kit


@dataclass(frozen=True)
class Edit:
    """A file of the host with what it says now and what it shall say."""

    path: Path
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change, as `diff -u` writes it."""
        name = self.path.name
        lines = unified_diff(self.before.splitlines(), self.after.splitlines(), name, name, lineterm="")
        return "\n".join(lines)

    def write(self) -> None:
        """Change the file."""
        self.path.write_bytes(self.after.encode())


def joining_edits(host: HostConfig) -> list[Edit]:
    """Return the change after which Alembic sees the kit's revisions; empty where it does already, in good order."""
    kinds = [is_kit_folder(folder) for folder in host.version_folders]
    if any(kinds) and not kinds[0]:
        return []
    before = host.file.read_bytes().decode()
    return [Edit(host.file, before, add_to_ini(before) if host.file == host.ini else add_to_toml(before))]


def parting_edits(host: HostConfig) -> list[Edit]:
    """Return the changes after which the host's history needs the package no more."""
    return [*_without_location(host), *_without_parents(host)]


def _without_location(host: HostConfig) -> Iterator[Edit]:
    if LOCATION in host.written_locations:
        before = host.file.read_bytes().decode()
        yield Edit(host.file, before, remove_from_ini(before) if host.file == host.ini else remove_from_toml(before))


def _without_parents(host: HostConfig) -> Iterator[Edit]:
    for script in HostHistory(host).own:
        path = Path(script.path)
        before = path.read_bytes().decode()
        after = without_kit(before)
        if after != before:
            yield Edit(path, before, after)
