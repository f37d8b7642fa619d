"""Pages in the order of deadlines, from an index.

Such a column holds no nulls: "no deadline" is 30 December 9999. What still runs the code of before writes
nulls, and its todos show on no page that is sorted by deadline before they get another one.

Revision ID: todokit_0013
Revises: todokit_0012
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0013"
down_revision = "todokit_0012"
branch_labels = None
depends_on = None

_INDEXES = {
    "todokit_todo": (["space_id", "deadline", "id"], "deleted_at IS NULL"),
    "todokit_occurrence": (["space_id", "deadline", "todo_id", "version"], "outcome = 'completed'"),
}


def upgrade() -> None:
    for table, (columns, where) in _INDEXES.items():
        op.execute(f"UPDATE {table} SET deadline = '9999-12-30' WHERE deadline IS NULL")  # noqa: S608  (names above)
        condition = sa.text(where)
        op.create_index(f"ix_{table}_deadline", table, columns, postgresql_where=condition, sqlite_where=condition)


def downgrade() -> None:
    refuse_unless_named(revision)
    for table in reversed(_INDEXES):
        op.drop_index(f"ix_{table}_deadline", table)
        op.execute(f"UPDATE {table} SET deadline = NULL WHERE deadline = '9999-12-30'")  # noqa: S608  (the same)
