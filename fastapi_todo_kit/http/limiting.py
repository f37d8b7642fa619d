"""What a mount needs to limit how often callers ask; nothing where no limit is set."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from fastapi import params

from fastapi_todo_kit.core.errors import MissingExtra
from fastapi_todo_kit.core.observing.observer import Observer
from fastapi_todo_kit.http.problems import TOO_MANY
from fastapi_todo_kit.settings import TodoKitSettings


@dataclass(frozen=True, slots=True)
class Limiting:
    """The dependencies that count, and the answer that they may give."""

    of_address: list[params.Depends] = field(default_factory=list)
    of_principal: list[params.Depends] = field(default_factory=list)
    responses: dict[int | str, dict[str, Any]] = field(default_factory=dict)
    limiter: Any = None

    async def close(self) -> None:
        """Close the connections to a shared store."""
        if self.limiter is not None:
            await self.limiter.close()


def limiting_of(settings: TodoKitSettings, observer: Observer) -> Limiting:
    """Return what limits the requests to a mount.

    Raises:
        MissingExtra: limits are set, and the extra is not installed.
    """
    if not settings.rate_limits.are_set:
        return Limiting()
    try:
        # Not imported above: it needs the extra.
        limiters = import_module("fastapi_todo_kit.http.rate_limits.limiter")
        limiter = limiters.Limiter(settings.rate_limits, f"{settings.name}:{settings.namespace}", observer)
    except ModuleNotFoundError as error:
        if error.name != "limits":
            raise
        raise MissingExtra("Rate limits need: pip install 'fastapi-todo-kit[rate-limits]'") from None
    dependencies = import_module("fastapi_todo_kit.http.rate_limits.dependencies")
    of_address, of_principal = dependencies.limit_address(limiter), dependencies.limit_principal(limiter)
    return Limiting([of_address], [of_principal], TOO_MANY, limiter)
