"""Position keys: text that sorts byte by byte, with room between any two. Pure; knows no table."""

from typing import Final

from fractional_indexing import generate_key_between, generate_n_keys_between

LONGEST_KEY: Final = 64
"""A key longer than this asks for its list to be spread out again."""


def key_between(before: str | None, after: str | None) -> str:
    """Return a key that sorts after `before` and before `after`; None stands for the open end."""
    return str(generate_key_between(before, after))


def keys_after(last: str | None, count: int) -> list[str]:
    """Return `count` ascending keys behind `last`: short ones, and none of them in use."""
    return list(generate_n_keys_between(last, None, count))
