"""Every error that the kit raises, and what each one means to an API client.

TodoKitError
├── ConfigurationError            the host wired the kit wrongly; raised while building, never during a request
│   ├── MissingExtra              a package of an extra is not installed; an ImportError as well
│   └── TransactionBroken         a callable of the host has ended or broken the transaction that it was lent
└── RequestError                  carries the HTTP status, a stable code and the members of its problem document
    ├── Unauthenticated           401: nobody knows who is calling
    │   ├── InvalidToken  WrongCredentials  LoginTooOld
    ├── TooManyAttempts           429: wait, then try again
    ├── RateLimited               429: the same, of requests that were right
    ├── MalformedRequest          400, 408, 413, 414, 415, 431: the request could not be read at all
    │   ├── InvalidCursor  InvalidLink  LoginFailed
    │   ├── BodyTooLarge  BodyTooSlow  HeadersTooLarge  QueryTooLong
    │   └── UnsupportedMediaType
    ├── MethodNotAllowed          405
    ├── InvalidInput              422: it was read, and says something that cannot be
    │   ├── WrongReference
    │   ├── NestedTooDeep  TooManyParts  UnexpectedBody  UnknownParameter
    │   └── IdempotencyKeyReused
    ├── Forbidden                 403: it may be seen, but this may not be done to it
    │   ├── InsufficientScope  CrossSiteRequest  AddressNotVerified  RegistrationClosed
    ├── NotFound                  404: not there, or not for this principal to know
    │   ├── SpaceNotFound  ListNotFound  TodoNotFound  LabelNotFound  ReminderNotFound  LinkTargetNotFound
    │   ├── UserNotFound  SessionNotFound  TokenNotFound  ProviderNotFound
    ├── Conflict                  409: possible in another state
    │   ├── AlreadyExists  ChangeRefused  LimitReached  InboxProtected  ListArchived  ListDeleted
    │   ├── TodoClosed  MoveImpossible  LoginInUse
    │   ├── TodoDoesNotRecur  WrongOccurrence  NothingToUndo  RemindersUnavailable
    ├── PreconditionFailed        412
    ├── PreconditionRequired      428
    ├── Unavailable               503: the database is away; try again
    │   ├── DatabaseUnavailable  Busy  ProviderUnavailable  LimiterUnavailable
    │   └── StorageFull           507
    └── InternalError             500: a defect, whose request id the operator wants to hear
"""

from typing import Any, ClassVar, Final

