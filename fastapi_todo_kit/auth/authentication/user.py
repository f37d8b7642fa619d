"""The authenticated user, as dependencies return it."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AuthUser:
    """Somebody who was authenticated, by a session or by a personal access token; made without a query.

    `scopes` is None for a session, which may do everything that its user may. `authenticated_at` is when the password
    was typed last in this session, None for a personal access token.
    """

    id: str
    time_zone: str | None
    is_verified: bool
    is_superuser: bool
    session_id: uuid.UUID | None = None
    token_id: uuid.UUID | None = None
    scopes: frozenset[str] | None = None
    authenticated_at: datetime | None = None

    @property
    def user_id(self) -> uuid.UUID:
        """The id as it is stored."""
        return uuid.UUID(self.id)

    def has_scope(self, *scopes: str) -> bool:
        """Whether all of these scopes are granted."""
        return self.scopes is None or self.scopes.issuperset(scopes)
