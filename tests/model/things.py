"""What there is in a space, written down a second time without the kit: lists, todos, reminders, and refusals."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

OPEN = ("needs_action", "in_progress")
DEEPEST = 5
HOUR = time(9, tzinfo=UTC)
"""When whole days remind."""


class Refused(Exception):
    """The answer that a request must get instead of being done."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status, code)
        self.status, self.code = status, code


class NotPredicted(Exception):
    """The documentation leaves open what happens here, so nobody asks."""


@dataclass
class Todo:
    id: str
    title: str
    list_id: str
    parent: str | None = None
    status: str = "needs_action"
    due: date | None = None
    slot: date | None = None
    every: int | None = None
    """So many days, where it recurs."""
    labels: set[str] = field(default_factory=set)
    closed_with: int | None = None
    deleted_with: int | None = None
    ended: int = 0
    """How many occurrences of its present series are done with."""
    before: list["Todo"] = field(default_factory=list)
    """It and its subtasks as they were before its last occurrence ended, while nothing else has happened to them."""

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass
class TodoList:
    id: str
    name: str
    is_inbox: bool = False
    is_archived: bool = False
    deleted_with: int | None = None
    order: list[str] = field(default_factory=list)
    """The living todos in it."""


@dataclass
class Reminder:
    """Of a user, so many days before a due."""

    id: str
    user: str
    todo: str
    days: int
    moment: datetime | None = None
    done_with: datetime | None = None
    fired_at: datetime | None = None
    is_coming: bool = False
    rings_at: datetime | None = None
    """When, where it is coming."""

    @property
    def state(self) -> str:
        if self.is_coming:
            return "pending"
        if self.moment is None:
            return "without_time"
        if self.moment != self.done_with:
            return "passed"
        return "fired" if self.fired_at else "dismissed"