_CHALLENGE: Final = "WWW-Authenticate"


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
    """A request that cannot be served, with the status and the code that its answer carries."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    title: ClassVar[str] = "Bad request"
    headers: dict[str, str] = {}  # noqa: RUF012  (replaced, never changed)

    def __init__(self, detail: str | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.members = members
        """Further members of the problem document, JSON values only."""


class Unauthenticated(RequestError):
    """Log in, and send the access token as `Authorization: Bearer`."""

    status = 401
    code = "unauthenticated"
    title = "Not authenticated"
    headers: dict[str, str] = {_CHALLENGE: "Bearer"}  # noqa: RUF012  (the same)


class InvalidToken(Unauthenticated):
    """The token is damaged, expired or revoked, or its account cannot be used; refresh it, or log in again."""

    code = "invalid_token"
    title = "Invalid token"
    headers: dict[str, str] = {_CHALLENGE: 'Bearer error="invalid_token"'}  # noqa: RUF012  (the same)


class WrongCredentials(Unauthenticated):
    """The address or the password is wrong."""

    code = "wrong_credentials"
    title = "Wrong credentials"


class LoginTooOld(Unauthenticated):
    """This needs a login that is not so long ago; log in again."""

    code = "login_too_old"
    title = "Login too old"
    # RFC 9470
    headers: dict[str, str] = {_CHALLENGE: 'Bearer error="insufficient_user_authentication"'}  # noqa: RUF012  (the same)


class TooManyAttempts(RequestError):
    """Too many attempts failed; wait, or log in from a place that you have used before."""

    status = 429
    code = "too_many_attempts"
    title = "Too many attempts"


class RateLimited(RequestError):
    """Too many requests; wait, then go on more slowly."""

    status = 429
    code = "rate_limited"
    title = "Too many requests"


class MalformedRequest(RequestError):
    """The request body is not readable JSON."""

    code = "malformed_request"
    title = "Malformed request"


class InvalidCursor(MalformedRequest):
    """The cursor is damaged or belongs to another query; start again without it."""

    code = "invalid_cursor"
    title = "Invalid cursor"


class InvalidLink(MalformedRequest):
    """The link was used already, or is too old; ask for a new one."""

    code = "invalid_link"
    title = "Invalid link"


class LoginFailed(MalformedRequest):
    """The provider did not confirm this login; begin again."""

    code = "login_failed"
    title = "Login failed"


class BodyTooLarge(MalformedRequest):
    """The request body is larger than this API accepts."""

    status = 413
    code = "body_too_large"
    title = "Body too large"


class BodyTooSlow(MalformedRequest):
    """The request body took too long to arrive."""

    status = 408
    code = "body_too_slow"
    title = "Body too slow"


class QueryTooLong(MalformedRequest):
    """The query is longer than any that this API understands."""

    status = 414
    code = "query_too_long"
    title = "Query too long"


class HeadersTooLarge(MalformedRequest):
    """The headers of the request are larger than this API accepts."""

    status = 431
    code = "headers_too_large"
    title = "Headers too large"


class UnsupportedMediaType(MalformedRequest):
    """The request body must be JSON: send Content-Type: application/json."""

    status = 415
    code = "unsupported_media_type"
    title = "Unsupported media type"


class MethodNotAllowed(RequestError):
    """This path does not know this method; Allow names those that it knows."""

    status = 405
    code = "method_not_allowed"
    title = "Method not allowed"


class InvalidInput(RequestError):
    """The request says something that cannot be; `errors` points at each place."""

    status = 422
    code = "invalid_input"
    title = "Invalid input"


class WrongReference(InvalidInput):
    """The request names two things that do not belong together."""

    code = "wrong_reference"
    title = "Wrong reference"


class NestedTooDeep(InvalidInput):
    """The request body is nested too deeply."""

    code = "json_too_deep"
    title = "Nested too deeply"


class TooManyParts(InvalidInput):
    """The request body has too many keys or values."""

    code = "json_too_large"
    title = "Too many parts"


class UnexpectedBody(InvalidInput):
    """This operation takes no body: send none, or `{}`."""

    code = "unexpected_body"
    title = "Unexpected body"


class UnknownParameter(InvalidInput):
    """The query has a parameter that this operation does not know, so its answer would not be what was asked for."""

    code = "unknown_parameter"
    title = "Unknown parameter"


class IdempotencyKeyReused(InvalidInput):
    """This Idempotency-Key was used for another request; use a fresh key for each new request."""

    code = "idempotency_key_reused"
    title = "Idempotency key reused"


class Forbidden(RequestError):
    """Your role does not allow this here."""

    status = 403
    code = "forbidden"
    title = "Forbidden"


class InsufficientScope(Forbidden):
    """The token may not do this; make one with the scope that it lacks."""

    code = "insufficient_scope"
    title = "Insufficient scope"
    headers: dict[str, str] = {_CHALLENGE: 'Bearer error="insufficient_scope"'}  # noqa: RUF012  (the same)


class CrossSiteRequest(Forbidden):
    """A page of another site may not do this with your cookies."""

    code = "cross_site_request"
    title = "Cross-site request"


class AddressNotVerified(Forbidden):
    """Follow the link in the mail that verifies your address, then log in."""

    code = "address_not_verified"
    title = "Address not verified"


class RegistrationClosed(Forbidden):
    """Accounts are made by the people who run this application."""

    code = "registration_closed"
    title = "Registration closed"


class NotFound(RequestError):
    """There is nothing here that you may see."""

    status = 404
    code = "not_found"
    title = "Not found"


class SpaceNotFound(NotFound):
    """There is no such space, or it is not yours to see."""

    code = "space_not_found"
    title = "Space not found"


class ListNotFound(NotFound):
    """There is no such list in this space."""

    code = "list_not_found"
    title = "List not found"


class TodoNotFound(NotFound):
    """There is no such todo in this space."""

    code = "todo_not_found"
    title = "Todo not found"


class LabelNotFound(NotFound):
    """There is no such label in this space."""

    code = "label_not_found"
    title = "Label not found"


class ReminderNotFound(NotFound):
    """You have no such reminder of this todo."""

    code = "reminder_not_found"
    title = "Reminder not found"


class LinkTargetNotFound(NotFound):
    """There is no such object to link to, or to list the todos of."""

    code = "link_target_not_found"
    title = "Link target not found"


class UserNotFound(NotFound):
    """There is no such user."""

    code = "user_not_found"
    title = "User not found"


class SessionNotFound(NotFound):
    """You have no such session."""

    code = "session_not_found"
    title = "Session not found"


class TokenNotFound(NotFound):
    """You have no such personal access token."""

    code = "token_not_found"
    title = "Token not found"


class ProviderNotFound(NotFound):
    """There is no such provider of logins here."""

    code = "provider_not_found"
    title = "Provider not found"


class Conflict(RequestError):
    """This cannot be done in the present state."""

    status = 409
    code = "conflict"
    title = "Conflict"


class AlreadyExists(Conflict):
    """Something with this id or name exists already in this space."""

    # `entity`, `id` and `in_trash` tell those who may see it what has the id that they asked for.
    code = "already_exists"
    title = "Already exists"


class ChangeRefused(Conflict):
    """The application refused this change."""

    code = "change_refused"
    title = "Change refused"


class LimitReached(Conflict):
    """A limit of this API is reached; `limit` says which and how much."""

    code = "limit_reached"
    title = "Limit reached"


class InboxProtected(Conflict):
    """The inbox of a space can be neither deleted nor archived."""

    code = "inbox_protected"
    title = "Inbox protected"


class ListArchived(Conflict):
    """The list is archived; unarchive it before you add to it."""

    code = "list_archived"
    title = "List archived"


class ListDeleted(Conflict):
    """The list is in the trash; restore it first."""

    code = "list_deleted"
    title = "List deleted"


class TodoClosed(Conflict):
    """The todo is completed or cancelled; reopen it first."""

    code = "todo_closed"
    title = "Todo closed"


class TodoDoesNotRecur(Conflict):
    """The todo does not recur; give it a recurrence first."""

    code = "todo_does_not_recur"
    title = "Todo does not recur"


class WrongOccurrence(Conflict):
    """The todo is not at this occurrence, and no such one was completed; `occurrence` says where it is."""

    code = "wrong_occurrence"
    title = "Wrong occurrence"


class RemindersUnavailable(Conflict):
    """There are no reminders in shared spaces here: the application does not say who still belongs to them."""

    code = "reminders_unavailable"
    title = "Reminders unavailable"


class NothingToUndo(Conflict):
    """No occurrence was completed or skipped since the recurrence was last changed."""

    code = "nothing_to_undo"
    title = "Nothing to undo"


class MoveImpossible(Conflict):
    """The todo cannot go there: that would make a cycle or nest too deeply."""

    code = "move_impossible"
    title = "Move impossible"


class LoginInUse(Conflict):
    """Another account has this address; log in to it, then link the two."""

    code = "login_in_use"
    title = "Login in use"


class PreconditionFailed(RequestError):
    """The object has changed since you read it; read it again, then decide."""

    status = 412
    code = "precondition_failed"
    title = "Precondition failed"


class PreconditionRequired(RequestError):
    """Send If-Match with the ETag that you read."""

    status = 428
    code = "precondition_required"
    title = "Precondition required"


class Unavailable(RequestError):
    """The service cannot answer just now; try again."""

    status = 503
    code = "unavailable"
    title = "Unavailable"
    headers: dict[str, str] = {"Retry-After": "1"}  # noqa: RUF012  (the same)


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached or is too busy; try again, with the same Idempotency-Key for a POST."""

    code = "database_unavailable"
    title = "Database unavailable"


class Busy(Unavailable):
    """Too many people log in just now; try again."""

    code = "busy"
    title = "Busy"


class ProviderUnavailable(Unavailable):
    """The provider of logins does not answer; try again."""

    code = "provider_unavailable"
    title = "Provider unavailable"


class LimiterUnavailable(Unavailable):
    """How much was asked already cannot be told just now; try again."""

    code = "limiter_unavailable"
    title = "Limiter unavailable"


class StorageFull(Unavailable):
    """The disk of the database is full; nothing was changed."""

    status = 507
    code = "storage_full"
    title = "Storage full"
    headers: dict[str, str] = {"Retry-After": "60"}  # noqa: RUF012  (the same)


class InternalError(RequestError):
    """Something went wrong that nobody expected; tell the operator of this service the request id."""

    status = 500
    code = "internal_server_error"
    title = "Internal server error"
