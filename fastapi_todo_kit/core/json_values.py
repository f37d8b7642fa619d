"""What is JSON that both databases store and every client reads, whoever brings the value."""

import math
from typing import Any, Final

from fastapi_todo_kit.core.errors import InvalidInput, NestedTooDeep
from fastapi_todo_kit.core.fields import UNSTORABLE, escape_pointer

LARGEST_INTEGER: Final = 2**63 - 1
DEEPEST: Final = 500
"""How many lists and objects may be inside one another, at most: in a body that a mount reads."""
_FORMS: Final = "write a text, a number, true, false, null, a list or an object"


def check_json(
    value: Any, pointer: str = "#", beside: tuple[type, ...] = (), deepest: int = DEEPEST, depth: int = 0
) -> None:
    """Make sure that a value is JSON (RFC 8259) of finite numbers, 64 bits at most, and of texts that can be stored.

    Args:
        value: what a client sent, what a caller of the services passed, or what a model of the host made of either.
        pointer: where it stands; see RFC 6901.
        beside: types of Python's that the caller makes JSON of.
        deepest: how many lists and objects may be inside one another.
        depth: how many of them this one is in.

    Raises:
        InvalidInput: it is not; `errors` points at the place.
        NestedTooDeep: more than that are.
    """
    if not isinstance(value, dict | list | tuple):
        if not isinstance(value, beside):
            _check_one(value, pointer)
        return
    if depth > deepest:
        raise NestedTooDeep(f"At most {deepest} lists and objects are accepted inside one another.", limit=deepest)
    for name, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict):
            _check_name(name, pointer)
        check_json(item, f"{pointer}/{escape_pointer(str(name))}", beside, deepest, depth + 1)


def _check_one(value: Any, pointer: str) -> None:
    kind = type(value)  # of a subclass, msgspec does not know what it means
    if kind is str:
        _check_text(value, pointer)
    elif kind is int:
        if not ~LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise _refusal(pointer, "int_too_large", "An integer has more than 64 bits.")
    elif kind is float:
        if not math.isfinite(value):
            raise _refusal(pointer, "finite_number", f"JSON has no number {value}.")
    elif value is not None and kind is not bool:
        raise _refusal(pointer, "not_json", f"{kind.__qualname__} is not JSON: {_FORMS}.")


def _check_name(name: Any, pointer: str) -> None:
    if type(name) is not str:
        raise _refusal(pointer, "not_json", f"The names of an object are texts, not {type(name).__qualname__}.")
    _check_text(name, pointer)


def _check_text(text: str, pointer: str) -> None:
    if UNSTORABLE.search(text):
        raise _refusal(pointer, "string_control_char", "A text holds NUL or half of a surrogate pair.")


def _refusal(pointer: str, code: str, detail: str) -> InvalidInput:
    return InvalidInput(errors=[{"pointer": pointer, "code": code, "detail": detail}])
