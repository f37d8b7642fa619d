"""Reading a JSON body without the liberties that Python's parser takes, and without work that has no bound."""

import json
import re
from itertools import accumulate, islice
from typing import Any, Final, NoReturn

from fastapi_todo_kit.errors import InvalidInput, MalformedRequest, NestedTooDeep, TooManyParts
from fastapi_todo_kit.fields import UNSTORABLE, escape_pointer

# A text that does not end is taken to the end of the body: each of its quotes would look for the end again.
_TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[\]{},:])', re.DOTALL)
_STEPS: Final = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_UNREADABLE_DEPTH: Final = 1_000
_LARGEST_INTEGER: Final = 2**63 - 1
_LONGEST_NUMBER: Final = 1_000
MOST_KEYS: Final = 1_000
MOST_ITEMS: Final = 10_000


def parse_json(body: bytes, *, max_depth: int, max_keys: int = MOST_KEYS, max_items: int = MOST_ITEMS) -> Any:
    """Return the value of a JSON text (RFC 8259) in UTF-8.

    What it is made of is counted before anything is made of it: a megabyte can hold a quarter of a million objects.

    Raises:
        MalformedRequest: it is not JSON, not UTF-8, or names a key of an object twice.
        NestedTooDeep: more than `max_depth` arrays and objects inside one another.
        TooManyParts: more than `max_keys` keys, or `max_items` members and elements in objects and arrays.
        InvalidInput: NaN or Infinity, an integer of more than 64 bits, a NUL or a lone surrogate in a text.
    """
    _check_shape(body, max_depth, max_keys, max_items)
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_unique_keys,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_sixty_four_bits,
        )
    except UnicodeDecodeError:
        raise MalformedRequest("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise MalformedRequest(f"The body is not JSON: {error.msg} at character {error.pos}.") from None
    if b"\\u" in body:
        _check_texts(value)
    return value


def _check_shape(body: bytes, max_depth: int, max_keys: int, max_items: int) -> None:
    openings = body.count(b"[") + body.count(b"{")
    is_small = openings + body.count(b",") <= max_items and body.count(b":") <= max_keys
    # What stands in texts is counted too, so only where this is too much it matters what stands where.
    if openings <= max_depth and is_small:
        return
    # A body within the limits has fewer tokens; what has more is too much, or no JSON.
    marks = [token[1] for token in islice(_TOKEN.finditer(body), 4 * (max_items + max_keys))]
    deepest = max(accumulate(_STEPS.get(mark, 0) for mark in marks), default=0)
    if deepest > _UNREADABLE_DEPTH:
        raise MalformedRequest("The body is nested beyond what a JSON parser reads.")
    if marks.count(b":") > max_keys:
        raise TooManyParts(f"The body has more than {max_keys:,} keys.", limit=max_keys)
    if marks.count(b",") + marks.count(b"[") + marks.count(b"{") > max_items:
        raise TooManyParts(f"The body has more than {max_items:,} values.", limit=max_items)
    if deepest > max_depth:
        raise NestedTooDeep(f"The body is nested {deepest} deep; at most {max_depth} are accepted.", limit=max_depth)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        raise MalformedRequest("The body names a key of an object twice.")
    return unique


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidInput(f"{name} is not a JSON number.")


def _finite(digits: str) -> float:
    if len(digits) > _LONGEST_NUMBER:
        raise InvalidInput("A number in the body has too many digits.")
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise InvalidInput("A number in the body is too large.")
    return number


def _sixty_four_bits(digits: str) -> int:
    # The length first: Python refuses to read very long integers, with an error of its own.
    if len(digits) > 20 or not ~_LARGEST_INTEGER <= (number := int(digits)) <= _LARGEST_INTEGER:  # noqa: PLR2004  (digits of 2^63)
        raise InvalidInput("An integer in the body has more than 64 bits.")
    return number


def _check_texts(value: Any, pointer: str = "#") -> None:
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            raise InvalidInput(
                errors=[
                    {
                        "pointer": pointer,
                        "code": "string_control_char",
                        "detail": "A text holds NUL or half of a surrogate pair.",
                    }
                ]
            )
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_texts(item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_texts(key, pointer)
            _check_texts(item, f"{pointer}/{escape_pointer(key)}")
