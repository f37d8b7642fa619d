"""The types of the fields that schemas share: texts, ids, instants, zones."""

import re
import sys
import unicodedata
import uuid
import zoneinfo
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from fastapi_todo_kit.core.encoding import encode
from fastapi_todo_kit.core.folding import MOST_WORDS, words_of

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
EXTRA_BYTES: Final = 16_384
EXTRA_KEYS: Final = 1_000

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BLANKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_UNNAMEABLE = re.compile(f"[\x00-\x1f\x7f-\x9f{_BIDI}]")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# More than any language or any joke needs (UAX #15 has 30 in mind, section 13): composing takes the square of them.
_MOST_MARKS: Final = 1_000
# What takes no room or shows nothing, besides blanks and controls: Default_Ignorable_Code_Point of Unicode, from the
# soft hyphen and the Hangul fillers to variation selectors, and the braille pattern without dots.
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8"
)
# Those beyond U+FFFF (tags, more selectors, musical and shorthand controls) are not in the pattern that clients are
# shown: a regular expression of JavaScript without the flag u reads them as other characters.
_UNSEEN_ASTRAL: Final = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_VISIBLE: Final = rf"^[^\x00]*[^\s\x00-\x1f\x7f-\x9f{_UNSEEN}][^\x00]*$"
_SEEN = re.compile(rf"[^\s\x00-\x1f\x7f-\x9f{_UNSEEN}{_UNSEEN_ASTRAL}]")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_WALL_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def merge_patch(target: Any, patch: Any) -> Any:
    """Return a JSON value changed by a merge patch (RFC 7396, section 2); neither argument is changed."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def escape_pointer(part: str) -> str:
    """Return a part of a JSON pointer (RFC 6901) with its two special characters escaped."""
    return part.replace("~", "~0").replace("/", "~1")


def absent() -> Any:
    """Stand in for a field that the client did not send: it shows no default in the schema, and null stays an error."""
    return None


def _storable(text: str) -> str:
    if UNSTORABLE.search(text):
        raise PydanticCustomError("string_control_char", "A text must not hold NUL or half of a surrogate pair.")
    if not text.isascii() and len(text) > _MOST_MARKS and _marks().search(text):
        raise PydanticCustomError(
            "too_many_marks", "At most {limit} combining marks may follow one another.", {"limit": _MOST_MARKS}
        )
    return unicodedata.normalize("NFC", text)


@cache
def _marks() -> re.Pattern[str]:
    marks = "".join(character for character in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(character))
    return re.compile(f"[{marks}]{{{_MOST_MARKS + 1}}}")


def _bounded(text: str, shortest: int, longest: int) -> str:
    if len(text) < shortest:
        raise PydanticCustomError("string_too_short", "A name needs at least one visible character.")
    if len(text) > longest:
        raise PydanticCustomError("string_too_long", "At most {limit} characters are accepted.", {"limit": longest})
    return text


def one_line(text: str) -> str:
    """Return a text without what is not seen but acts: line breaks are blanks, control and bidi characters are gone."""
    return _UNNAMEABLE.sub("", _BLANKS.sub(" ", text)).strip()


# A text is measured twice: as it was sent, because the schema says so, and as it is stored, because composing it can
# make it longer.
def name_of(longest: int) -> Any:
    """Return the validator of a one-line text: NFC, without control and bidi characters, up to `longest` characters.

    At least one of them must be visible.
    """

    def clean(text: str) -> str:
        name = one_line(_storable(_bounded(text, 0, longest)))
        return _bounded(name if _SEEN.search(name) else "", 1, longest)

    return AfterValidator(clean)


def text_of(longest: int) -> Any:
    """Return the validator of a text of any shape: NFC, at most `longest` characters."""
    return AfterValidator(lambda text: _bounded(_storable(_bounded(text, 0, longest)), 0, longest))


def name_schema(longest: int) -> WithJsonSchema:
    """Return what clients are shown of such a text."""
    return WithJsonSchema({"type": "string", "minLength": 1, "maxLength": longest, "pattern": _VISIBLE})


def _text_schema(longest: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "maxLength": longest, "pattern": r"^[^\x00]*$"})


ShortName = Annotated[str, name_of(64), name_schema(64)]
LinkKey = Annotated[str, name_of(120), name_schema(120)]
Description = Annotated[str, text_of(16_384), _text_schema(16_384)]


def _few_words(text: str) -> str:
    if len(words_of(text)) > MOST_WORDS:
        raise PydanticCustomError("too_many_words", "At most {limit} words can be searched for.", {"limit": MOST_WORDS})
    return text.strip()


SearchText = Annotated[str, text_of(200), AfterValidator(_few_words), _text_schema(200)]
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#RRGGBB", examples=["#d97706"])]
Url = Annotated[
    str, Field(pattern=r"^https?:\/\/[!-~]+$", max_length=2_000, examples=["https://example.com/invoices/42"])
]


def canonical_uuid(value: Any) -> uuid.UUID:
    """Return the UUID that a text spells in 36 characters."""
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise PydanticCustomError("uuid_parsing", "Write a UUID with its hyphens.")
    return uuid.UUID(value)


_DERIVED: Final = 5
Id = Annotated[uuid.UUID, BeforeValidator(canonical_uuid)]
"""A UUID in its canonical spelling (RFC 9562)."""


def _is_not_derived(value: uuid.UUID) -> uuid.UUID:
    if value.version == _DERIVED:
        raise PydanticCustomError("uuid_version", "Choose a UUIDv7.")
    return value


NewSpaceId = Annotated[Id, AfterValidator(_is_not_derived)]
"""The id that a client chooses for a new space. Ids of personal and tenants' spaces are derived, and of version 5: what
somebody else could foresee is never taken."""


def _year_in_range(value: date) -> None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError(
            "year_out_of_range",
            "The year must lie between {first} and {last}.",
            {"first": FIRST_YEAR, "last": LAST_YEAR},
        )


def parse_instant(value: Any) -> datetime:
    """Return a moment in UTC from RFC 3339 text; numbers and every other spelling are refused.

    So is a datetime of the host's without a zone: it would be read in that of the machine.
    """
    if isinstance(value, datetime) and value.tzinfo is not None:
        moment = value
    elif isinstance(value, str) and _INSTANT.fullmatch(value):
        moment = _from_iso(datetime, value)
    else:
        raise PydanticCustomError("datetime_parsing", "Write an RFC 3339 moment, such as 2026-03-29T07:00:00Z.")
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        utc = datetime.min.replace(tzinfo=UTC)
    _year_in_range(utc)
    return utc


def parse_date(value: Any) -> date:
    """Return a calendar day from RFC 3339 text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        day = value
    elif isinstance(value, str) and _DATE.fullmatch(value):
        day = _from_iso(date, value)
    else:
        raise PydanticCustomError("date_parsing", "Write a date such as 2026-03-29.")
    _year_in_range(day)
    return day


