"""What a change is about, so that a log can be read by it: its subject, the list of a todo, and whose business it is.

Rows from before are filled in by the worker, some at a time, because there may be many millions. What runs the code of
before goes on, and leaves the columns empty, too.

Revision ID: todokit_0020
Revises: todokit_0019
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0020"
down_revision = "todokit_0019"
branch_labels = None
depends_on = None

_UNFILLED = "subject_id IS NULL"
_COLUMNS: dict[str, Any] = {
    "subject_id": sa.Uuid(),
    "list_id": sa.Uuid(),
    "audience": sa.String(255).with_variant(sa.String(255, collation="C"), "postgresql"),
}


def upgrade() -> None:
    for name, kind in _COLUMNS.items():
        op.add_column("todokit_change", sa.Column(name, kind, nullable=True))
    op.create_index("ix_todokit_change_subject", "todokit_change", ["space_id", "subject_id", "seq"])
    op.create_index(
        "ix_todokit_change_unfilled",
        "todokit_change",
        ["space_id", "seq"],
        postgresql_where=sa.text(_UNFILLED),
        sqlite_where=sa.text(_UNFILLED),
    )
    op.drop_index("ix_todokit_change_space_id_entity_id_seq", "todokit_change")


def downgrade() -> None:
    refuse_unless_named(revision)
    op.create_index("ix_todokit_change_space_id_entity_id_seq", "todokit_change", ["space_id", "entity_id", "seq"])
    op.drop_index("ix_todokit_change_unfilled", "todokit_change")
    op.drop_index("ix_todokit_change_subject", "todokit_change")
    for name in reversed(_COLUMNS):
        op.drop_column("todokit_change", name)
