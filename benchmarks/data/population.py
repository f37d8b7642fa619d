"""Who has what. Ids are derived from the user and a number, so that a client knows them without asking."""

import math
from dataclasses import dataclass
from hashlib import md5
from random import Random
from typing import Final
from uuid import UUID

LABELS_PER_USER: Final = 2
LABELLED_EVERY: Final = 5
TODOS_PER_LIST: Final = 10_000
"""As many as the kit lets a list hold by default."""
PAGE_SIZE: Final = 50
DESCRIPTION: Final = "Call the supplier, compare the three offers and write down what was agreed. " * 2
INSTANT: Final = "2026-12-01T09:00:00+01:00"
WALL_CLOCK: Final = {"datetime": "2026-12-01T09:00:00", "timezone": "Europe/Berlin"}
"""The same due date, as the kit is told it."""


@dataclass(frozen=True)
class Population:
    """Users, numbered from 0, and todos of each, numbered from 1."""

    users: int
    todos: int

    @property
    def user_ids(self) -> list[UUID]:
        """The ids of all users."""
        return [user_id(number) for number in range(self.users)]

    @property
    def lists(self) -> int:
        """How many lists of each user the todos fill."""
        return math.ceil(self.todos / TODOS_PER_LIST)

    def pick(self, random: Random) -> tuple[UUID, UUID]:
        """Choose a user and one of the seeded todos of that user."""
        user = user_id(random.randrange(self.users))
        return user, derived(f"{user}/todo/{random.randint(1, self.todos)}")


def user_id(number: int) -> UUID:
    """Return the id of a user."""
    return derived(f"user/{number}")


def derived(text: str) -> UUID:
    """Return an id that SQL derives too: `md5(text)::uuid`."""
    return UUID(md5(text.encode(), usedforsecurity=False).hexdigest())
