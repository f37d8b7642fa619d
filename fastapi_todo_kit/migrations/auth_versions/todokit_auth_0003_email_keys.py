"""One key for all spellings of the domain of an address; accounts that providers made had what the provider wrote.

In SQL that is only written down (`--sql`) the keys stay as they are: such accounts are then found by their provider.

Revision ID: todokit_auth_0003
Revises: todokit_auth_0002
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_auth_0003"
down_revision = "todokit_auth_0002"
branch_labels = None
depends_on = None

_BATCH = 1_000
_users = sa.table("todokit_auth_user", sa.column("id", sa.Uuid()), sa.column("email_key", sa.String()))


def upgrade() -> None:
    if op.get_context().as_sql:
        return
    connection, page = op.get_bind(), sa.select(_users).order_by(_users.c.id).limit(_BATCH)
    rows = connection.execute(page).all()
    while rows:
        for row in rows:
            key = _normal(row.email_key)
            # Of two accounts of one address, the one that has the key keeps it; the other is entered by its provider.
            taken = sa.select(_users.c.id).where(_users.c.email_key == key)
            if key != row.email_key and connection.execute(taken).first() is None:
                connection.execute(sa.update(_users).where(_users.c.id == row.id).values(email_key=key))
        rows = connection.execute(page.where(_users.c.id > rows[-1].id)).all()


def downgrade() -> None:
    refuse_unless_named(revision)


def _normal(key: str) -> str:
    """Return a key with its domain as UTS 46 maps it, near enough: the table itself belongs to a package."""
    local, at, domain = key.rpartition("@")
    mapped = unicodedata.normalize("NFKC", domain).replace("\u3002", ".").lower()
    return f"{local}{at}{'.'.join(map(_decoded, mapped.split('.')))}"


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode"))
    except UnicodeError:
        return label
