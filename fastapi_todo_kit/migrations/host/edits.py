"""The changes to files of a host: what joins its history with the kit's, and what parts them again."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from fastapi_todo_kit.migrations.branch import BRANCHES, TODOS, Branch
from fastapi_todo_kit.migrations.host.config import HostConfig, branch_in
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


def joining_edits(host: HostConfig, wanted: Collection[Branch] = (TODOS,)) -> list[Edit]:
    """Return the change after which Alembic sees these branches; empty where it does already, in good order.

    A branch that is in the file already stays there, wanted or not.
    """
    written = [branch for branch in BRANCHES if branch in wanted or branch.location in host.written_locations]
    seen = [branch_in(folder) for folder in host.version_folders]
    if set(written) <= set(seen) and seen[0] is None:
        return []
    before = host.file.read_bytes().decode()
    add = add_to_ini if host.file == host.ini else add_to_toml
    return [Edit(host.file, before, add(before, [branch.location for branch in written]))]


def parting_edits(host: HostConfig) -> list[Edit]:
    """Return the changes after which the host's history needs the package no more."""
    return [*_without_location(host), *_without_parents(host)]


def _without_location(host: HostConfig) -> Iterator[Edit]:
    if any(branch.location in host.written_locations for branch in BRANCHES):
        before = host.file.read_bytes().decode()
        yield Edit(host.file, before, remove_from_ini(before) if host.file == host.ini else remove_from_toml(before))


def _without_parents(host: HostConfig) -> Iterator[Edit]:
    for script in HostHistory(host).own:
        path = Path(script.path)
        before = path.read_bytes().decode()
        after = without_kit(before)
        if after != before:
            yield Edit(path, before, after)
