"""What users keep of their own about what they share.

Revision ID: todokit_0018
Revises: todokit_0017
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0018"
down_revision = "todokit_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "todokit_user_item",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("target_space_id", sa.Uuid(), nullable=False),
        sa.Column("target_kind", _key(20), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_favorite", sa.Boolean(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("color", sa.String(7), nullable=True),
        sa.Column("position", _key(255), nullable=True),
        sa.Column("seen_seq", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_user_item_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "target_space_id", "target_kind", "target_id", name="pk_todokit_user_item"),
    )
    op.create_index("ix_todokit_user_item_target", "todokit_user_item", ["target_space_id"])


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_user_item")


def _key(length: int) -> sa.types.TypeEngine[str]:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
