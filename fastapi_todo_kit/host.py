"""What the host application supplies: its own callables, each with a working default where one is possible."""

import uuid
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any, Final, Literal, Protocol

from pydantic import BaseModel

from fastapi_todo_kit.account_events import AccountEvent
from fastapi_todo_kit.core.access import Access, HostKey, Membership
from fastapi_todo_kit.core.answers import check_callable, check_hook, hour, moment, zone_name
from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.core.fields import one_line
from fastapi_todo_kit.core.mime import email_of
from fastapi_todo_kit.core.people import People
from fastapi_todo_kit.policy import Policy, RolePolicy, check_policy

_HOOKS: Final = ("before_commit", "after_commit")


class Clock(Protocol):
    """Where the time comes from. A test passes one that stands still."""

    def __call__(self) -> datetime:
        """Return the present moment, with a zone."""
        ...


def utc_now() -> datetime:
    """Return the present moment in UTC, to the microsecond: the default clock."""
    return datetime.now(UTC)


def default_user_id(user: Any) -> HostKey:
    """Return `user.id`, or the user itself where the dependency returns a plain string, integer or UUID."""
    found: HostKey = getattr(user, "id", user)
    return found


def default_time_zone(user: Any) -> str | None:
    """Return `user.time_zone`, an IANA name, where the host's user has one."""
    zone: str | None = getattr(user, "time_zone", None)
    return zone


def default_reminder_hour(user: Any) -> int | None:
    """Return `user.reminder_hour`, where the host's user has one."""
    hour: int | None = getattr(user, "reminder_hour", None)
    return hour


