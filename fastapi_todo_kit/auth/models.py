"""The tables of accounts, in a metadata and an Alembic branch of their own: a host with its own users has none of them.

Nothing here is a secret: of passwords there is an argon2 hash, of every token its SHA-256.
"""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, MetaData, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from fastapi_todo_kit.storage.tables import NAMING, Json, id_column, instant_column, key_text

metadata: MetaData = MetaData(naming_convention=NAMING)
_registry = registry(metadata=metadata)
_USER = "todokit_auth_user.id"
_SESSION = "todokit_auth_session.id"
_ERASED = text("erase_at IS NOT NULL")
_MOVED = text("moved_at IS NOT NULL")
# For workers of the version before, which go on while the tables are migrated.
_ZERO: dict[str, Any] = {"server_default": text("0")}


class AccountModel(SQLModel, registry=_registry):
    """Base of the tables of accounts."""

    metadata = metadata


class User(AccountModel, table=True):
    """Somebody who can log in. `email_key` is the address without regard to case; nobody shares it.

    `security_stamp` counts what ends the links that were made before: see `UserRepository.update`. With `erase_at` the
    account is being erased, and whoever comes by after that moment goes on with it. `moved_at` is when `time_zone`
    became another.
    """

    __tablename__: ClassVar[Any] = "todokit_auth_user"
    __table_args__: ClassVar[Any] = (
        Index("uq_todokit_auth_user_email_key", "email_key", unique=True),
        Index(None, "erase_at", postgresql_where=_ERASED, sqlite_where=_ERASED),
        Index(None, "moved_at", postgresql_where=_MOVED, sqlite_where=_MOVED),
    )

    id: uuid.UUID = id_column(primary_key=True)
    email: str = Field(max_length=320)
    email_key: str = Field(sa_type=key_text(320))
    hashed_password: str | None = Field(default=None, max_length=255)
    name: str = Field(max_length=120)
    time_zone: str | None = Field(default=None, max_length=64)
    is_active: bool
    is_verified: bool
    is_superuser: bool
    security_stamp: int = Field(default=0, sa_column_kwargs=_ZERO)
    version: int
    created_at: datetime = instant_column()
    updated_at: datetime = instant_column()
    erase_at: datetime | None = instant_column(nullable=True, default=None)
    moved_at: datetime | None = instant_column(nullable=True, default=None)


class Session(AccountModel, table=True):
    """One login, and with it the family of its refresh tokens, good until `expires_at`; its end deletes it."""

    __tablename__: ClassVar[Any] = "todokit_auth_session"
    __table_args__: ClassVar[Any] = (Index(None, "user_id"), Index(None, "expires_at"))

    id: uuid.UUID = id_column(primary_key=True)
    user_id: uuid.UUID = id_column(foreign_key=_USER, ondelete="CASCADE")
    created_at: datetime = instant_column()
    authenticated_at: datetime = instant_column()
    used_at: datetime = instant_column()
    expires_at: datetime = instant_column()
    address: str = Field(max_length=64)
    user_agent: str = Field(max_length=255)


class RefreshToken(AccountModel, table=True):
    """The SHA-256 of a refresh token; a used one is kept as long as its session, to know it when it comes again."""

    __tablename__: ClassVar[Any] = "todokit_auth_refresh"
    __table_args__: ClassVar[Any] = (Index(None, "session_id"),)

    digest: str = Field(sa_type=key_text(64), primary_key=True)
    session_id: uuid.UUID = id_column(foreign_key=_SESSION, ondelete="CASCADE")
    used_at: datetime | None = instant_column(nullable=True, default=None)


class PersonalToken(AccountModel, table=True):
    """The SHA-256 of a personal access token; `hint` is its last four characters."""

    __tablename__: ClassVar[Any] = "todokit_auth_token"
    __table_args__: ClassVar[Any] = (
        Index("uq_todokit_auth_token_digest", "digest", unique=True),
        Index(None, "user_id", "id"),
    )

    id: uuid.UUID = id_column(primary_key=True)
    user_id: uuid.UUID = id_column(foreign_key=_USER, ondelete="CASCADE")
    name: str = Field(max_length=120)
    digest: str = Field(sa_type=key_text(64))
    hint: str = Field(max_length=4)
    scopes: list[str] = Field(sa_type=Json, nullable=False)
    created_at: datetime = instant_column()
    expires_at: datetime | None = instant_column(nullable=True, default=None)
    used_at: datetime | None = instant_column(nullable=True, default=None)


class OAuthAccount(AccountModel, table=True):
    """The account at a provider with which a user logs in. The provider's tokens are used once and not kept."""

    __tablename__: ClassVar[Any] = "todokit_auth_oauth"
    __table_args__: ClassVar[Any] = (Index(None, "user_id"),)

    provider: str = Field(sa_type=key_text(64), primary_key=True)
    subject: str = Field(sa_type=key_text(255), primary_key=True)
    user_id: uuid.UUID = id_column(foreign_key=_USER, ondelete="CASCADE")
    email: str = Field(max_length=320)
    created_at: datetime = instant_column()


class Attempt(AccountModel, table=True):
    """How many attempts failed since `started_at`; the key is a digest of what is counted, such as an account.

    `known_until` is set where an account was logged in to from an address.
    """

    __tablename__: ClassVar[Any] = "todokit_auth_attempt"
    __table_args__: ClassVar[Any] = (Index(None, "started_at"),)

    key: str = Field(sa_type=key_text(64), primary_key=True)
    failures: int
    started_at: datetime = instant_column()
    known_until: datetime | None = instant_column(nullable=True, default=None)


class Ticket(AccountModel, table=True):
    """The SHA-256 of the token in a mailed link, good once for one purpose and one address.

    It is good for as long as the account has the stamp that it had when the link was made.
    """

    __tablename__: ClassVar[Any] = "todokit_auth_ticket"
    __table_args__: ClassVar[Any] = (Index(None, "user_id", "purpose"),)

    digest: str = Field(sa_type=key_text(64), primary_key=True)
    purpose: str = Field(max_length=20)
    user_id: uuid.UUID = id_column(foreign_key=_USER, ondelete="CASCADE")
    email: str = Field(max_length=320)
    security_stamp: int = Field(default=0, sa_column_kwargs=_ZERO)
    expires_at: datetime = instant_column()


class WaitingMail(AccountModel, table=True):
    """A mail to send, without its text: what it says, and the token in it, is made when it is sent.

    Where a user has asked for it, `security_stamp` is that of the account at that moment.
    """

    __tablename__: ClassVar[Any] = "todokit_auth_mail"
    __table_args__: ClassVar[Any] = (Index(None, "due_at"),)

    id: uuid.UUID = id_column(primary_key=True)
    kind: str = Field(max_length=20)
    email: str = Field(max_length=320)
    user_id: uuid.UUID | None = id_column(default=None, nullable=True, foreign_key=_USER, ondelete="CASCADE")
    security_stamp: int | None = None
    created_at: datetime = instant_column()
    due_at: datetime = instant_column()
    attempts: int
    error: str | None = Field(default=None, max_length=500)


class Revocation(AccountModel, table=True):
    """A session whose access tokens are good no more; every worker reads the new ones every few seconds."""

    __tablename__: ClassVar[Any] = "todokit_auth_revocation"
    __table_args__: ClassVar[Any] = (Index(None, "revoked_at"),)

    session_id: uuid.UUID = id_column(primary_key=True)
    revoked_at: datetime = instant_column()
