"""What every error is, and those that are no feature's."""

import re
from typing import Any, ClassVar, Final

CHALLENGE: Final = "WWW-Authenticate"
_KIT: Final = __name__.partition(".")[0]


class TodoKitError(Exception):
    """Anything that the kit raises on purpose. The docstring of a class is its default message."""

    def __init__(self, detail: str | None = None) -> None:
        self.detail: str = detail or type(self).__doc__ or ""
        super().__init__(self.detail)


class ConfigurationError(TodoKitError):
    """The kit is wired wrongly; the message says what to write instead."""


class MissingExtra(ConfigurationError, ImportError):
    """A package of an extra is not installed; the message says which extra."""


class TransactionBroken(ConfigurationError):
    """A callable of the host has ended or broken the transaction that it was lent, so nothing can be committed."""

    def __init__(self) -> None:
        super().__init__(
            "A callable of the host has committed or rolled back the transaction in which it was called, or hid an "
            "error of a statement in it. It may do neither. What may fail belongs into a savepoint: `begin_nested()` "
            "of the transaction's session or connection."
        )


class RequestError(TodoKitError):
    """A request that cannot be served, with the status and the code that its answer carries.

    Code and title of a class of the kit are its name, `todo_closed` and "Todo closed", unless it says others. One of a
    host's that says none has those of the class above it.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    title: ClassVar[str] = "Bad request"
    headers: dict[str, str] = {}  # noqa: RUF012  (replaced, never changed)

    def __init_subclass__(cls) -> None:
        """Let the name of a class say its code and its title."""
        super().__init_subclass__()
        if cls.__module__.partition(".")[0] == _KIT:
            first, *others = re.findall("[A-Z][a-z]*", cls.__name__)
            spoken = " ".join([first, *map(str.lower, others)])
            cls.title = vars(cls).get("title", spoken)
            cls.code = vars(cls).get("code", spoken.lower().replace(" ", "_"))

    def __init__(self, detail: str | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.members = members
        """Further members of the problem document, JSON values only."""


class Unauthenticated(RequestError):
    """Log in, and send the access token as `Authorization: Bearer`."""

    status = 401
    title = "Not authenticated"
    headers: dict[str, str] = {CHALLENGE: "Bearer"}  # noqa: RUF012  (the same)


class RateLimited(RequestError):
    """Too many requests; wait, then go on more slowly."""

    status = 429
    title = "Too many requests"


class MalformedRequest(RequestError):
    """The request body is not readable JSON."""


class InvalidCursor(MalformedRequest):
    """The cursor is damaged or belongs to another query; start again without it."""


class BodyTooLarge(MalformedRequest):
    """The request body is larger than this API accepts."""

    status = 413


class BodyTooSlow(MalformedRequest):
    """The request body took too long to arrive."""

    status = 408


class QueryTooLong(MalformedRequest):
    """The query is longer than any that this API understands."""

    status = 414


class HeadersTooLarge(MalformedRequest):
    """The headers of the request are larger than this API accepts."""

    status = 431


class UnsupportedMediaType(MalformedRequest):
    """The request body must be JSON: send Content-Type: application/json."""

    status = 415


class MethodNotAllowed(RequestError):
    """This path does not know this method; Allow names those that it knows."""

    status = 405


class InvalidInput(RequestError):
    """The request says something that cannot be; `errors` points at each place."""

    status = 422


class WrongReference(InvalidInput):
    """The request names two things that do not belong together."""


class NestedTooDeep(InvalidInput):
    """The request body is nested too deeply."""

    code = "json_too_deep"
    title = "Nested too deeply"


class TooManyParts(InvalidInput):
    """The request body has too many keys or values."""

    code = "json_too_large"


class UnexpectedBody(InvalidInput):
    """This operation takes no body: send none, or `{}`."""


class UnknownParameter(InvalidInput):
    """The query has a parameter that this operation does not know, so its answer would not be what was asked for."""


class SpaceRequired(InvalidInput):
    """This is done in one space: name it by `space`, or leave that out for your own; `all` is for lists of things."""


class TooManySpaces(InvalidInput):
    """You are in too many spaces of which you see a part only; ask for one after the other by `space`."""


class IdempotencyKeyReused(InvalidInput):
    """This Idempotency-Key was used for another request; use a fresh key for each new request."""


class Forbidden(RequestError):
    """Your role does not allow this here."""

    status = 403


class InsufficientScope(Forbidden):
    """The token may not do this; make one with the scope that it lacks."""

    headers: dict[str, str] = {CHALLENGE: 'Bearer error="insufficient_scope"'}  # noqa: RUF012  (the same)


class NotFound(RequestError):
    """There is nothing here that you may see."""

    status = 404


class MovedElsewhere(RequestError):
    """It is in another space by now: `space_id` says in which, and Location leads there."""

    status = 308


class SpaceNotFound(NotFound):
    """There is no such space, or it is not yours to see."""


class Conflict(RequestError):
    """This cannot be done in the present state."""

    status = 409


class AlreadyExists(Conflict):
    """Something with this id or name exists already in this space."""

    # `entity`, `id` and `in_trash` tell those who may see it what has the id that they asked for.


class ChangeRefused(Conflict):
    """The application refused this change."""


class LimitReached(Conflict):
    """A limit of this API is reached; `limit` says which and how much."""


class PreconditionFailed(RequestError):
    """The object has changed since you read it; read it again, then decide."""

    status = 412


class PreconditionRequired(RequestError):
    """Send If-Match with the ETag that you read."""

    status = 428


class Unavailable(RequestError):
    """The service cannot answer just now; try again."""

    status = 503
    headers: dict[str, str] = {"Retry-After": "1"}  # noqa: RUF012  (the same)


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached or is too busy; try again, with the same Idempotency-Key for a POST."""


class LimiterUnavailable(Unavailable):
    """How much was asked already cannot be told just now; try again."""


class StorageFull(Unavailable):
    """The disk of the database is full; nothing was changed."""

    status = 507
    headers: dict[str, str] = {"Retry-After": "60"}  # noqa: RUF012  (the same)


class InternalError(RequestError):
    """Something went wrong that nobody expected; tell the operator of this service the request id."""

    status = 500
    code = "internal_server_error"
    title = "Internal server error"
