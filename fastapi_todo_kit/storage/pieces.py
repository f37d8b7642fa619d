"""Long work in pieces, between which others have their turn."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")
PIECE: Final = 200
"""How many rows are worked on in one go: a few milliseconds of most that is done with a row."""


def in_pieces(rows: Iterable[T], size: int = PIECE) -> Iterator[list[T]]:
    """Yield rows some at a time, in their order; nothing where there are none."""
    rest = iter(rows)
    while piece := list(islice(rest, size)):
        yield piece
