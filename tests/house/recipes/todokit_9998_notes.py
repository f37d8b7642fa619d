"""Notes on todos.

Revision ID: todokit_9998
Revises: todokit_0020
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_9998"
down_revision = "todokit_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    user = sa.String(255).with_variant(sa.String(255, collation="C"), "postgresql")
    op.create_table(
        "todokit_note",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("created_by", user, nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(1_000), nullable=False),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_note"),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_note_todokit_space"),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_note_todokit_todo",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_todokit_note_todo", "todokit_note", ["space_id", "todo_id", "id"])


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_note")
