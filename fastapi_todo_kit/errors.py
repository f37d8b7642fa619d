"""Every error that the kit raises, and the status of its answer.

TodoKitError
├── ConfigurationError
│   └── MissingExtra  TransactionBroken
└── RequestError (400)
    ├── RateLimited (429)  MethodNotAllowed (405)  MovedElsewhere (308)  PreconditionFailed (412)
    ├── PreconditionRequired (428)  InternalError (500)  TooManyAttempts (429)
    ├── Unauthenticated (401)
    │   └── InvalidToken  WrongCredentials  LoginTooOld
    ├── MalformedRequest
    │   ├── InvalidCursor  BodyTooLarge (413)  BodyTooSlow (408)  QueryTooLong (414)
    │   └── HeadersTooLarge (431)  UnsupportedMediaType (415)  InvalidLink  LoginFailed
    ├── InvalidInput (422)
    │   ├── WrongReference  NestedTooDeep  TooManyParts  UnexpectedBody  UnknownParameter  SpaceRequired
    │   └── TooManySpaces  IdempotencyKeyReused  NotAMember
    ├── Forbidden (403)
    │   ├── InsufficientScope  CrossSiteRequest  AddressNotVerified  RegistrationClosed  HiddenParts
    │   └── SharingOff  RoleTooHigh  InvitationNeeded  OtherAddress
    ├── NotFound (404)
    │   ├── SpaceNotFound  UserNotFound  SessionNotFound  TokenNotFound  ProviderNotFound  TodoNotFound
    │   ├── LinkTargetNotFound  ListNotFound  ReminderNotFound  LabelNotFound  MemberNotFound
    │   └── PersonNotFound  InvitationNotFound  ItemNotFound
    ├── Conflict (409)
    │   ├── AlreadyExists  ChangeRefused  LimitReached  LoginInUse  TodoClosed  MoveImpossible
    │   ├── TodoDoesNotRecur  WrongOccurrence  NothingToUndo  InboxStays  SpaceHoldsOneList
    │   ├── StaysWithTenant  TooLargeToMove  InboxProtected  ListArchived  ListDeleted
    │   ├── RemindersUnavailable  SpaceIsFixed  InheritanceTooDeep  MembersAreTheHosts  LastOwner
    │   └── NotOneself  MailUnavailable  AlreadyShared
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
    MovedElsewhere,
    NestedTooDeep,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    QueryTooLong,
    RateLimited,
    RequestError,
    SpaceNotFound,
    SpaceRequired,
    StorageFull,
    TodoKitError,
    TooManyParts,
    TooManySpaces,
    TransactionBroken,
    Unauthenticated,
    Unavailable,
    UnexpectedBody,
    UnknownParameter,
    UnsupportedMediaType,
    WrongReference,
)
from fastapi_todo_kit.features.invitations.errors import InvitationNotFound, MailUnavailable, OtherAddress
from fastapi_todo_kit.features.items.errors import ItemNotFound
from fastapi_todo_kit.features.labels.errors import LabelNotFound
from fastapi_todo_kit.features.lists.errors import (
    HiddenParts,
    InboxProtected,
    InboxStays,
    ListArchived,
    ListDeleted,
    ListNotFound,
    SpaceHoldsOneList,
    StaysWithTenant,
    TooLargeToMove,
)
from fastapi_todo_kit.features.members.errors import (
    InvitationNeeded,
    LastOwner,
    MemberNotFound,
    MembersAreTheHosts,
    NotAMember,
    NotOneself,
    PersonNotFound,
)
from fastapi_todo_kit.features.occurrences.errors import NothingToUndo, TodoDoesNotRecur, WrongOccurrence
from fastapi_todo_kit.features.reminders.errors import ReminderNotFound, RemindersUnavailable
from fastapi_todo_kit.features.sharing.errors import AlreadyShared
from fastapi_todo_kit.features.spaces.errors import InheritanceTooDeep, RoleTooHigh, SharingOff, SpaceIsFixed
from fastapi_todo_kit.features.todos.errors import LinkTargetNotFound, MoveImpossible, TodoClosed, TodoNotFound

# fmt: off
__all__ = [
    "AddressNotVerified", "AlreadyExists", "AlreadyShared", "BodyTooLarge", "BodyTooSlow", "Busy", "ChangeRefused",
    "ConfigurationError", "Conflict", "CrossSiteRequest", "DatabaseUnavailable", "Forbidden", "HeadersTooLarge",
    "HiddenParts", "IdempotencyKeyReused", "InboxProtected", "InboxStays", "InheritanceTooDeep",
    "InsufficientScope", "InternalError", "InvalidCursor", "InvalidInput", "InvalidLink", "InvalidToken",
    "InvitationNeeded", "InvitationNotFound", "ItemNotFound", "LabelNotFound", "LastOwner", "LimitReached",
    "LimiterUnavailable", "LinkTargetNotFound", "ListArchived", "ListDeleted", "ListNotFound", "LoginFailed",
    "LoginInUse", "LoginTooOld", "MailUnavailable", "MalformedRequest", "MemberNotFound", "MembersAreTheHosts",
    "MethodNotAllowed", "MissingExtra", "MoveImpossible", "MovedElsewhere", "NestedTooDeep", "NotAMember",
    "NotFound", "NotOneself", "NothingToUndo", "OtherAddress", "PersonNotFound", "PreconditionFailed",
    "PreconditionRequired", "ProviderNotFound", "ProviderUnavailable", "QueryTooLong", "RateLimited",
    "RegistrationClosed", "ReminderNotFound", "RemindersUnavailable", "RequestError", "RoleTooHigh",
    "SessionNotFound", "SharingOff", "SpaceHoldsOneList", "SpaceIsFixed", "SpaceNotFound", "SpaceRequired",
    "StaysWithTenant", "StorageFull", "TodoClosed", "TodoDoesNotRecur", "TodoKitError", "TodoNotFound",
    "TokenNotFound", "TooLargeToMove", "TooManyAttempts", "TooManyParts", "TooManySpaces", "TransactionBroken",
    "Unauthenticated", "Unavailable", "UnexpectedBody", "UnknownParameter", "UnsupportedMediaType", "UserNotFound",
    "WrongCredentials", "WrongOccurrence", "WrongReference",
]
