"""What the host application supplies: its own callables, each with a working default where one is possible."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from fastapi_todo_kit.errors import ConfigurationError

UTC_ZONE: Final = ZoneInfo("UTC")
LONGEST_ID: Final = 255


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is calling. `user_id` is opaque: 1 to 255 characters, never parsed, never a foreign key."""

    user_id: str
    time_zone: ZoneInfo = UTC_ZONE

    def __post_init__(self) -> None:
        if not 0 < len(self.user_id) <= LONGEST_ID or "\0" in self.user_id:
            raise ConfigurationError("Host.user_id must return 1 to 255 characters without NUL")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The callables of the host. Dependencies among them can be overridden in the host's tests like any other."""

    current_user: Callable[..., Any] | None = None
    """Dependency: the authenticated user, any object. It raises its own 401."""
    session: Callable[..., Any] | None = None
    """Dependency: an `AsyncSession` of the host on a database that holds the kit's tables. The kit commits it
    before the response leaves; without one the kit uses `settings.database_url`."""
    space: Callable[..., Any] | None = None
    """Dependency: the key of the tenant whose todos this request is about (a string), or None for the personal
    space. It must have checked that the user belongs there."""
    user_id: Callable[[Any], str] = default_user_id
    """The opaque id of what `current_user` returned."""
    time_zone: Callable[[Any], str | None] = default_time_zone
    """The IANA zone of what `current_user` returned: what "today" and "overdue" mean to this user."""
    clock: Clock = utc_now
    """Where the time comes from."""

    def __post_init__(self) -> None:
        for name in ("current_user", "session", "space", "user_id", "time_zone", "clock"):
            value = getattr(self, name)
            if value is not None and not callable(value):
                raise ConfigurationError(f"Host.{name} must be callable, not {value!r}")
