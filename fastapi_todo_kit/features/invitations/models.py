"""The tables of invitations."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, text
from sqlmodel import Field

from fastapi_todo_kit.storage.tables import SpaceRow, TableModel, id_column, instant_column, key_text

EMAIL: Final = "email"
LINK: Final = "link"
_OPEN: Final = text("email_key IS NOT NULL AND uses = 0")


class Invitation(SpaceRow, table=True):
    """Somebody, or whoever has a link, may become a member. One that is taken back is gone.

    `token_hashes` are the SHA-256 of random parts, 32 bytes each: of a link one, of a mail as many as there were tries
    to send it, since any of them may have arrived. Erasing a user goes by `email_key`.
    """

    __tablename__: ClassVar[Any] = "todokit_invitation"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        Index(
            "uq_todokit_invitation_open",
            "space_id",
            "email_key",
            unique=True,
            postgresql_where=_OPEN,
            sqlite_where=_OPEN,
        ),
        Index("ix_todokit_invitation_email", "email_key"),
    )

    kind: str = Field(max_length=10)
    role: str = Field(max_length=20)
    email: str | None = Field(default=None, max_length=254)
    email_key: str | None = Field(default=None, sa_type=key_text(320))
    message: str | None = Field(default=None, max_length=500)
    token_hashes: bytes = Field(sa_type=LargeBinary)
    max_uses: int
    uses: int
    expires_at: datetime = instant_column()


class InvitationUse(TableModel, table=True):
    """A user who has accepted an invitation."""

    __tablename__: ClassVar[Any] = "todokit_invitation_use"
    __table_args__: ClassVar[Any] = (
        ForeignKeyConstraint(["space_id"], ["todokit_space.id"]),
        ForeignKeyConstraint(
            ["space_id", "invitation_id"],
            ["todokit_invitation.space_id", "todokit_invitation.id"],
            ondelete="CASCADE",
        ),
    )

    space_id: uuid.UUID = id_column(primary_key=True)
    invitation_id: uuid.UUID = id_column(primary_key=True)
    user_id: str = Field(sa_type=key_text(255), primary_key=True)
    at: datetime = instant_column()


class InvitationCount(TableModel, table=True):
    """How often a user has done something since `started_at`.

    It is in the user's own space, whose lock is not waited for.
    """

    __tablename__: ClassVar[Any] = "todokit_invitation_count"

    space_id: uuid.UUID = id_column(primary_key=True, foreign_key="todokit_space.id")
    kind: str = Field(max_length=10, primary_key=True)
    times: int
    started_at: datetime = instant_column()
