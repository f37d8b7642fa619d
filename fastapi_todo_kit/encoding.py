"""How values become JSON: msgspec's encoder, in one place, with what it takes beyond its own types."""

from datetime import date, datetime
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")


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
to_builtins: Final = partial(msgspec.to_builtins, enc_hook=plain)
"""Return a value as its JSON would be read again."""
