"""What the host application supplies: its own callables, each with a working default where one is possible."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, Protocol

from pydantic import BaseModel

from fastapi_todo_kit.access import Access
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.policy import Policy, RolePolicy


class Clock(Protocol):
    """Where the time comes from. A test passes one that stands still."""

    def __call__(self) -> datetime:
        """Return the present moment, with a zone."""
        ...


def utc_now() -> datetime:
    """Return the present moment in UTC, to the microsecond: the default clock."""
    return datetime.now(UTC)


def default_user_id(user: Any) -> str:
    """Return `str(user.id)`, or the user itself where the dependency returns a plain string or integer."""
    return str(getattr(user, "id", user))


def default_time_zone(user: Any) -> str | None:
    """Return `user.time_zone`, an IANA name, where the host's user has one."""
    zone = getattr(user, "time_zone", None)
    return None if zone is None else str(zone)


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


_ROLES: Final = RolePolicy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The callables of the host. Dependencies among them can be overridden in the host's tests like any other."""

    current_user: Callable[..., Any] | None = None
    """Dependency, sync or async: the authenticated user, any object. It raises its own 401."""
    user_id: Callable[[Any], str] = default_user_id
    """The opaque id of what `current_user` returned."""
    time_zone: Callable[[Any], str | None] = default_time_zone
    """The IANA zone of what `current_user` returned: what "today" and "overdue" mean to this user."""
    session: Callable[..., Any] | None = None
    """Dependency: a `Session` or `AsyncSession` of the host on a database that holds the kit's tables; without one the
    kit uses `settings.database_url`."""
    commit: Literal["kit", "host"] = "kit"
    """Who commits that session, before the response leaves: the kit, or the dependency itself after its `yield`."""
    space: Callable[..., Any] | None = None
    """Dependency: whose todos this request is about: None for the caller's own, the key of a tenant, or a `Membership`.
    It must have checked that the user belongs there."""
    policy: Policy = _ROLES
    """Who may see and do what in a space."""
    link_policy: LinkPolicy | None = None
    """Who may link to an object of the host, and list the todos of it; without one everybody in the space."""
    extra: type[BaseModel] | ExtraModels | None = None
    """The model of the `extra` field of todos and lists; without one it is any JSON object."""
    on_change: OnChange = OnChange()
    """What to do about changes, before and after their commit."""
    clock: Clock = utc_now
    """Where the time comes from."""

    def __post_init__(self) -> None:
        for name in ("current_user", "session", "space", "user_id", "time_zone", "clock", "link_policy"):
            value = getattr(self, name)
            if value is not None and not callable(value):
                raise ConfigurationError(f"Host.{name} must be callable, not {value!r}")
        if self.commit not in {"kit", "host"}:
            raise ConfigurationError(f'Host.commit must be "kit" or "host", not {self.commit!r}')
        if self.commit == "host" and self.session is None:
            raise ConfigurationError('Host(commit="host") needs Host.session, the session that the host commits')
        if not isinstance(self.on_change, OnChange):
            raise ConfigurationError(f"Host.on_change must be an OnChange(...), not {self.on_change!r}")

    @property
    def extra_models(self) -> ExtraModels:
        """The models of `extra`, one for each kind of object."""
        if isinstance(self.extra, ExtraModels):
            return self.extra
        return ExtraModels(todo=self.extra, list=self.extra)
