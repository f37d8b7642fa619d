"""Indexes that PostgreSQL does not take for the primary key of todos.

Revision ID: todokit_0005
Revises: todokit_0004
"""

from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0005"
down_revision = "todokit_0004"
branch_labels = None
depends_on = None

_INDEXES = {"ix_todokit_todo_parent": "parent_id", "ix_todokit_todo_list": "list_id"}


def upgrade() -> None:
    for name, column in _INDEXES.items():
        op.drop_index(name, "todokit_todo")
        op.create_index(name, "todokit_todo", [column, "space_id"])


def downgrade() -> None:
    refuse_unless_named(revision)
    for name, column in _INDEXES.items():
        op.drop_index(name, "todokit_todo")
        op.create_index(name, "todokit_todo", ["space_id", column])
