"""The names by which the kit's revisions, tables and version table are known; imports nothing."""

from pathlib import Path
from typing import Final

BRANCH: Final = "todo_kit"
"""The label of the kit's first revision."""
HEAD: Final = f"{BRANCH}@head"
REVISION_PREFIX: Final = "todokit_"
"""Begins the id of every revision of the kit."""
TABLE_PREFIX: Final = "todokit_"
"""Begins the name of every table of the kit."""
FIRST_TABLE: Final = "todokit_space"
"""The table that is there wherever the kit's tables are."""
VERSION_TABLE: Final = "todokit_alembic_version"
"""Where a revision is kept when the kit runs its migrations itself, without the Alembic of a host."""
FOLDER: Final = Path(__file__).parent
REVISIONS: Final = FOLDER / "versions"
LOCATION: Final = "fastapi_todo_kit:migrations/versions"
"""The entry of a host's `version_locations`; a path into site-packages would hold on one machine only."""
PLUGIN: Final = "alembic.autogenerate.todo_kit"
"""The name of the entry point; Alembic's default `autogenerate_plugins`, `alembic.autogenerate.*`, includes it."""


def is_kit_table(name: object) -> bool:
    """Whether a table is the kit's, its version table included."""
    return isinstance(name, str) and name.startswith(TABLE_PREFIX)


def is_kit_revision(revision: str) -> bool:
    """Whether a revision id is the kit's."""
    return revision.startswith(REVISION_PREFIX)
