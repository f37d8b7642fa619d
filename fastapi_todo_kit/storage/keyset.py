"""Keyset paging: the order of a page, the condition behind a row of it, and the cursor that carries that row.

A cursor is opaque, versioned and bound to its query by a digest. It grants nothing, so it is not signed; what it
carries is validated like any other input.
"""

import base64
import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Annotated, Any, Final, TypeVar

import msgspec
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    String,
    UnaryExpression,
    Uuid,
    and_,
    bindparam,
    or_,
    tuple_,
)

from fastapi_todo_kit.core.encoding import encode, encode_sorted
from fastapi_todo_kit.core.errors import InvalidCursor
from fastapi_todo_kit.core.fields import UNSTORABLE
from fastapi_todo_kit.storage.tables import DayOrNever, Instant, InstantOrNever, Priority

T = TypeVar("T")
_VERSION: Final = 1
# From the first of January 1900 somewhere in the east to the last moment that every offset can still express.
_YEARS: Final = range(1899, 9999)


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column of an order. It must not be null."""

    name: str
    column: ColumnElement[Any]
    descending: bool = False

    @property
    def order(self) -> UnaryExpression[Any]:
        """The column's part of ORDER BY."""
        return self.column.desc() if self.descending else self.column.asc()

    @property
    def type(self) -> Any:
        """What a cursor holds for it: nothing that the column could not."""
        match self.column.type:
            case InstantOrNever() | DayOrNever() as column:
                return (datetime if isinstance(column, InstantOrNever) else date) | None
            case Instant():
                return datetime
            case Priority():
                return Annotated[int, msgspec.Meta(ge=0, le=9)]
            case Uuid():
                return uuid.UUID
            case Integer():
                return Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)]
            case String(length=int() as longest):
                return Annotated[str, msgspec.Meta(max_length=longest)]
        raise TypeError(f"no cursor holds a {self.column.type!r}")


Order = tuple[SortKey, ...]


def across_spaces(order: Order, space_id: ColumnElement[Any]) -> Order:
    """Return an order of rows of several spaces, in which ids may be equal."""
    return (*order, SortKey("space_id", space_id, order[-1].descending))


def rows_after(order: Order) -> ColumnElement[bool]:
    """Return the condition for what follows a row, with its values bound as `after_0`, `after_1`, ...

    One direction is a row value, `(a, b) > (x, y)`, which an index serves from the first row on; mixed directions are
    nested so that the first column still bounds the scan.
    """
    bound = [bindparam(f"after_{n}", type_=key.column.type) for n, key in enumerate(order)]
    if len({key.descending for key in order}) == 1:
        columns, values = tuple_(*(key.column for key in order)), tuple_(*bound)
        return columns < values if order[0].descending else columns > values
    return _nested(order, bound)


def rows_from(order: Order) -> ColumnElement[bool]:
    """Return a condition that all rows behind a row meet, and that an index serves: for what orders by more columns.

    It binds the first of the values that `rows_after` binds; in mixed directions of the first column only.
    """
    ruling = order if len({key.descending for key in order}) == 1 else order[:1]
    bound = [bindparam(f"after_{n}", type_=key.column.type) for n, key in enumerate(ruling)]
    columns, values = tuple_(*(key.column for key in ruling)), tuple_(*bound)
    return columns <= values if ruling[0].descending else columns >= values


def _nested(order: Order, bound: Sequence[BindParameter[Any]]) -> ColumnElement[bool]:
    key, value = order[0], bound[0]
    beyond = key.column < value if key.descending else key.column > value
    if len(order) == 1:
        return beyond
    not_before = key.column <= value if key.descending else key.column >= value
    return and_(not_before, or_(beyond, _nested(order[1:], bound[1:])))


class Paging:
    """One page of a query: what its statement binds, and the cursor that leads on.

    Args:
        order: the order of the rows.
        limit: how many of them the page holds at most.
        cursor: where the page before ended, None for the first one.
        query: everything that makes the query what it is; a cursor is good for that only.

    Raises:
        InvalidCursor: the cursor is damaged, of another version, or of another query.
    """

    def __init__(self, order: Order, limit: int, cursor: str | None, *query: object) -> None:
        self._limit = limit
        self._digest = hashlib.sha256(encode_sorted(query)).hexdigest()[:16]
        after = {} if cursor is None else _decode(cursor, self._digest, order)
        self.parameters: dict[str, Any] = {"limit": limit + 1, **after}
        """The limit, which asks for one row more to see whether the page is the last, and `after_0` and so on."""

    def split(
        self,
        rows: Sequence[T],
        values_of: Callable[[T], Sequence[Any]],
        weights_of: Callable[[Sequence[T]], Sequence[int]] | None = None,
        most_bytes: int = 0,
    ) -> tuple[list[T], str | None]:
        """Return the rows that are shown, and the next cursor.

        Args:
            rows: what the statement found.
            values_of: gives a row's values in the order.
            weights_of: gives about how many bytes each row has, where rows may be large.
            most_bytes: the page ends before it has more, with one row at least.
        """
        shown = list(rows[: self._limit])
        if weights_of is not None and sum(weights := weights_of(shown)) > most_bytes:
            shown = shown[: max(1, sum(weight <= most_bytes for weight in accumulate(weights)))]
        return shown, _encode(self._digest, values_of(shown[-1])) if len(rows) > len(shown) else None


def _encode(digest: str, values: Sequence[Any]) -> str:
    payload = encode([_VERSION, digest, list(values)])
    return base64.urlsafe_b64encode(payload).rstrip(b"=").decode()


def _decode(cursor: str, digest: str, order: Order) -> dict[str, Any]:
    try:
        payload = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        version, bound_to, raw = msgspec.json.decode(payload, type=tuple[int, str, list[Any]])
        values = msgspec.convert(raw, tuple[tuple(key.type for key in order)])  # type: ignore[misc]  # built from data
    except (ValueError, RecursionError, msgspec.MsgspecError):
        raise InvalidCursor from None
    if version != _VERSION or bound_to != digest or not all(map(_is_storable, values)):
        raise InvalidCursor
    return {f"after_{n}": value for n, value in enumerate(values)}


def _is_storable(value: Any) -> bool:
    if isinstance(value, str):
        return not UNSTORABLE.search(value)
    if isinstance(value, datetime):
        return value.tzinfo is not None and value.year in _YEARS
    if isinstance(value, date):
        return value.year in _YEARS
    return value is None or isinstance(value, int | uuid.UUID)
