"""Every error that the kit raises, and the status of its answer.

TodoKitError
├── ConfigurationError
│   └── MissingExtra  TransactionBroken
└── RequestError (400)
    ├── RateLimited (429)  MethodNotAllowed (405)  PreconditionFailed (412)
    ├── PreconditionRequired (428)  InternalError (500)  TooManyAttempts (429)
    ├── Unauthenticated (401)
    │   └── InvalidToken  WrongCredentials  LoginTooOld
    ├── MalformedRequest
    │   ├── InvalidCursor  BodyTooLarge (413)  BodyTooSlow (408)  QueryTooLong (414)
    │   └── HeadersTooLarge (431)  UnsupportedMediaType (415)  InvalidLink  LoginFailed
    ├── InvalidInput (422)
    │   ├── WrongReference  NestedTooDeep  TooManyParts  UnexpectedBody  UnknownParameter
    │   └── IdempotencyKeyReused
    ├── Forbidden (403)
    │   └── InsufficientScope  CrossSiteRequest  AddressNotVerified  RegistrationClosed
    ├── NotFound (404)
    │   ├── SpaceNotFound  UserNotFound  SessionNotFound  TokenNotFound  ProviderNotFound  TodoNotFound
    │   └── LinkTargetNotFound  ListNotFound  ReminderNotFound  LabelNotFound
    ├── Conflict (409)
    │   ├── AlreadyExists  ChangeRefused  LimitReached  LoginInUse  TodoClosed  MoveImpossible
    │   ├── TodoDoesNotRecur  WrongOccurrence  NothingToUndo  InboxProtected  ListArchived  ListDeleted
    │   └── RemindersUnavailable
    └── Unavailable (503)
        └── DatabaseUnavailable  LimiterUnavailable  StorageFull (507)  Busy  ProviderUnavailable

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from fastapi_todo_kit.core.account_errors import (
    AddressNotVerified,
    Busy,
    CrossSiteRequest,
    InvalidLink,
    InvalidToken,
    LoginFailed,
    LoginInUse,
    LoginTooOld,
    ProviderNotFound,
    ProviderUnavailable,
    RegistrationClosed,
    SessionNotFound,
    TokenNotFound,
    TooManyAttempts,
    UserNotFound,
    WrongCredentials,
)
from fastapi_todo_kit.core.errors import (
    AlreadyExists,
    BodyTooLarge,
    BodyTooSlow,
    ChangeRefused,
    ConfigurationError,
    Conflict,
    DatabaseUnavailable,
    Forbidden,
    HeadersTooLarge,
    IdempotencyKeyReused,
    InsufficientScope,
    InternalError,
    InvalidCursor,
    InvalidInput,
    LimiterUnavailable,
    LimitReached,
    MalformedRequest,
    MethodNotAllowed,
    MissingExtra,
    NestedTooDeep,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    QueryTooLong,
    RateLimited,
    RequestError,
    SpaceNotFound,
    StorageFull,
    TodoKitError,
    TooManyParts,
    TransactionBroken,
    Unauthenticated,
    Unavailable,
    UnexpectedBody,
    UnknownParameter,
    UnsupportedMediaType,
    WrongReference,
)
from fastapi_todo_kit.features.labels.errors import LabelNotFound
from fastapi_todo_kit.features.lists.errors import InboxProtected, ListArchived, ListDeleted, ListNotFound
from fastapi_todo_kit.features.occurrences.errors import NothingToUndo, TodoDoesNotRecur, WrongOccurrence
from fastapi_todo_kit.features.reminders.errors import ReminderNotFound, RemindersUnavailable
from fastapi_todo_kit.features.todos.errors import LinkTargetNotFound, MoveImpossible, TodoClosed, TodoNotFound

__all__ = [
    "AddressNotVerified",
    "AlreadyExists",
    "BodyTooLarge",
    "BodyTooSlow",
    "Busy",
    "ChangeRefused",
    "ConfigurationError",
    "Conflict",
    "CrossSiteRequest",
    "DatabaseUnavailable",
    "Forbidden",
    "HeadersTooLarge",
    "IdempotencyKeyReused",
    "InboxProtected",
    "InsufficientScope",
    "InternalError",
    "InvalidCursor",
    "InvalidInput",
    "InvalidLink",
    "InvalidToken",
    "LabelNotFound",
    "LimitReached",
    "LimiterUnavailable",
    "LinkTargetNotFound",
    "ListArchived",
    "ListDeleted",
    "ListNotFound",
    "LoginFailed",
    "LoginInUse",
    "LoginTooOld",
    "MalformedRequest",
    "MethodNotAllowed",
    "MissingExtra",
    "MoveImpossible",
    "NestedTooDeep",
    "NotFound",
    "NothingToUndo",
    "PreconditionFailed",
    "PreconditionRequired",
    "ProviderNotFound",
    "ProviderUnavailable",
    "QueryTooLong",
    "RateLimited",
    "RegistrationClosed",
    "ReminderNotFound",
    "RemindersUnavailable",
    "RequestError",
    "SessionNotFound",
    "SpaceNotFound",
    "StorageFull",
    "TodoClosed",
    "TodoDoesNotRecur",
    "TodoKitError",
    "TodoNotFound",
    "TokenNotFound",
    "TooManyAttempts",
    "TooManyParts",
    "TransactionBroken",
    "Unauthenticated",
    "Unavailable",
    "UnexpectedBody",
    "UnknownParameter",
    "UnsupportedMediaType",
    "UserNotFound",
    "WrongCredentials",
    "WrongOccurrence",
    "WrongReference",
]
