"""Spaces with their change log, lists, labels and todos.

Revision ID: todokit_0001
Revises: nothing
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_bare_base, refuse_unless_named

revision = "todokit_0001"
down_revision = None
branch_labels: tuple[str, ...] = ("todo_kit",)
depends_on = None

refuse_bare_base(revision)

_INSTANT = sa.DateTime(timezone=True)
_JSON = sa.JSON()


def upgrade() -> None:
    _create_space()
    _create_change()
    _create_idempotency()
    _create_label()
    _create_list()
    _create_todo()
    _create_todo_label()
    _create_todo_link()


def downgrade() -> None:
    refuse_unless_named(revision)
    for table in ("todo_link", "todo_label", "todo", "list", "label", "idempotency", "change", "space"):
        op.drop_table(f"todokit_{table}")


def _create_space() -> None:
    op.create_table(
        "todokit_space",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", _key(255), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_todokit_space"),
    )


def _create_change() -> None:
    op.create_table(
        "todokit_change",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("entity", sa.String(20), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("op", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor_id", _key(255), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("diff", _JSON, nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_change_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "seq", name="pk_todokit_change"),
    )
    op.create_index("ix_todokit_change_space_id_entity_id_seq", "todokit_change", ["space_id", "entity_id", "seq"])


def _create_idempotency() -> None:
    op.create_table(
        "todokit_idempotency",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", _key(255), nullable=False),
        sa.Column("key", _key(255), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", _JSON, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_idempotency_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "actor_id", "key", name="pk_todokit_idempotency"),
    )
    op.create_index("ix_todokit_idempotency_created_at", "todokit_idempotency", ["created_at"])


def _create_label() -> None:
    op.create_table(
        "todokit_label",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("created_by", _key(255), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_key", _key(255), nullable=False),
        sa.Column("color", sa.String(7), nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_label_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_label"),
    )
    op.create_index("uq_todokit_label_name_key", "todokit_label", ["space_id", "name_key"], unique=True)


def _create_list() -> None:
    op.create_table(
        "todokit_list",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("created_by", _key(255), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("deleted_at", _INSTANT, nullable=True),
        sa.Column("delete_batch_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.String(16384), nullable=False),
        sa.Column("color", sa.String(7), nullable=True),
        sa.Column("icon", sa.String(64), nullable=True),
        sa.Column("position", _key(255), nullable=False),
        sa.Column("is_inbox", sa.Boolean(), nullable=False),
        sa.Column("archived_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_list_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_list"),
    )
    op.create_index("uq_todokit_list_inbox", "todokit_list", ["space_id"], unique=True, **_where("is_inbox"))
    op.create_index("uq_todokit_list_position", "todokit_list", ["space_id", "position"], unique=True, **_LIVING)


def _create_todo() -> None:
    op.create_table(
        "todokit_todo",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("created_by", _key(255), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.Column("deleted_at", _INSTANT, nullable=True),
        sa.Column("delete_batch_id", sa.Uuid(), nullable=True),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("title_key", _key(255), nullable=False),
        sa.Column("description", sa.String(16384), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("start_local", sa.String(19), nullable=True),
        sa.Column("start_zone", sa.String(64), nullable=True),
        sa.Column("start_at", _INSTANT, nullable=False),
        sa.Column("due_local", sa.String(19), nullable=True),
        sa.Column("due_zone", sa.String(64), nullable=True),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("position", _key(255), nullable=False),
        sa.Column("extra", _JSON, nullable=False),
        sa.Column("completed_at", _INSTANT, nullable=False),
        sa.Column("completed_by", _key(255), nullable=True),
        sa.Column("closed_batch_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "list_id"],
            ["todokit_list.space_id", "todokit_list.id"],
            name="fk_todokit_todo_todokit_list",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "parent_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_todo_todokit_todo",
        ),
        sa.ForeignKeyConstraint(["space_id"], ["todokit_space.id"], name="fk_todokit_todo_todokit_space"),
        sa.PrimaryKeyConstraint("space_id", "id", name="pk_todokit_todo"),
    )
    op.create_index("ix_todokit_todo_completed", "todokit_todo", ["space_id", "completed_at", "id"], **_LIVING)
    op.create_index("ix_todokit_todo_created", "todokit_todo", ["space_id", "created_at", "id"], **_LIVING)
    op.create_index("ix_todokit_todo_due", "todokit_todo", ["space_id", "due_at", "id"], **_LIVING)
    op.create_index("ix_todokit_todo_list", "todokit_todo", ["space_id", "list_id"])
    op.create_index("ix_todokit_todo_parent", "todokit_todo", ["space_id", "parent_id"])
    op.create_index("ix_todokit_todo_position", "todokit_todo", ["space_id", "position", "id"], **_LIVING)
    op.create_index("ix_todokit_todo_priority", "todokit_todo", ["space_id", "priority", "id"], **_LIVING)
    op.create_index("ix_todokit_todo_start", "todokit_todo", ["space_id", "start_at", "id"], **_LIVING)
    op.create_index("ix_todokit_todo_title", "todokit_todo", ["space_id", "title_key", "id"], **_LIVING)
    op.create_index(
        "ix_todokit_todo_trash",
        "todokit_todo",
        ["space_id", "deleted_at", "id"],
        **_where("deleted_at IS NOT NULL"),
    )
    op.create_index("ix_todokit_todo_updated", "todokit_todo", ["space_id", "updated_at", "id"], **_LIVING)
    op.create_index(
        "uq_todokit_todo_position",
        "todokit_todo",
        ["space_id", "list_id", "position"],
        unique=True,
        **_LIVING,
    )


def _create_todo_label() -> None:
    op.create_table(
        "todokit_todo_label",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("label_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "label_id"],
            ["todokit_label.space_id", "todokit_label.id"],
            name="fk_todokit_todo_label_todokit_label",
        ),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_todo_label_todokit_todo",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "todo_id", "label_id", name="pk_todokit_todo_label"),
    )
    op.create_index("ix_todokit_todo_label_label", "todokit_todo_label", ["space_id", "label_id", "todo_id"])


def _create_todo_link() -> None:
    op.create_table(
        "todokit_todo_link",
        sa.Column("space_id", sa.Uuid(), nullable=False),
        sa.Column("todo_id", sa.Uuid(), nullable=False),
        sa.Column("source", _key(120), nullable=False),
        sa.Column("type", _key(120), nullable=False),
        sa.Column("target_id", _key(120), nullable=False),
        sa.Column("url", sa.String(2000), nullable=True),
        sa.Column("title", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id", "todo_id"],
            ["todokit_todo.space_id", "todokit_todo.id"],
            name="fk_todokit_todo_link_todokit_todo",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "todo_id", "source", "type", "target_id", name="pk_todokit_todo_link"),
    )
    op.create_index(
        "ix_todokit_todo_link_target",
        "todokit_todo_link",
        ["space_id", "source", "type", "target_id", "todo_id"],
    )


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


_LIVING = _where("deleted_at IS NULL")
