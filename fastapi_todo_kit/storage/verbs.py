"""What makes a method of a service a verb: its action. The services without HTTP are made of these."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.work import Work

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])
ACTION: Final = "__todo_kit_action__"


class Service(Protocol):
    """What has verbs: made of a unit of work, for one call."""

    def __init__(self, work: Work) -> None: ...


@dataclass(frozen=True, slots=True)
class Verb:
    """One operation of the library, whoever asks for it: `call(service(work), ...)` does it in a unit of work."""

    action: Action
    service: type[Service]
    call: Callable[..., Awaitable[Any]]


def verb(action: Action) -> Callable[[F], F]:
    """Say that a method is a verb, for which a call needs an action; nothing else becomes of it."""

    def mark(method: F) -> F:
        setattr(method, ACTION, action)
        return method

    return mark
