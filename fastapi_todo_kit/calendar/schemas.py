"""What the API takes of a recurrence: a rule of RFC 5545, or a friendly form that is stored as one."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.calendar.days import Skip
from fastapi_todo_kit.calendar.rule import (
    LONGEST_INTERVAL,
    LONGEST_RULE,
    MOST_SLOTS,
    Frequency,
    Rule,
    RuleError,
)
from fastapi_todo_kit.calendar.series import CatchUp, Mode
from fastapi_todo_kit.core.fields import IS_WHOLE, Day, parse_date, parse_wall_clock

RecurrenceMode = TypeAliasType(
    "RecurrenceMode",
    Annotated[Mode, Field(title="RecurrenceMode", description="What the next occurrence is counted from")],
)
RecurrenceSkip = TypeAliasType(
    "RecurrenceSkip",
    Annotated[Skip, Field(title="RecurrenceSkip", description="What becomes of a day that a month lacks (RFC 7529)")],
)
RecurrenceCatchUp = TypeAliasType(
    "RecurrenceCatchUp",
    Annotated[
        CatchUp,
        Field(
            title="RecurrenceCatchUp",
            description="Whether occurrences that have passed are left out, or come one after another",
        ),
    ],
)
RecurrenceUnit = TypeAliasType(
    "RecurrenceUnit",
    Annotated[
        Literal["minute", "hour", "day", "week", "month", "year"],
        Field(title="RecurrenceUnit", description="What an interval is counted in"),
    ],
)
_MOST_EXDATES: Final = 200
_UNITS: Final[dict[str, Frequency]] = {
    "minute": "MINUTELY",
    "hour": "HOURLY",
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}


def parse_slot(value: Any) -> str:
    """Return a slot as it is stored, from a day or a wall clock."""
    if isinstance(value, str) and "T" not in value:
        return parse_date(value).isoformat()
    return parse_wall_clock(value).isoformat()


Slot = Annotated[
    str,
    BeforeValidator(parse_slot),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time-local"}]},
    ),
]
"""The day of a whole-day occurrence, or the wall clock of a timed one."""


def canonical_rule(text: str) -> str:
    """Return a rule as it is stored."""
    try:
        return str(Rule.parse(text))
    except RuleError as error:
        raise PydanticCustomError("recurrence_rule", "{problem}", {"problem": str(error)}) from None


class _Options(BaseModel):
    """How a todo goes on when it is completed.

    `mode` says from where the next occurrence is counted, `skip` what becomes of days that a month lacks (RFC 7529),
    `catch_up` whether occurrences that have passed are left out. `exdates` never occur, but are counted.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    mode: RecurrenceMode = "schedule"
    skip: RecurrenceSkip = "backward"
    catch_up: RecurrenceCatchUp = "next_future"
    reset_subtasks: bool = True
    exdates: Annotated[list[Slot], Field(max_length=_MOST_EXDATES)] = []


class RuleRecurrence(_Options):
    """A rule of RFC 5545, section 3.3.10, as in `FREQ=MONTHLY;BYDAY=-1FR`."""

    rrule: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_RULE),
        AfterValidator(canonical_rule),
        WithJsonSchema(
            {
                "type": "string",
                "format": "rrule",
                "minLength": 1,
                "maxLength": LONGEST_RULE,
                "examples": ["FREQ=WEEKLY;BYDAY=MO,TH"],
            }
        ),
    ]


_DayName = Annotated[
    str,
    Field(pattern=r"^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$", description="A weekday; with months also the 2MO or the -1FR"),
]


_MonthDay = Annotated[
    int,
    Field(ge=-31, le=31),
    WithJsonSchema({"type": "integer", "minimum": -31, "maximum": 31, "not": {"const": 0}}),
    IS_WHOLE,
]


class FriendlyRecurrence(_Options):
    """The same in plainer terms, as in `{"every": 2, "unit": "week", "on": ["MO", "TH"]}`."""

    every: Annotated[int, Field(ge=1, le=LONGEST_INTERVAL), IS_WHOLE] = 1
    unit: RecurrenceUnit
    on: Annotated[list[_DayName], Field(max_length=7)] = []
    days: Annotated[list[_MonthDay], Field(max_length=31, description="Days of the month; -1 is the last")] = []
    months: Annotated[list[Annotated[int, Field(ge=1, le=12), IS_WHOLE]], Field(max_length=12)] = []
    until: Annotated[Day | None, Field(description="The last day that may have an occurrence")] = None
    count: Annotated[Annotated[int, IS_WHOLE] | None, Field(ge=1, le=MOST_SLOTS)] = None

    def rule(self) -> str:
        """Return the rule that it stands for.

        Raises:
            RuleError: its parts do not go together.
        """
        lists: dict[str, Sequence[object]] = {"BYMONTH": self.months, "BYMONTHDAY": self.days, "BYDAY": self.on}
        parts = [f"FREQ={_UNITS[self.unit]}", f"INTERVAL={self.every}"]
        parts += [f"COUNT={self.count}"] if self.count is not None else []
        parts += [f"UNTIL={_basic(self.until)}"] if self.until is not None else []
        parts += [f"{name}={','.join(map(str, values))}" for name, values in lists.items() if values]
        return str(Rule.parse(";".join(parts)))


def _basic(day: date) -> str:
    return day.strftime("%Y%m%d")


def _possible(value: FriendlyRecurrence) -> FriendlyRecurrence:
    try:
        value.rule()
    except RuleError as error:
        raise PydanticCustomError("recurrence_rule", "{problem}", {"problem": str(error)}) from None
    return value


# The tilde marks a tag, which is no part of the pointer that an error shows.
def _form_of(value: Any) -> str:
    names = value if isinstance(value, dict) else getattr(value, "model_fields_set", ())
    return "~rule" if "rrule" in names else "~friendly"


Recurrence: TypeAlias = Annotated[
    Annotated[RuleRecurrence, Tag("~rule")]
    | Annotated[FriendlyRecurrence, AfterValidator(_possible), Tag("~friendly")],
    Discriminator(_form_of),
]


class RecurrenceRead(TypedDict):
    """How a todo goes on when it is completed: a rule of RFC 5545, and what that leaves open."""

    rrule: str
    mode: RecurrenceMode
    skip: RecurrenceSkip
    catch_up: RecurrenceCatchUp
    reset_subtasks: bool
    exdates: list[str]


def shown(given: RuleRecurrence | FriendlyRecurrence) -> RecurrenceRead:
    """Return a recurrence as the API shows it."""
    return {
        "rrule": given.rrule if isinstance(given, RuleRecurrence) else given.rule(),
        "mode": given.mode,
        "skip": given.skip,
        "catch_up": given.catch_up,
        "reset_subtasks": given.reset_subtasks,
        "exdates": sorted(set(given.exdates)),
    }
