"""Jobs that carry their namespace, and what they need to know.

Revision ID: todokit_0006
Revises: todokit_0005
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0006"
down_revision = "todokit_0005"
branch_labels = None
depends_on = None

_WAITING = sa.text("parked_at IS NULL")


def upgrade() -> None:
    # Those that are there get theirs from the first worker that knows their space: it is derived from the namespace.
    op.add_column("todokit_job", sa.Column("namespace", _key(100), nullable=True))
    op.add_column("todokit_job", sa.Column("user_id", _key(255), nullable=True))
    op.add_column("todokit_job", sa.Column("argument", sa.JSON(), nullable=True))
    _index(["namespace", "run_at"])
    parked = sa.text("parked_at IS NOT NULL")
    op.create_index("ix_todokit_job_parked", "todokit_job", ["namespace"], postgresql_where=parked, sqlite_where=parked)


def downgrade() -> None:
    refuse_unless_named(revision)
    op.execute("DELETE FROM todokit_job WHERE kind <> 'reminder'")  # which no code of before knows
    op.drop_index("ix_todokit_job_parked", "todokit_job")
    _index(["run_at"])
    for name in ("argument", "user_id", "namespace"):
        op.drop_column("todokit_job", name)


def _index(columns: list[str]) -> None:
    op.drop_index("ix_todokit_job_due", "todokit_job")
    op.create_index("ix_todokit_job_due", "todokit_job", columns, postgresql_where=_WAITING, sqlite_where=_WAITING)


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
