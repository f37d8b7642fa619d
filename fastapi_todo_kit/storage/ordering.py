"""Position keys: text that sorts byte by byte, with room between any two. Pure; knows no table.

A key is an integer and, behind it, a fraction, both in base 62 (fractional indexing, after D. Greenspan). The first
letter of the integer says how long it is: `a0` is nought, `a1` follows it, `b00` follows `az`, and `Zz` is before `a0`.
So whatever goes to an end gets a short key, however often that happens; a fraction is needed only between neighbours.
"""

import string
from collections.abc import Iterator
from itertools import islice
from typing import Final

LONGEST_KEY: Final = 64
"""A key longer than this asks for its list to be spread out again."""
_DIGITS: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
_HEADS: Final = string.ascii_uppercase + string.ascii_lowercase
_FIRST: Final = "a0"
_LEAST: Final = "A" + "0" * 26


def is_crowded(key: str) -> bool:
    """Say whether keys have become so long that they should be given anew."""
    return len(key) > LONGEST_KEY


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`; None stands for the open end.

    Raises:
        ValueError: `before` does not sort before `after`, or one of them is no key.
    """
    if before is None:
        return _FIRST if after is None else _key_before(after)
    if after is not None and before >= after:
        raise ValueError(f"there is no key between {before!r} and {after!r}")
    whole, fraction = _parts(before)
    if after is not None and after.startswith(whole):
        return whole + _middle(fraction, after[len(whole) :])
    following = _beside(whole, 1)
    if following is None or (after is not None and following >= after):
        return whole + _middle(fraction, "")
    return following


def keys_behind(last: str | None) -> Iterator[str]:
    """Yield ascending keys behind `last`, without end: short ones, and none of them in use."""
    while True:
        last = key_between(last, None)
        yield last


def keys_after(last: str | None, count: int) -> list[str]:
    """Return `count` keys behind `last`."""
    return list(islice(keys_behind(last), count))


def _key_before(after: str) -> str:
    whole, fraction = _parts(after)
    if fraction and whole != _LEAST:
        return whole
    return _beside(whole, -1) or whole + _middle("", fraction)


def _parts(key: str) -> tuple[str, str]:
    """Return the integer and the fraction of a key."""
    length = _length(key[:1])
    if len(key) < length:
        raise ValueError(f"{key!r} is no position key")
    return key[:length], key[length:]


def _length(head: str) -> int:
    """Return how long an integer is that begins with this letter: the further from nought, the longer."""
    distance = _HEADS.index(head) - len(string.ascii_uppercase)
    return distance + 2 if distance >= 0 else 1 - distance


def _beside(whole: str, step: int) -> str | None:
    """Return the next integer or the one before; None at the end of all."""
    head, digits = whole[0], whole[1:]
    last, first = ("z", "0") if step > 0 else ("0", "z")
    kept = digits.rstrip(last)
    if kept:
        moved = _DIGITS[_DIGITS.index(kept[-1]) + step]
        return head + kept[:-1] + moved + first * (len(digits) - len(kept))
    place = _HEADS.index(head) + step
    if not 0 <= place < len(_HEADS):
        return None
    return _HEADS[place] + first * (_length(_HEADS[place]) - 1)


def _middle(low: str, high: str) -> str:
    """Return a fraction between two, as short as can be; an empty `high` is one, and none ends in a nought."""
    key = ""
    while True:
        bottom = _DIGITS.index(low[0]) if low else 0
        top = _DIGITS.index(high[0]) if high else len(_DIGITS)
        if top - bottom > 1:
            return key + _DIGITS[(bottom + top + 1) // 2]
        if top > bottom and len(high) > 1:
            return key + high[0]
        # The same digit goes on below both; behind the lower one of two neighbours there is no upper bound.
        key, low, high = key + _DIGITS[bottom], low[1:], high[1:] if top == bottom else ""
