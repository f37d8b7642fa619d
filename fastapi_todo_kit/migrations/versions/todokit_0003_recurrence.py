"""Recurring todos: the rule of a todo, the occurrences that are done with, and what completing one reset.

Revision ID: todokit_0003
Revises: todokit_0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0003"
down_revision = "todokit_0002"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_TODO_COLUMNS = {"recurrence": sa.JSON(), "occurrence": sa.String(19), "progress": sa.JSON()}


def upgrade() -> None:
    for name, type_ in _TODO_COLUMNS.items():
        op.add_column("todokit_todo", sa.Column(name, type_, nullable=True))
    _create_occurrence()
    _create_reset_subtask()


def downgrade() -> None:
    refuse_unless_named(revision)
    op.drop_table("todokit_reset_subtask")
    op.drop_table("todokit_occurrence")
    for name in reversed(_TODO_COLUMNS):
        op.drop_column("todokit_todo", name)


def _create_occurrence() -> None:
    op.create_table(
        "todokit_occurrence",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.String(19), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("was_last", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=False),
        sa.Column("ended_by", _key(255), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.Column("start_local", sa.String(19), nullable=True),
        sa.Column("start_zone", sa.String(64), nullable=True),
        sa.Column("start_at", _INSTANT, nullable=False),
        sa.Column("due_local", sa.String(19), nullable=True),
        sa.Column("due_zone", sa.String(64), nullable=True),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_occurrence_todokit_todo",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_occurrence"),
    )
    op.create_index(
        "uq_todokit_occurrence_version", "todokit_occurrence", ["space_id", "todo_id", "version"], unique=True
    )
    op.create_index(
        "uq_todokit_occurrence_slot", "todokit_occurrence", ["space_id", "todo_id", "series_id", "slot"], unique=True
    )
    op.create_index("ix_todokit_occurrence_ended", "todokit_occurrence", ["space_id", "ended_at", "id"])


def _create_reset_subtask() -> None:
    op.create_table(
        "todokit_reset_subtask",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_id", sa.Uuid(), nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("completed_at", _INSTANT, nullable=False),
        sa.Column("completed_by", _key(255), nullable=True),
        sa.Column("closed_batch_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "occurrence_id"],
            ["todokit_occurrence.space_id", "todokit_occurrence.id"],
            name="fk_todokit_reset_subtask_todokit_occurrence",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_reset_subtask_todokit_todo",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "occurrence_id", "todo_id", name="pk_todokit_reset_subtask"),
    )
    op.create_index("ix_todokit_reset_subtask_todo", "todokit_reset_subtask", ["space_id", "todo_id"])


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
