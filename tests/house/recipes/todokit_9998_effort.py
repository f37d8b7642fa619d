"""The effort of todos, in points.

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
    op.add_column("todokit_todo", sa.Column("effort", sa.Integer(), nullable=True))


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_column("todokit_todo", "effort")
