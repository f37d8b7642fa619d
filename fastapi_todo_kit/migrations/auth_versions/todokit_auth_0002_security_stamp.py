"""What a link is worth depends on the account that it was made for: both carry a stamp.

Links that confirm another address, mailed or waiting to be mailed, are good no more: who asked for them is not known.

Revision ID: todokit_auth_0002
Revises: todokit_auth_0001
"""

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_auth_0002"
down_revision = "todokit_auth_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("user", "ticket"):
        stamp = sa.Column("security_stamp", sa.Integer(), nullable=False, server_default=sa.text("0"))
        op.add_column(f"todokit_auth_{table}", stamp)
    op.add_column("todokit_auth_mail", sa.Column("security_stamp", sa.Integer(), nullable=True))
    op.execute("DELETE FROM todokit_auth_ticket WHERE purpose = 'change_email'")


def downgrade() -> None:
    refuse_unless_named(revision)
    # Links of accounts that have changed since would be good again.
    op.execute("DELETE FROM todokit_auth_ticket")
    for table in ("mail", "ticket", "user"):
        op.drop_column(f"todokit_auth_{table}", "security_stamp")
