"""The kit's two Alembic branches, and the names by which their revisions and tables are known; imports nothing."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REVISION_PREFIX: Final = "todokit_"
"""Begins the id of every revision of the kit."""
TABLE_PREFIX: Final = "todokit_"
"""Begins the name of every table of the kit."""
FOLDER: Final = Path(__file__).parent
PLUGIN: Final = "alembic.autogenerate.todo_kit"
"""The name of the entry point; Alembic's default `autogenerate_plugins`, `alembic.autogenerate.*`, includes it."""


@dataclass(frozen=True)
class Branch:
    """A history of its own, which stands on no other: some tables, and the revisions that make them."""

    label: str
    """The label of its first revision."""
    prefix: str
    """Begins the id of every revision and the name of every table."""
    first_table: str
    """The table that is there wherever its tables are."""
    version_table: str
    """Where a revision is kept when the kit runs its migrations itself, without the Alembic of a host."""
    revisions: Path
    location: str
    """The entry of a host's `version_locations`; a path into site-packages would hold on one machine only."""
    init: str
    """The command that adds the location."""

    def stamp(self, revision: str) -> str:
        """Return the statement that says, in the kit's own version table, at which revision its tables are."""
        return f"INSERT INTO {self.version_table} VALUES ('{revision}')"  # noqa: S608  (words for an operator, of constants)

    @property
    def head(self) -> str:
        """Its newest revision, as Alembic spells it."""
        return f"{self.label}@head"


TODOS: Final = Branch(
    label="todo_kit",
    prefix="todokit_",
    first_table="todokit_space",
    version_table="todokit_alembic_version",
    revisions=FOLDER / "versions",
    location="fastapi_todo_kit:migrations/versions",
    init="todo-kit alembic init",
)
ACCOUNTS: Final = Branch(
    label="todo_kit_auth",
    prefix="todokit_auth_",
    first_table="todokit_auth_user",
    version_table="todokit_auth_alembic_version",
    revisions=FOLDER / "auth_versions",
    location="fastapi_todo_kit:migrations/auth_versions",
    init="todo-kit alembic init --auth",
)
BRANCHES: Final = (TODOS, ACCOUNTS)


def is_kit_table(name: object) -> bool:
    """Whether a table is the kit's, its version tables included."""
    return isinstance(name, str) and name.startswith(TABLE_PREFIX)


def is_kit_revision(revision: str) -> bool:
    """Whether a revision id is the kit's."""
    return revision.startswith(REVISION_PREFIX)


def branch_of(name: str) -> Branch | None:
    """Return the branch of a revision or a table, or None where it is not the kit's."""
    # The longer prefix first: it begins with the shorter one.
    return next((branch for branch in (ACCOUNTS, TODOS) if name.startswith(branch.prefix)), None)


def branch_named(target: str) -> Branch | None:
    """Return the branch that a target of Alembic names: `todo_kit@base`, `todokit_0001`, `todokit_0001-1`."""
    word = re.split(r"\W", target, maxsplit=1)[0]
    return next((branch for branch in BRANCHES if branch.label == word), branch_of(word))
