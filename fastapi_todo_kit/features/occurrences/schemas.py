"""What the API takes and shows of occurrences."""

import uuid
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.calendar.schemas import Recurrence, RecurrenceRead
from fastapi_todo_kit.calendar.times import TimeValue
from fastapi_todo_kit.core.fields import IS_WHOLE

OccurrenceOutcome = TypeAliasType(
    "OccurrenceOutcome",
    Annotated[Literal["completed", "skipped"], Field(title="OccurrenceOutcome", description="How an occurrence ended")],
)


class OccurrenceRead(TypedDict):
    """An occurrence that is done with, and the values that the todo had then. `occurrence` is its slot."""

    id: uuid.UUID
    todo_id: uuid.UUID
    occurrence: str
    outcome: OccurrenceOutcome
    start: TimeValue | None
    due: TimeValue | None
    deadline: date | None
    ended_at: datetime
    ended_by: str


class OccurrencePage(TypedDict):
    """A page of occurrences, the last one first."""

    items: list[OccurrenceRead]
    next_cursor: str | None


class ComingOccurrence(TypedDict):
    """An occurrence that is still to come, and the values that the todo will have then."""

    occurrence: str
    start: TimeValue | None
    due: TimeValue
    deadline: date | None


class Upcoming(TypedDict):
    """The occurrences behind the present one, if that is done with now, and each of them at its time."""

    items: list[ComingOccurrence]


class RecurrencePreview(BaseModel):
    """A recurrence to look at before it is given to a todo."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    recurrence: Recurrence
    due: Annotated[TimeValue, Field(description="The first occurrence: it counts, whether the rule names it or not")]
    limit: Annotated[int, Field(ge=1, le=100), IS_WHOLE] = 10


class RecurrencePreviewed(TypedDict):
    """A recurrence as it would be stored, in words, and its first occurrences."""

    recurrence: RecurrenceRead
    text: str
    items: list[ComingOccurrence]
