"""Invitations to spaces that users have made.

Revision ID: todokit_0015
Revises: todokit_0014
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0015"
down_revision = "todokit_0014"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "todokit_invitation",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("created_by", _key(255), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("email_key", _key(320), nullable=True),
        sa.Column("message", sa.String(500), nullable=True),
        sa.Column("token_hashes", sa.LargeBinary(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_invitation_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_invitation"),
    )
    waiting = sa.text("email_key IS NOT NULL AND uses = 0")
    op.create_index(
        "uq_todokit_invitation_open",
        "todokit_invitation",
        ["space_id", "email_key"],
        unique=True,
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    op.create_index("ix_todokit_invitation_email", "todokit_invitation", ["email_key"])
    op.create_table(
        "todokit_invitation_use",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", _key(255), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_invitation_use_todokit_space"),
        sa.ForeignKeyConstraint(
            ["space_id", "invitation_id"],
            ["todokit_invitation.space_id", "todokit_invitation.id"],
            name="fk_todokit_invitation_use_todokit_invitation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "invitation_id", "user_id", name="pk_todokit_invitation_use"),
    )
    op.create_table(
        "todokit_invitation_count",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_invitation_count_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "kind", name="pk_todokit_invitation_count"),
    )


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_invitation_count")
    op.drop_table("todokit_invitation_use")
    op.drop_table("todokit_invitation")


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
