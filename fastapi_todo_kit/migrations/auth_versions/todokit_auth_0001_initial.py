"""Users, sessions, refresh and personal tokens, OAuth accounts, login attempts, mailed links and waiting mails.

Revision ID: todokit_auth_0001
Revises: nothing
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_bare_base, refuse_unless_named

revision = "todokit_auth_0001"
down_revision = None
branch_labels: tuple[str, ...] = ("todo_kit_auth",)
depends_on = None

refuse_bare_base(revision)

_INSTANT = sa.DateTime(timezone=True)
_OF_USER = ("token", "oauth", "ticket", "mail", "refresh", "session")


def upgrade() -> None:
    _create_user()
    _create_session()
    _create_refresh()
    _create_token()
    _create_oauth()
    _create_attempt()
    _create_ticket()
    _create_mail()
    _create_revocation()


def downgrade() -> None:
    refuse_unless_named(revision)
    for table in (*_OF_USER, "user", "attempt", "revocation"):
        op.drop_table(f"todokit_auth_{table}")


def _create_user() -> None:
    op.create_table(
        "todokit_auth_user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("email_key", _key(320), nullable=False),
        sa.Column("hashed_password", sa.String(255), nullable=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("is_superuser", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_todokit_auth_user"),
    )
    op.create_index("uq_todokit_auth_user_email_key", "todokit_auth_user", ["email_key"], unique=True)


def _create_session() -> None:
    op.create_table(
        "todokit_auth_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("authenticated_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("user_agent", sa.String(255), nullable=False),
        _of_user("session"),
        sa.PrimaryKeyConstraint("id", name="pk_todokit_auth_session"),
    )
    op.create_index("ix_todokit_auth_session_user_id", "todokit_auth_session", ["user_id"])
    op.create_index("ix_todokit_auth_session_expires_at", "todokit_auth_session", ["expires_at"])


def _create_refresh() -> None:
    op.create_table(
        "todokit_auth_refresh",
        sa.Column("digest", _key(64), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["todokit_auth_session.id"],
            name="fk_todokit_auth_refresh_todokit_auth_session",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_todokit_auth_refresh"),
    )
    op.create_index("ix_todokit_auth_refresh_session_id", "todokit_auth_refresh", ["session_id"])


def _create_token() -> None:
    op.create_table(
        "todokit_auth_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("digest", _key(64), nullable=False),
        sa.Column("hint", sa.String(4), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=True),
        sa.Column("used_at", _INSTANT, nullable=True),
        _of_user("token"),
        sa.PrimaryKeyConstraint("id", name="pk_todokit_auth_token"),
    )
    op.create_index("uq_todokit_auth_token_digest", "todokit_auth_token", ["digest"], unique=True)
    op.create_index("ix_todokit_auth_token_user_id_id", "todokit_auth_token", ["user_id", "id"])


def _create_oauth() -> None:
    op.create_table(
        "todokit_auth_oauth",
        sa.Column("provider", _key(64), nullable=False),
        sa.Column("subject", _key(255), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        _of_user("oauth"),
        sa.PrimaryKeyConstraint("provider", "subject", name="pk_todokit_auth_oauth"),
    )
    op.create_index("ix_todokit_auth_oauth_user_id", "todokit_auth_oauth", ["user_id"])


def _create_attempt() -> None:
    op.create_table(
        "todokit_auth_attempt",
        sa.Column("key", _key(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("known_until", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_todokit_auth_attempt"),
    )
    op.create_index("ix_todokit_auth_attempt_started_at", "todokit_auth_attempt", ["started_at"])


def _create_ticket() -> None:
    op.create_table(
        "todokit_auth_ticket",
        sa.Column("digest", _key(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        _of_user("ticket"),
        sa.PrimaryKeyConstraint("digest", name="pk_todokit_auth_ticket"),
    )
    op.create_index("ix_todokit_auth_ticket_user_id_purpose", "todokit_auth_ticket", ["user_id", "purpose"])


def _create_mail() -> None:
    op.create_table(
        "todokit_auth_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(500), nullable=True),
        _of_user("mail"),
        sa.PrimaryKeyConstraint("id", name="pk_todokit_auth_mail"),
    )
    op.create_index("ix_todokit_auth_mail_due_at", "todokit_auth_mail", ["due_at"])


def _create_revocation() -> None:
    op.create_table(
        "todokit_auth_revocation",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_todokit_auth_revocation"),
    )
    op.create_index("ix_todokit_auth_revocation_revoked_at", "todokit_auth_revocation", ["revoked_at"])


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_todokit_auth_{table}_todokit_auth_user"
    return sa.ForeignKeyConstraint(["user_id"], ["todokit_auth_user.id"], name=name, ondelete="CASCADE")


def _key(length: int) -> Any:
    """Text that is compared byte by byte, whatever the locale."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
