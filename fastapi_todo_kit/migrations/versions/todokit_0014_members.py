"""Spaces that users make, and their members.

What runs the code of before goes on: it writes none of the new columns, and team spaces are not there for it.

Revision ID: todokit_0014
Revises: todokit_0013
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0014"
down_revision = "todokit_0013"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in _columns_of_space():
        op.add_column("todokit_space", column)
    inheriting = sa.text("inherits_id IS NOT NULL")
    op.create_index(
        "ix_todokit_space_inherits",
        "todokit_space",
        ["inherits_id"],
        postgresql_where=inheriting,
        sqlite_where=inheriting,
    )
    op.create_table(
        "todokit_member",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", _key(255), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.Column("added_by", _key(255), nullable=False),
        sa.Column("since_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_member_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "user_id", name="pk_todokit_member"),
    )
    op.create_index("ix_todokit_member_user", "todokit_member", ["user_id", "space_id"])


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_member")
    op.drop_index("ix_todokit_space_inherits", "todokit_space")
    for column in reversed(_columns_of_space()):
        op.drop_column("todokit_space", column.name)


def _columns_of_space() -> list[sa.Column[Any]]:
    return [
        sa.Column("namespace", _key(100), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("color", sa.String(7), nullable=True),
        sa.Column("created_by", _key(255), nullable=True),
        sa.Column("updated_at", _INSTANT, nullable=True),
        sa.Column("inherits_id", sa.Uuid(), nullable=True),
        sa.Column("inherits_max_role", sa.String(20), nullable=True),
        sa.Column("shared_list_id", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", _INSTANT, nullable=True),
    ]


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
