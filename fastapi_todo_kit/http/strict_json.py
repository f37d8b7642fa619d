"""Reading a JSON body without the liberties that Python's parser takes, and without unbounded work or memory."""

import re
from itertools import accumulate, islice
from typing import Any, Final

import msgspec

from fastapi_todo_kit.core.encoding import decode
from fastapi_todo_kit.core.errors import InvalidInput, MalformedRequest, NestedTooDeep, RequestError, TooManyParts
from fastapi_todo_kit.core.json_values import LARGEST_INTEGER, check_json

_TEXT: Final = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# A text that does not end is taken to the end of the body: each of its quotes would look for the end again.
_ANY_TEXT: Final = re.compile(_TEXT + rb"?", re.DOTALL)
_TOKEN: Final = re.compile(_TEXT + rb"?|([\[\]{},:])", re.DOTALL)
_KEY: Final = re.compile(_TEXT + rb"[ \t\r\n]*+(:)?", re.DOTALL)
_STEPS: Final = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_UNREADABLE_DEPTH: Final = 1_000
_NO_NUMBER: Final = re.compile(rb"NaN|-?Infinity")
_PLACE: Final = re.compile(r"\(byte (\d+)\)")
_HALF_A_PAIR: Final = re.compile(
    rb"\\u[dD][89aAbB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89aAbB]..)\\u[dD][c-fC-F]..", re.DOTALL
)
_CONTINUATION: Final = bytes(range(0x80, 0xC0))
MOST_KEYS: Final = 1_000
MOST_ITEMS: Final = 10_000
MOST_TEXT: Final = 524_288


def parse_json(
    body: bytes,
    *,
    max_depth: int,
    max_keys: int = MOST_KEYS,
    max_items: int = MOST_ITEMS,
    max_text: int = MOST_TEXT,
) -> Any:
    """Return the value of a JSON text (RFC 8259) in UTF-8.

    What it is made of is counted before anything is made of it: a megabyte can hold a quarter of a million objects, or
    become four of them where one of its characters is wide.

    Raises:
        MalformedRequest: it is not JSON, not UTF-8, or names a key of an object twice.
        NestedTooDeep: more than `max_depth` arrays and objects inside one another.
        TooManyParts: more than `max_keys` keys, or `max_items` members and elements in objects and arrays, or texts
            that take more than `max_text` bytes of memory.
        InvalidInput: NaN or Infinity, an integer of more than 64 bits, a NUL or a lone surrogate in a text.
    """
    _check_shape(body, max_depth, max_keys, max_items)
    if len(body) * _WIDEST > max_text:
        _check_size(body, max_text, most_texts=max_keys + max_items + 1)
    try:
        value = decode(body)
    except (UnicodeDecodeError, msgspec.DecodeError) as error:
        raise _refusal(body, error) from None
    keys = _keys_in(value)
    # Colons stand in texts, too, so only where there are more of them it matters which are those of keys.
    if body.count(b":") != keys and _KEY.findall(body).count(b":") != keys:
        raise MalformedRequest("The body names a key of an object twice.")
    if b"\\u" in body:
        check_json(value)
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


_AT_ONCE: Final = 65_536
_WIDEST: Final = 4
_OF_TEXT: Final = 49
"""Bytes that each text of Python's takes besides its characters."""


def _check_size(body: bytes, max_text: int, most_texts: int) -> None:
    size = sum(_size_of(body, *text.span()) for text in islice(_ANY_TEXT.finditer(body), most_texts))
    if size > max_text:
        raise TooManyParts(f"The texts of the body take more than {max_text:,} bytes of memory.", limit=max_text)


def _size_of(body: bytes, start: int, end: int) -> int:
    """Return about how many bytes a text takes: as many for each of its characters as for the widest of them."""
    characters, width = 0, 1
    for at in range(start, end, _AT_ONCE):
        part = body[at : min(at + _AT_ONCE, end)]
        escapes, highest = part.count(b"\\u"), max(part)
        characters += len(part.translate(None, _CONTINUATION)) - 5 * escapes
        if highest >= 0xF0 or b"\\ud" in part or b"\\uD" in part:  # noqa: PLR2004  (the first byte of four)
            width = 4
        elif highest >= 0xC4 or escapes:  # noqa: PLR2004  (the first byte of what is beyond Latin-1)
            width = max(width, 2)
    return _OF_TEXT + characters * width


def _refusal(body: bytes, error: Exception) -> RequestError:
    if isinstance(error, UnicodeDecodeError):
        return MalformedRequest("The body is not UTF-8.")
    if isinstance(error, msgspec.ValidationError):
        return InvalidInput("A number in the body is too large.")
    place = _PLACE.search(str(error))
    if place and (name := _NO_NUMBER.match(body, max(0, int(place[1]) - 1)) or _NO_NUMBER.match(body, int(place[1]))):
        return InvalidInput(f"{name[0].decode()} is not a JSON number.")
    if _HALF_A_PAIR.search(body):
        try:
            check_json(decode(_HALF_A_PAIR.sub(rb"\\u0000", body)))
        except InvalidInput as invalid:  # which says where
            return invalid
        except (UnicodeDecodeError, msgspec.DecodeError):
            pass
    return MalformedRequest(f"The body is not JSON: {str(error).removeprefix('JSON is malformed: ')}.")


def _keys_in(value: Any) -> int:
    """Return how many keys the objects of a value have, of which each integer has at most 64 bits."""
    keys, left = 0, [value]
    while left:  # no function that calls itself: how deep Python may go is also for whoever called
        one = left.pop()
        if isinstance(one, dict):
            keys += len(one)
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
        elif isinstance(one, int) and not ~LARGEST_INTEGER <= one <= LARGEST_INTEGER:
            raise InvalidInput("An integer in the body has more than 64 bits.")
    return keys
