"""What authentication asks the database: new revocations, who has moved, and who has a personal access token."""

from sqlalchemy import Uuid, and_, bindparam, or_, select, update

from fastapi_todo_kit.auth.models import PersonalToken, Revocation, Session, User
from fastapi_todo_kit.storage.tables import Instant, table_of

_users = table_of(User)
_tokens = table_of(PersonalToken)
_sessions = table_of(Session)
_revocations = table_of(Revocation)

NEW_REVOCATIONS = select(_revocations.c.session_id, _revocations.c.revoked_at).where(
    _revocations.c.revoked_at >= bindparam("since", type_=Instant())
)
NEW_MOVES = select(_users.c.id, _users.c.moved_at, _users.c.time_zone).where(
    _users.c.moved_at >= bindparam("since", type_=Instant())
)
FIND_TOKEN = (
    select(
        _tokens.c.id,
        _tokens.c.user_id,
        _tokens.c.scopes,
        _tokens.c.expires_at,
        _tokens.c.used_at,
        _users.c.time_zone,
        _users.c.is_active,
        _users.c.is_verified,
        _users.c.is_superuser,
    )
    .join_from(_tokens, _users, _tokens.c.user_id == _users.c.id)
    .where(_tokens.c.digest == bindparam("token_digest"))
)
LOCK_USER = select(_users).where(_users.c.id == bindparam("of_user", type_=Uuid())).with_for_update()
FIND_USER = select(_users).where(_users.c.id == bindparam("of_user", type_=Uuid()))
FIND_SESSION = select(_sessions.c.id).where(
    _sessions.c.id == bindparam("session", type_=Uuid()), _sessions.c.user_id == bindparam("of_user", type_=Uuid())
)
# The condition again: of several workers, one writes and tells the host.
TOUCH_TOKEN = (
    update(_tokens)
    .where(
        and_(
            _tokens.c.id == bindparam("token_id"),
            or_(_tokens.c.used_at.is_(None), _tokens.c.used_at < bindparam("a_minute_ago", type_=Instant())),
        )
    )
    .values(used_at=bindparam("now", type_=Instant()))
)
