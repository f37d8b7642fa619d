"""Position keys: text that sorts byte by byte, with room between any two. Pure; knows no table."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from fractional_indexing import generate_key_between

LONGEST_KEY: Final = 64
"""A key longer than this asks for its list to be spread out again."""


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`; None stands for the open end."""
    return str(generate_key_between(before, after))


def keys_behind(last: str | None) -> Iterator[str]:
    """Yield ascending keys behind `last`, without end: short ones, and none of them in use."""
    while True:
        last = key_between(last, None)
        yield last


def keys_after(last: str | None, count: int) -> list[str]:
    """Return `count` keys behind `last`."""
    return list(islice(keys_behind(last), count))
