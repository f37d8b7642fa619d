"""Where todos and lists are that have moved to another space.

Revision ID: todokit_0017
Revises: todokit_0016
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0017"
down_revision = "todokit_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "todokit_forward",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("to_space_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_forward_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "entity_id", name="pk_todokit_forward"),
    )


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_forward")
