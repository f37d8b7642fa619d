"""What the API takes and shows of reminders."""

import uuid
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.calendar.times import FixedValue, FloatingValue
from fastapi_todo_kit.core.fields import IS_WHOLE, Id, Instant, Moment, absent

ReminderAnchor = TypeAliasType(
    "ReminderAnchor",
    Annotated[
        Literal["start", "due", "deadline"],
        Field(title="ReminderAnchor", description="The value of the todo that a reminder goes by"),
    ],
)
ReminderState = TypeAliasType(
    "ReminderState",
    Annotated[
        Literal["pending", "snoozed", "fired", "dismissed", "passed", "without_time", "todo_closed"],
        Field(title="ReminderState", description="What has become of a reminder"),
    ],
)
LONGEST_LEAD: Final = 365 * 24 * 60


def _kind_of(value: object) -> str:
    names = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
    return "~fixed" if "timezone" in names else "~floating"


At = Annotated[
    Annotated[FixedValue, Tag("~fixed")] | Annotated[FloatingValue, Tag("~floating")], Discriminator(_kind_of)
]
"""A wall clock: without a zone it is the user's."""
MinutesBefore = Annotated[
    int, Field(ge=-LONGEST_LEAD, le=LONGEST_LEAD, description="Negative ones come after; 365 days at most"), IS_WHOLE
]
_EXCLUDES: Final[dict[str, Any]] = {
    "not": {"anyOf": [{"required": ["at", "relative_to"]}, {"required": ["at", "minutes_before"]}]}
}


class _When(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", validate_assignment=True, json_schema_extra=_EXCLUDES
    )

    at: At = Field(default_factory=absent)
    relative_to: ReminderAnchor = Field(default_factory=absent)
    minutes_before: MinutesBefore = Field(default_factory=absent)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        given = self.model_fields_set
        if "at" in given and given & {"relative_to", "minutes_before"}:
            raise PydanticCustomError("reminder_when", "Give `at`, or `relative_to` and `minutes_before`.")
        return self


class ReminderCreate(_When):
    """A new reminder: at a time of its own, or so many minutes before the start, due or deadline of its todo.

    Without any of these it is at the due.
    """

    id: Id | None = None


class ReminderUpdate(_When):
    """Changes of a reminder: another time, which it has not reminded at yet."""


class ReminderSnooze(BaseModel):
    """Until when a reminder is silent; then it reminds again."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    until: Instant


class ReminderRead(TypedDict):
    """A reminder. `next_at` is when it reminds next, null where it does not; `state` says why.

    It is pending or snoozed until then, has fired or was dismissed, its moment has passed without it, it is without a
    time because its todo lacks what it is relative to, or it would be pending or snoozed if its todo were not closed.
    """

    id: uuid.UUID
    space_id: uuid.UUID
    todo_id: uuid.UUID
    at: FixedValue | FloatingValue | None
    relative_to: ReminderAnchor | None
    minutes_before: int | None
    state: ReminderState
    next_at: datetime | None
    fired_at: datetime | None
    snoozed_until: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


class ReminderPage(TypedDict):
    """A page of reminders."""

    items: list[ReminderRead]
    next_cursor: str | None


class ReminderQuery(BaseModel):
    """Which reminders, by when they remind next."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True, populate_by_name=True)

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str | None, Field(max_length=4_096)] = None
    due_gte: Annotated[Moment | None, Field(alias="due.gte")] = None
    due_lt: Annotated[Moment | None, Field(alias="due.lt")] = None
