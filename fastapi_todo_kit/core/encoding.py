"""How values become JSON: msgspec's encoder, in one place, with what it takes beyond its own types."""

import json
import math
from datetime import date, datetime
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")
_HALF_A_PAIR: Final = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")


def plain(moment: T) -> T:
    """Return a date or a moment as an object of the standard library's own class.

    Clocks of hosts return others, pendulum's for example, and freezegun puts its own in the place of them all. msgspec
    takes none of them.

    Raises:
        TypeError: it is neither.
    """
    # By name: `datetime` in this module may be freezegun's, too.
    if type(moment).__module__ == "datetime":
        return moment
    kind: Any = next((base for base in type(moment).__mro__ if base.__module__ == "datetime"), None)
    match moment:
        case datetime():
            of_day = (moment.hour, moment.minute, moment.second, moment.microsecond, moment.tzinfo)
            made: T = kind(moment.year, moment.month, moment.day, *of_day, fold=moment.fold)
        case date():
            made = kind(moment.year, moment.month, moment.day)
        case _:
            raise TypeError(f"{type(moment).__name__} has no form in JSON")
    return made


# The hook is asked about what msgspec does not know, and costs nothing else.
_encoder: Final = msgspec.json.Encoder(enc_hook=plain)
_sorted_encoder: Final = msgspec.json.Encoder(enc_hook=plain, order="sorted")

encode: Final = _encoder.encode
"""Return the JSON of a value."""
encode_sorted: Final = _sorted_encoder.encode
"""Return the JSON of a value, the same bytes for equal objects: their members are in the order of their names."""
encode_for_database: Final = msgspec.json.Encoder(enc_hook=plain, uuid_format="hex").encode
"""Return the JSON of a value for a statement to read, in which ids are as SQLite stores them."""
decode: Final = msgspec.json.Decoder().decode
"""Return the value of a JSON text; where an object names a key twice, the last one counts."""


def read_stored(text: str | bytes) -> Any:
    """Return the value of a JSON text that a database kept, whoever wrote it there: it is JSON again when it is shown.

    A number that JSON does not have (NaN, 1e400) is null, half of a surrogate pair is U+FFFD, and what is no JSON at
    all is None.
    """
    try:
        return decode(text)
    except (ValueError, RecursionError, msgspec.DecodeError):
        return _mended(text)


def read_object(text: str | bytes | None) -> dict[str, Any]:
    """Return the object of a JSON text that a database kept, as `read_stored` reads it; what is none is empty."""
    value = None if text is None else read_stored(text)  # None in a row of an outer join
    return value if isinstance(value, dict) else {}


def _mended(text: str | bytes) -> Any:
    try:
        # What an encoder of Python's has written, a decoder of Python's reads.
        return _plain_json(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _plain_json(value: Any) -> Any:
    match value:
        case dict():
            return {_plain_json(name): _plain_json(item) for name, item in value.items()}
        case list():
            return [_plain_json(item) for item in value]
        case str():
            return value.translate(_HALF_A_PAIR)
        case float():
            return value if math.isfinite(value) else None
        case _:
            return value


to_builtins: Final = partial(msgspec.to_builtins, enc_hook=plain)
"""Return a value as its JSON would be read again."""
