"""Who is to do a todo.

What runs the code of before goes on: it neither shows nor copies assignees.

Revision ID: todokit_0016
Revises: todokit_0015
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0016"
down_revision = "todokit_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "todokit_assignee",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", _key(255), nullable=False),
        sa.Column("assigned_by", _key(255), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_assignee_todokit_todo",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "todo_id", "user_id", name="pk_todokit_assignee"),
    )
    op.create_index("ix_todokit_assignee_user", "todokit_assignee", ["space_id", "user_id", "todo_id"])


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_assignee")


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
