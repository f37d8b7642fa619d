"""How often callers may ask."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr

from fastapi_todo_kit.settings.group import Group


def _with_known_store(url: SecretStr) -> SecretStr:
    if not re.match(r"(memory|rediss?|valkeys?)://", url.get_secret_value()):
        # The URL is not repeated: there may be a password in it.
        raise ValueError("not a store that is known; write memory:// or redis://:password@host:6379/0")
    return url


_Limit = Annotated[str | None, Field(pattern=r"^[1-9]\d{0,8}/([1-9]\d{0,4} ?)?(second|minute|hour|day)s?$")]


class RateLimits(Group):
    """How often callers may ask, each as in `100/minute` or `20/10 seconds`; nothing is limited by default.

    Needs the extra `rate-limits`, and a shared store the extra `redis`.
    """

    per_address: _Limit = None
    """Requests from one address, whoever sends them, to all routes of a mount; with IPv6 from a /64 network."""
    reads: _Limit = None
    """Requests of one principal that change nothing. Those answered 304 are not counted."""
    writes: _Limit = None
    """Requests of one principal that change something."""
    store: Annotated[SecretStr, AfterValidator(_with_known_store)] = SecretStr("memory://")
    """Where it is counted: `memory://`, each worker for itself; `redis://host:6379/0` (also `rediss`, `valkey`)."""
    when_away: Literal["allow", "refuse"] = "allow"
    """What happens to requests while the store does not answer; refused ones are answered 503."""

    @property
    def are_set(self) -> bool:
        """Whether anything is limited."""
        return any((self.per_address, self.reads, self.writes))

    @property
    def are_shared(self) -> bool:
        """Whether workers count together."""
        return not self.store.get_secret_value().startswith("memory:")
