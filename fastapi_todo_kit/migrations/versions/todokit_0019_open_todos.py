"""Open todos by their due from an index alone, so that those of many spaces are soon told.

Revision ID: todokit_0019
Revises: todokit_0018
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0019"
down_revision = "todokit_0018"
branch_labels = None
depends_on = None

_OPEN = "deleted_at IS NULL AND status IN ('needs_action', 'in_progress')"


def upgrade() -> None:
    op.create_index(
        "ix_todokit_todo_open_due",
        "todokit_todo",
        ["space_id", "due_at", "id", "list_id"],
        postgresql_where=sa.text(_OPEN),
        sqlite_where=sa.text(_OPEN),
    )


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_index("ix_todokit_todo_open_due", "todokit_todo")
