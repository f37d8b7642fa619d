"""An erasure that has begun is written down, so that it is finished whoever dies meanwhile.

Revision ID: todokit_auth_0004
Revises: todokit_auth_0003
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_auth_0004"
down_revision = "todokit_auth_0003"
branch_labels = None
depends_on = None

_BEGUN = sa.text("erase_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("todokit_auth_user", sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_todokit_auth_user_erase_at",
        "todokit_auth_user",
        ["erase_at"],
        postgresql_where=_BEGUN,
        sqlite_where=_BEGUN,
    )


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_index("ix_todokit_auth_user_erase_at", "todokit_auth_user")
    op.drop_column("todokit_auth_user", "erase_at")