@dataclass(frozen=True, slots=True)
class Transaction:
    """The transaction of a change, for a host's own statements in it: what they write shares its fate.

    `connection` is SQLAlchemy's, an `AsyncConnection`, or a `Connection` where the host's session is sync. `session` is
    the host's own, None where the kit uses an engine of its own. Neither may be committed or rolled back.
    """

    connection: Any
    session: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnChange:
    """What the host does about changes, in two moments; each a function, plain or async (plain with a sync session)."""

    before_commit: Callable[[Sequence[ChangeEvent], Transaction], Awaitable[None] | None] | None = None
    """Called inside the transaction. Raising vetoes the change: raise `ChangeRefused` for a 409 that says why."""
    after_commit: Callable[[Sequence[ChangeEvent]], Awaitable[None] | None] | None = None
    """Called once what happened is committed, never for what was rolled back, before the response leaves. An error is
    logged and changes nothing any more; a process that dies just then never calls it, the change log has it."""

    def __post_init__(self) -> None:
        for name in _HOOKS:
            check_hook(f"OnChange.{name}", getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAccount:
    """What the host does about what happens to accounts of the kit, in the two moments of `OnChange`."""

    before_commit: Callable[[Sequence[AccountEvent], Transaction], Awaitable[None] | None] | None = None
    """Called inside the transaction. Raising vetoes what happened: raise `ChangeRefused` for a 409 that says why."""
    after_commit: Callable[[Sequence[AccountEvent]], Awaitable[None] | None] | None = None
    """Called once what happened is committed. An error is logged and changes nothing any more."""

    def __post_init__(self) -> None:
        for name in _HOOKS:
            check_hook(f"OnAccount.{name}", getattr(self, name))


@dataclass(frozen=True, slots=True)
class Message:
    """A mail to one person, in plain text; a mailer with templates of its own goes by `kind` and `link`.

    `id` is the same when a mail is sent a second time, because nobody knows what became of the first. `subject` is one
    line, but it may be what somebody wrote: a mailer that makes headers of it encodes it, as `as_email` does.
    """

    id: str
    kind: str
    to: str
    subject: str
    text: str
    link: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", one_line(self.subject))

    def as_email(self, sender: str) -> EmailMessage:
        """Return the mail for an SMTP client, in which nobody's words become headers.

        Raises:
            ValueError: `to` is no plain address.
        """
        return email_of(self.id, sender, self.to, self.subject, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who is to be reminded, as `Host.recipient` knows it now.

    `membership` is what `Host.space` would return for this user in the space of the reminder; None in a personal one.
    `time_zone` is an IANA name, and `hour` that at which whole days remind; None leaves what the last request said.
    `email` is a plain address, without a name: `ann@example.com`.
    """

    membership: Membership | HostKey | None = None
    time_zone: str | None = None
    hour: int | None = None
    email: str | None = None

    def __post_init__(self) -> None:
        hour("Recipient.hour", self.hour)
        object.__setattr__(self, "time_zone", zone_name("Recipient.time_zone", self.time_zone))
        if not isinstance(self.email, str | None):
            raise ConfigurationError(f"Recipient.email must be a str or None, not {type(self.email).__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Something that a user is to be told.

    `id` is the same when it is told a second time, because nobody knows what became of the first: whoever passes it on
    may leave out what it has passed on already. `due`, `start` and `deadline` are as the API shows them.
    """

    id: str
    kind: Literal["reminder"] = "reminder"
    user_id: str
    tenant: str | None
    """The key of the tenant whose space the todo is in, None for the personal one."""
    todo_id: uuid.UUID
    reminder_id: uuid.UUID
    title: str
    start: Mapping[str, str] | None
    due: Mapping[str, str] | None
    deadline: date | None
    at: datetime
    """The moment that the reminder is for; it may be told later."""
    recipient: Recipient


class Notifier(Protocol):
    """Tells users something, by push, chat or mail. It may be called twice for one notification."""

    async def notify(self, notification: Notification) -> None:
        """Pass a notification on, or raise: it is tried again later then, eight times in all."""
        ...


class Mailer(Protocol):
    """Sends mails of accounts and invitations. It may be called twice for one mail, never inside a request."""

    async def send(self, message: Message) -> None:
        """Send a mail, or raise: it is tried again later then."""
        ...


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at a provider of logins. `subject` never changes there and is never given to anybody else.

    `email_verified` is whether the provider vouches for it that the address belongs to this person.
    """

    subject: str
    email: str | None
    email_verified: bool
    name: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.email_verified, bool):  # the text "false" would vouch for an address
            raise ConfigurationError(f"Identity.email_verified must be True or False, not {self.email_verified!r}")


class LoginProvider(Protocol):
    """Somebody else's login: OpenID Connect, or OAuth 2 with a profile."""

    @property
    def name(self) -> str:
        """What it is called in paths, such as `google`; never to be changed, for accounts are stored under it."""
        ...

    async def authorization_url(self, redirect_uri: str, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send the browser. `verifier` is that of PKCE (RFC 7636), whose challenge goes along.

        Raises:
            ProviderUnavailable: the provider does not answer.
        """
        ...

    async def identity(self, redirect_uri: str, *, code: str, nonce: str, verifier: str) -> Identity:
        """Return who has logged in, from the code with which the browser came back.

        Raises:
            LoginFailed: the provider does not know the code, or what it says cannot be trusted.
            ProviderUnavailable: the provider does not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """An object of the host, as a link names it, and what is about to happen.

    `link` adds it to a todo, `list` asks for its todos.
    """

    source: str
    type: str
    id: str
    purpose: Literal["link", "list"]


LinkPolicy = Callable[[Access, LinkTarget, Transaction], Awaitable[bool] | bool]
"""Says whether a principal may link to an object of the host, or list its todos. Where not, the object is 404."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraModels:
    """The models of the `extra` fields, where todos and lists have different ones."""

    todo: type[BaseModel] | None = None
    list: type[BaseModel] | None = None


Memberships = Collection[Membership | HostKey]
"""Tenants, by their keys alone or with the role in each."""
_ROLES: Final = RolePolicy()
_PLAIN: Final = ("user_id", "time_zone", "reminder_hour", "scopes", "clock")
"""What is called within a step of the event loop, and so cannot be waited for."""
_ANSWERS: Final = ("by_ids", "email_of")
_OPTIONAL: Final = ("current_user", "session", "space", "spaces", "recipient", "link_policy", "scopes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The callables of the host. Dependencies among them can be overridden in the host's tests like any other."""

    current_user: Callable[..., Any] | None = None
    """Dependency, sync or async: the authenticated user, any object. It raises its own 401, or returns None for one."""
    user_id: Callable[[Any], HostKey] = default_user_id
    """The opaque id of what `current_user` returned."""
    time_zone: Callable[[Any], str | None] = default_time_zone
    """The IANA zone of what `current_user` returned: what "today" and "overdue" mean to this user."""
    reminder_hour: Callable[[Any], int | None] = default_reminder_hour
    """The hour at which whole days remind what `current_user` returned; None for `settings.reminder_hour`."""
    recipient: Callable[[str, str | None], Awaitable[Recipient | None] | Recipient | None] | None = None
    """Who a user is now, for reminders: called with the id and the key of the tenant, None for the personal space. It
    returns None for whoever is gone, or has left the tenant. Without it there are reminders in personal spaces only;
    users of the kit's accounts are who their account says."""
    scopes: Callable[[Any], Collection[str] | None] | None = None
    """What the token of what `current_user` returned may do: `todos:read`, `todos:write`, `spaces:manage`, or None for
    everything."""
    session: Callable[..., Any] | None = None
    """Dependency: a `Session` or `AsyncSession` of the host on a database that holds the kit's tables; without one the
    kit uses `settings.database_url`."""
    commit: Literal["kit", "host"] = "kit"
    """Who commits that session, before the response leaves: the kit, or the dependency itself after its `yield`."""
    space: Callable[..., Any] | None = None
    """Dependency: whose todos this request is about: None for the caller's own, the key of a tenant, or a `Membership`.
    It must have checked that the user belongs there."""
    spaces: Callable[[Any], Awaitable[Memberships] | Memberships] | None = None
    """All tenants of what `current_user` returned, at most 500: keys, or `Membership` objects with the role in each. It
    is called where a request may be about any of them, as with `space=all`; by default there is that of `space`."""
    people: People | None = None
    """Who users are to one another: their names for those who share a space with them, and the verified addresses by
    which they are invited. Users of the kit's accounts are who their account says."""
    policy: Policy = _ROLES
    """Who may see and do what in a space."""
    link_policy: LinkPolicy | None = None
    """Who may link to an object of the host, and list the todos of it; without one everybody in the space."""
    extra: type[BaseModel] | ExtraModels | None = None
    """The model of the `extra` field of todos and lists; without one it is any JSON object."""
    on_change: OnChange = OnChange()
    """What to do about changes, before and after their commit."""
    on_account: OnAccount = OnAccount()
    """What to do about logins and the like, where accounts are the kit's."""
    mailer: Mailer | None = None
    """Who sends mails of accounts and invitations; by default the SMTP server of `settings.mail`."""
    login_providers: Sequence[LoginProvider] = ()
    """Other people's logins with which users of the kit's accounts can log in."""
    notifier: Notifier | None = None
    """Who tells users that a reminder is due; by default a line of the log does, which names nobody and no title."""
    clock: Clock = utc_now
    """Where the time comes from."""

    def __post_init__(self) -> None:
        for name in {*_OPTIONAL, *_PLAIN}:
            if getattr(self, name) is not None or name not in _OPTIONAL:
                check_callable(f"Host.{name}", getattr(self, name), is_plain=name in _PLAIN)
        if self.commit not in {"kit", "host"}:
            raise ConfigurationError(f'Host.commit must be "kit" or "host", not {self.commit!r}')
        if self.commit == "host" and self.session is None:
            raise ConfigurationError('Host(commit="host") needs Host.session, the session that the host commits')
        for name, kind in (("on_change", OnChange), ("on_account", OnAccount)):
            if not isinstance(getattr(self, name), kind):
                raise ConfigurationError(f"Host.{name} must be {kind.__name__}(...), not {getattr(self, name)!r}")
        check_policy(self.policy)
        self._check_protocols()
        self._check_extra()

    def _check_protocols(self) -> None:
        if self.mailer is not None and not hasattr(self.mailer, "send"):
            raise ConfigurationError(f"Host.mailer needs an async method `send`, which {self.mailer!r} lacks")
        for name in _ANSWERS if self.people is not None else ():
            check_callable(f"Host.people.{name}", getattr(self.people, name, None))
        if self.notifier is not None and not hasattr(self.notifier, "notify"):
            raise ConfigurationError(f"Host.notifier needs an async method `notify`, which {self.notifier!r} lacks")
        if not all(hasattr(provider, "identity") for provider in self.login_providers):
            raise ConfigurationError("Host.login_providers must be a list of OpenIDLogin(...) or OAuthLogin(...)")

    def _check_extra(self) -> None:
        for model in (self.extra_models.todo, self.extra_models.list):
            if model is not None and not (isinstance(model, type) and issubclass(model, BaseModel)):
                raise ConfigurationError(f"Host.extra must be a class that derives from BaseModel, not {model!r}")

    def now(self) -> datetime:
        """Return the present moment, as `clock` has it."""
        return moment(self.clock())

    @property
    def extra_models(self) -> ExtraModels:
        """The models of `extra`, one for each kind of object."""
        if isinstance(self.extra, ExtraModels):
            return self.extra
        return ExtraModels(todo=self.extra, list=self.extra)
