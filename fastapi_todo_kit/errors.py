"""Every error that the kit raises, and what each one means to an API client.

TodoKitError
├── ConfigurationError            the host wired the kit wrongly; raised while building, never during a request
└── RequestError                  carries the HTTP status, a stable code and the members of its problem document
    ├── MalformedRequest          400, 413, 415: the request could not be read at all
    │   ├── InvalidCursor
    │   ├── BodyTooLarge
    │   └── UnsupportedMediaType
    ├── MethodNotAllowed          405
    ├── InvalidInput              422: it was read, and says something that cannot be
    │   ├── WrongReference
    │   ├── NestedTooDeep
    │   └── IdempotencyKeyReused
    ├── Forbidden                 403: it may be seen, but this may not be done to it
    ├── NotFound                  404: not there, or not for this principal to know
    │   ├── SpaceNotFound  ListNotFound  TodoNotFound  LabelNotFound  LinkTargetNotFound
    ├── Conflict                  409: possible in another state
    │   ├── AlreadyExists  ChangeRefused  LimitReached  InboxProtected  ListArchived  ListDeleted
    │   ├── TodoClosed  MoveImpossible
    ├── PreconditionFailed        412
    ├── PreconditionRequired      428
    └── Unavailable               503: the database is away; try again
        ├── DatabaseUnavailable
        └── StorageFull           507
"""

from typing import Any, ClassVar


class TodoKitError(Exception):
    """Anything that the kit raises on purpose. The docstring of a class is its default message."""

    def __init__(self, detail: str | None = None) -> None:
        self.detail: str = detail or type(self).__doc__ or ""
        super().__init__(self.detail)


class ConfigurationError(TodoKitError):
    """The kit is wired wrongly; the message says what to write instead."""


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


class MalformedRequest(RequestError):
    """The request body is not readable JSON."""

    code = "malformed_request"
    title = "Malformed request"


class InvalidCursor(MalformedRequest):
    """The cursor is damaged or belongs to another query; start again without it."""

    code = "invalid_cursor"
    title = "Invalid cursor"


class BodyTooLarge(MalformedRequest):
    """The request body is larger than this API accepts."""

    status = 413
    code = "body_too_large"
    title = "Body too large"


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


class IdempotencyKeyReused(InvalidInput):
    """This Idempotency-Key was used for another request; use a fresh key for each new request."""

    code = "idempotency_key_reused"
    title = "Idempotency key reused"


class Forbidden(RequestError):
    """Your role does not allow this here."""

    status = 403
    code = "forbidden"
    title = "Forbidden"


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


class LinkTargetNotFound(NotFound):
    """There is no such object to link to, or to list the todos of."""

    code = "link_target_not_found"
    title = "Link target not found"


class Conflict(RequestError):
    """This cannot be done in the present state."""

    status = 409
    code = "conflict"
    title = "Conflict"


class AlreadyExists(Conflict):
    """Something with this id or name exists already in this space."""

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


class MoveImpossible(Conflict):
    """The todo cannot go there: that would make a cycle or nest too deeply."""

    code = "move_impossible"
    title = "Move impossible"


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


class StorageFull(Unavailable):
    """The disk of the database is full; nothing was changed."""

    status = 507
    code = "storage_full"
    title = "Storage full"
    headers: dict[str, str] = {"Retry-After": "60"}  # noqa: RUF012  (the same)
