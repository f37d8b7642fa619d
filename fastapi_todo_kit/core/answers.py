"""What the callables of a host answer, each held against what it may be; what they do is not here.

Nothing is taken for what it looks like: in Python a coroutine is true, "no" is true, True is the hour 1, and
`"todos:read" in "xtodos:readx"` is so, too. What is of another kind is refused with words that say what to write.
"""

import inspect
from collections.abc import Collection
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any, Final

from fastapi_todo_kit.core.encoding import plain
from fastapi_todo_kit.core.errors import ConfigurationError

_HOURS: Final = range(24)
_LOAD_BEFORE: Final = "what it needs is loaded before, by Host.current_user or Host.space"


def is_async(function: Any) -> bool:
    """Say whether what is called returns something to wait for: an async function, method or object."""
    while isinstance(function, partial):
        function = function.func
    kinds = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    return any(is_kind(one) for is_kind in kinds for one in (function, type(function).__call__))


def check_callable(name: str, value: object, *, is_plain: bool = False) -> None:
    """Make sure that something can be called, and, where that is asked for, that nobody has to wait for its answer.

    Raises:
        ConfigurationError
    """
    if not callable(value):
        raise ConfigurationError(f"{name} must be callable, not {value!r}")
    if is_plain and is_async(value):
        raise ConfigurationError(f"{name} must be a plain function, without `async`: {_LOAD_BEFORE}")


def check_hook(name: str, value: object) -> None:
    """Make sure that something can be called, and does what it does when it is: what yields would not even begin.

    Raises:
        ConfigurationError
    """
    if value is None:
        return
    check_callable(name, value)
    if inspect.isgeneratorfunction(value) or inspect.isasyncgenfunction(value):
        raise ConfigurationError(f"{name} must be a function that does not `yield`")


def put_away(answer: object) -> bool:
    """Say whether an answer would have to be waited for; Python does not complain later that nobody has."""
    if inspect.iscoroutine(answer):
        answer.close()
    return inspect.isawaitable(answer)


def wrong(name: str, wanted: str, answer: object) -> ConfigurationError:
    """Return what to raise about an answer."""
    if put_away(answer):
        return ConfigurationError(f"{name} must be a plain function that returns {wanted}: {_LOAD_BEFORE}")
    said = repr(answer) if isinstance(answer, int | float) else type(answer).__name__
    return ConfigurationError(f"{name} must return {wanted}, not {said}")


def yes_or_no(name: str, answer: object) -> bool:
    """Return what was answered to whether something may be done.

    Raises:
        ConfigurationError: it is neither True nor False, however true it looks.
    """
    if answer is True:
        return True
    if answer is False:
        return False
    raise wrong(name, "True or False", answer)


def moment(answer: object) -> datetime:
    """Return what a clock answered, in UTC.

    Raises:
        ConfigurationError: it is no moment, or one without a zone.
    """
    if not isinstance(answer, datetime) or answer.utcoffset() is None:
        raise wrong("Host.clock", "a moment with a zone, such as datetime.now(UTC)", answer)
    return plain(answer if answer.tzinfo is UTC else answer.astimezone(UTC))


def hour(name: str, answer: object) -> int | None:
    """Return the hour at which somebody wants to be reminded; None where that is left to the settings.

    Raises:
        ConfigurationError: it is no hour.
    """
    if answer is None or (isinstance(answer, int) and not isinstance(answer, bool) and answer in _HOURS):
        return answer
    raise wrong(name, "an int from 0 to 23, or None", answer)


def zone_name(name: str, answer: object) -> str | None:
    """Return the name of somebody's zone, which need not be one that is known.

    Raises:
        ConfigurationError: it is no name.
    """
    if answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, tzinfo):  # a ZoneInfo, as several libraries load a zone from a column
        return str(answer)
    raise wrong(name, "an IANA name, such as Europe/Berlin, or None", answer)


def scopes(answer: object) -> Collection[str] | None:
    """Return the scopes of a token; None where it has none that limit it.

    Raises:
        ConfigurationError: it is no collection of texts. A single text is none, for parts of it are not scopes.
    """
    if answer is None:
        return None
    if isinstance(answer, Collection) and not isinstance(answer, str) and all(isinstance(one, str) for one in answer):
        return frozenset(answer)
    raise wrong("Host.scopes", 'a set of texts, such as {"todos:read"} or set(scope.split()), or None', answer)
