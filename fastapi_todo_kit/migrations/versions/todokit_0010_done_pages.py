"""Pages of completed occurrences from an index, whatever their order.

`has_occurrences` says of which todos occurrences may have been completed: here of all that recur or have recurred. What
still runs the code of before does not set it.

Revision ID: todokit_0010
Revises: todokit_0008
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0010"
down_revision = "todokit_0008"
branch_labels = None
depends_on = None

_OF_TODO = {"position": "position", "priority": "priority", "title": "title_key", "created": "created_at"}
_OF_OCCURRENCE = {"ended": "ended_at", "due": "due_at", "start": "start_at"}
_DONE = "deleted_at IS NULL AND has_occurrences"


def upgrade() -> None:
    op.add_column("todokit_todo", sa.Column("has_occurrences", sa.Boolean(), nullable=False, server_default=sa.false()))
    _mark()
    op.drop_index("ix_todokit_occurrence_ended", "todokit_occurrence")
    for name, column in _OF_OCCURRENCE.items():
        _create_index("todokit_occurrence", name, [column, "todo_id", "version"], "outcome = 'completed'")
    for name, column in _OF_TODO.items():
        _create_index("todokit_todo", f"done_{name}", [column, "id"], _DONE, f"{_DONE} = 1")


def downgrade() -> None:
    refuse_unless_named(revision)
    for name in reversed(_OF_TODO):
        op.drop_index(f"ix_todokit_todo_done_{name}", "todokit_todo")
    for name in reversed(_OF_OCCURRENCE):
        op.drop_index(f"ix_todokit_occurrence_{name}", "todokit_occurrence")
    op.create_index("ix_todokit_occurrence_ended", "todokit_occurrence", ["space_id", "ended_at", "id"])
    op.drop_column("todokit_todo", "has_occurrences")


def _mark() -> None:
    op.execute(
        "UPDATE todokit_todo SET has_occurrences = true WHERE recurrence IS NOT NULL "
        "OR EXISTS (SELECT 1 FROM todokit_occurrence o WHERE o.space_id = todokit_todo.space_id "
        "AND o.todo_id = todokit_todo.id)"
    )


def _create_index(table: str, name: str, columns: list[str], where: str, on_sqlite: str | None = None) -> None:
    op.create_index(
        f"ix_{table}_{name}",
        table,
        ["space_id", *columns],
        postgresql_where=sa.text(where),
        sqlite_where=sa.text(on_sqlite or where),
    )
