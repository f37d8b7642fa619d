"""What differs between the releases of FastAPI that hosts have. Nothing else knows of it.

Until 0.136 `include_router` copies a router's routes into the application, later the application asks the router. The
kit's routes work in both ways: what a mount hands to a request is held by its class of routes (`http/routing.py`),
which a copy has, too.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from fastapi import Depends, __version__, routing
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.types import Scope

from fastapi_todo_kit.core.errors import ConfigurationError

_RELEASE: Final = tuple(map(int, re.findall(r"\d+", __version__)[:3]))
RUNS_LIFESPANS: Final = _RELEASE >= (0, 112, 2)
"""Whether an application runs the lifespans of the routers that it includes."""
_HAS_SCOPES: Final = _RELEASE >= (0, 121)
_TAKES_FORMS_APART: Final = _RELEASE >= (0, 113)
_LEAVES_EARLY: Final = _RELEASE < (0, 118)
"""Whether all dependencies are left before the answer is sent, as those with the scope "function" are later."""


def depends_until_answer(dependency: Callable[..., Any] | None) -> Any:
    """Return `Depends` on what is left, behind its `yield`, before the answer is sent.

    Raises:
        ConfigurationError: this release of FastAPI knows no such dependencies.
    """
    if _HAS_SCOPES:
        return Depends(dependency, scope="function")
    if _LEAVES_EARLY:
        return Depends(dependency)
    raise ConfigurationError(
        f'Host(commit="host") needs another FastAPI than {__version__}: 0.118 to 0.120 leave every dependency behind '
        "the answer, which would say what is not committed yet. Raise it to 0.121, or let the kit commit: "
        'Host(commit="kit")'
    )


def form_of(fields: Sequence[tuple[str, str]]) -> FormData:
    """Return a form as FastAPI finds the model in it that a handler calls `form`: until 0.113 below that name."""
    given: Any = list(fields) if _TAKES_FORMS_APART else {"form": dict(fields)}
    return FormData(given)


def dependants_of(route: APIRoute, scope: Scope) -> Iterator[Dependant]:
    """Yield what a route depends on where an application has included it: a copy has that itself."""
    contexts: Any = getattr(routing, "iter_route_contexts", None)
    for context in contexts(scope["app"].routes) if contexts else ():
        if getattr(context, "original_route", None) is route:
            yield context.dependant


def check_lifespan(purpose: str) -> None:
    """Make sure that an application runs the lifespan of a router, where nothing else would do what that does.

    Raises:
        ConfigurationError: it does not.
    """
    if not RUNS_LIFESPANS:
        raise ConfigurationError(
            f"{purpose} needs FastAPI 0.112.2, which runs the lifespans of routers; this is {__version__}. Raise it, "
            "or leave that off and run `todo-kit worker`"
        )
