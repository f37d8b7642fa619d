"""Reminders, and the work that is done later.

Revision ID: todokit_0004
Revises: todokit_0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0004"
down_revision = "todokit_0003"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_job()
    _create_reminder()


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_reminder")
    op.drop_table("todokit_job")


def _create_job() -> None:
    op.create_table(
        "todokit_job",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", _key(120), nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("run_at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_id", sa.Uuid(), nullable=True),
        sa.Column("error", sa.String(500), nullable=True),
        sa.Column("parked_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_job_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_job"),
    )
    op.create_index("uq_todokit_job_key", "todokit_job", ["space_id", "kind", "key"], unique=True)
    waiting = sa.text("parked_at IS NULL")
    op.create_index("ix_todokit_job_due", "todokit_job", ["run_at"], postgresql_where=waiting, sqlite_where=waiting)


def _create_reminder() -> None:
    op.create_table(
        "todokit_reminder",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("created_by", _key(255), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", _key(255), nullable=False),
        sa.Column("at_local", sa.String(19), nullable=True),
        sa.Column("at_zone", sa.String(64), nullable=True),
        sa.Column("anchor", sa.String(10), nullable=True),
        sa.Column("minutes_before", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("day_minute", sa.Integer(), nullable=False),
        sa.Column("moment", _INSTANT, nullable=True),
        sa.Column("next_at", _INSTANT, nullable=False),
        sa.Column("done_moment", _INSTANT, nullable=True),
        sa.Column("fired_at", _INSTANT, nullable=True),
        sa.Column("snoozed_until", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_reminder_todokit_space"),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_reminder_todokit_todo",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_reminder"),
    )
    op.create_index("ix_todokit_reminder_todo", "todokit_reminder", ["space_id", "todo_id", "user_id"])
    op.create_index("ix_todokit_reminder_next", "todokit_reminder", ["space_id", "user_id", "next_at", "id"])


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
