"""When an account moved to another zone: what was signed before says where it was.

Revision ID: todokit_auth_0005
Revises: todokit_auth_0004
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_auth_0005"
down_revision = "todokit_auth_0004"
branch_labels = None
depends_on = None

_MOVED = sa.text("moved_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("todokit_auth_user", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_todokit_auth_user_moved_at",
        "todokit_auth_user",
        ["moved_at"],
        postgresql_where=_MOVED,
        sqlite_where=_MOVED,
    )


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_index("ix_todokit_auth_user_moved_at", "todokit_auth_user")
    op.drop_column("todokit_auth_user", "moved_at")
