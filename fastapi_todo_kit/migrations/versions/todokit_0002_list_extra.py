"""Fields of the host's own on lists, as todos have them.

Revision ID: todokit_0002
Revises: todokit_0001
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0002"
down_revision = "todokit_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("todokit_list", sa.Column("extra", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_column("todokit_list", "extra")
