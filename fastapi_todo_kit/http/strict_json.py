"""Reading a JSON body without the liberties that Python's parser takes."""

import json
import re
from typing import Any, Final, NoReturn

from fastapi_todo_kit.errors import InvalidInput, MalformedRequest, NestedTooDeep
from fastapi_todo_kit.fields import escape_pointer

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_UNREADABLE_DEPTH: Final = 1_000
_LARGEST_INTEGER: Final = 2**63 - 1


def parse_json(body: bytes, *, max_depth: int) -> Any:
    """Return the value of a JSON text (RFC 8259) in UTF-8.

    Raises:
        MalformedRequest: it is not JSON, not UTF-8, or names a key of an object twice.
        NestedTooDeep: more than `max_depth` arrays and objects inside one another.
        InvalidInput: NaN or Infinity, an integer of more than 64 bits, a NUL or a lone surrogate in a text.
    """
    _check_depth(body, max_depth)
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


def _check_depth(body: bytes, max_depth: int) -> None:
    if body.count(b"[") + body.count(b"{") <= max_depth:
        return
    depth = deepest = 0
    for byte in _STRING.sub(b"", body):
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    if deepest > _UNREADABLE_DEPTH:
        raise MalformedRequest("The body is nested beyond what a JSON parser reads.")
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
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
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
