"""Who people are, as the host or the kit's accounts know them: nothing of a person is kept beside an id."""

from collections.abc import Awaitable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What others are shown of somebody; None where it is nobody's business."""

    name: str | None = None
    email: str | None = None
    avatar_url: str | None = None


class People(Protocol):
    """The users of the host, by their ids as texts; each method may be async or plain."""

    def by_ids(self, ids: Collection[str]) -> Awaitable[Mapping[str, Person]] | Mapping[str, Person]:
        """Return those of some hundred ids that somebody has."""
        ...

    def email_of(self, user_id: str) -> Awaitable[str | None] | str | None:
        """Return the address of a user, if it was verified that it is his."""
        ...