def parse_wall_clock(value: Any) -> datetime:
    """Return a local date and time, to the second and without an offset."""
    if isinstance(value, str) and _WALL_CLOCK.fullmatch(value):
        moment: datetime = _from_iso(datetime, value)
        _year_in_range(moment)
        return moment
    raise PydanticCustomError("local_datetime_parsing", "Write a local time such as 2026-03-29T09:00:00.")


def _from_iso(kind: Any, text: str) -> Any:
    try:
        return kind.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date_impossible", "There is no such day or time.") from None


def parse_moment(value: Any) -> date | datetime:
    """Return a moment or a calendar day, whichever the text spells."""
    return parse_date(value) if isinstance(value, str) and _DATE.fullmatch(value) else parse_instant(value)


Instant = Annotated[datetime, BeforeValidator(parse_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[date, BeforeValidator(parse_date), WithJsonSchema({"type": "string", "format": "date"})]
WallClock = Annotated[
    datetime,
    BeforeValidator(parse_wall_clock),
    WithJsonSchema({"type": "string", "format": "date-time-local", "examples": ["2026-03-29T09:00:00"]}),
]
Moment = Annotated[
    Any,
    BeforeValidator(parse_moment),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
"""A date, read in the viewer's zone, or a moment."""


# What some systems have among the zones: whatever the machine is set to, and a placeholder.
_NO_ZONES: Final = {"localtime", "Factory"}


@cache
def known_zones() -> frozenset[str]:
    """Return the names of the IANA time zones that this installation knows."""
    return frozenset(zoneinfo.available_timezones() - _NO_ZONES)


def _known_zone(name: str) -> str:
    if name not in known_zones():
        raise PydanticCustomError("unknown_time_zone", "Write an IANA time zone, such as Europe/Berlin.")
    return name


ZoneName = Annotated[
    str,
    AfterValidator(_known_zone),
    WithJsonSchema({"type": "string", "format": "iana-time-zone", "examples": ["Europe/Berlin"]}),
]


def _whole_number(value: Any) -> int:
    # For JSON Schema 7.0 is an integer; true and "7" are none, though Python and Pydantic would take them.
    if type(value) is float and value.is_integer():
        return int(value)
    if type(value) is not int:
        raise PydanticCustomError("int_type", "Write a whole number.")
    return value


IS_WHOLE: Final = BeforeValidator(_whole_number)
"""Stands with each integer of a body; one of a query string is text."""
PriorityNumber = Annotated[int, Field(ge=0, le=9, description="0 none, 1 highest, 9 lowest (RFC 5545)"), IS_WHOLE]


PageLimit = Annotated[int, IS_WHOLE, Field(ge=1, le=200)]
"""How many items a page holds at most, where no query string says it."""
UpcomingLimit = Annotated[int, IS_WHOLE, Field(ge=1, le=100)]
PageCursor = Annotated[str | None, Field(max_length=4_096)]


def _small_enough(value: dict[str, Any]) -> dict[str, Any]:
    try:
        size = len(encode(value))
    except (TypeError, UnicodeEncodeError, RecursionError):
        return value  # no JSON as it is: what is stored of it is checked, and measured, when it is known
    if size > EXTRA_BYTES:
        raise PydanticCustomError("extra_too_large", "At most {limit} bytes of JSON.", {"limit": EXTRA_BYTES})
    return value


Extra = Annotated[dict[str, Any], Field(max_length=EXTRA_KEYS), AfterValidator(_small_enough)]
"""Fields of the host's own: a JSON object of at most 16 KiB."""


NOT_BOTH_SIDES: Final[JsonDict] = {"not": {"required": ["before", "after"]}}
"""Says in the schema that only one of two is named."""


class Neighbour(BaseModel):
    """A place in an order, named by what it is next to: before or after one other object, never both."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={**NOT_BOTH_SIDES})

    before: Id = Field(default_factory=absent)
    after: Id = Field(default_factory=absent)

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if {"before", "after"} <= self.model_fields_set:
            raise PydanticCustomError("one_neighbour", "Name either before or after.")
        return self

    @property
    def is_before(self) -> bool:
        """Whether the place is before the neighbour."""
        return "before" in self.model_fields_set

    @property
    def beside(self) -> uuid.UUID | None:
        """The neighbour, where one is named."""
        return self.before if self.is_before else self.after if "after" in self.model_fields_set else None
