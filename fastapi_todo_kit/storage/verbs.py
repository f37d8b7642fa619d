"""What makes a method of a service a verb: its action. The services without HTTP are made of these."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.work import Work

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])
ACTION: Final = "__todo_kit_action__"
INTO: Final = "__todo_kit_into__"
SPANS: Final = "__todo_kit_spans__"


class Service(Protocol):
    """What has verbs: made of a unit of work, for one call."""

    def __init__(self, work: Work) -> None: ...


@dataclass(frozen=True, slots=True)
class Verb:
    """One operation of the library, whoever asks for it: `call(service(work), ...)` does it in a unit of work."""

    action: Action
    service: type[Service]
    call: Callable[..., Awaitable[Any]]
    into: Action | None = None
    """What is asked for in the other space that `space_id` of its argument `target` may name."""
    spans: bool = False
    """Whether it may be asked for in all spaces of its principal at once."""


def verb(action: Action, into: Action | None = None, *, spans: bool = False) -> Callable[[F], F]:
    """Say that a method is a verb, for which a call needs an action; nothing else becomes of it.

    Args:
        action: what the call asks for.
        into: what it asks for in another space, where its argument `target` has a `space_id`.
        spans: whether it may be asked for in all spaces of its principal at once.
    """

    def mark(method: F) -> F:
        setattr(method, ACTION, action)
        setattr(method, INTO, into)
        setattr(method, SPANS, spans)
        return method

    return mark
