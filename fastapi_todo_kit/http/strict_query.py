"""Query parameters that nobody has declared: a filter in a wrong spelling must not be answered with everything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from fastapi import routing
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from fastapi.routing import APIRoute
from fastapi.security import APIKeyQuery
from pydantic import BaseModel
from starlette.requests import Request
from starlette.types import Scope

from fastapi_todo_kit.errors import InvalidInput, QueryTooLong, RequestError, UnknownParameter
from fastapi_todo_kit.http.query_model import ReadQuery

_RULES_KEY: Final = "todo_kit_parameter_rules"
_LONGEST: Final = 65_536
"""Bytes of a query string: more than what all parameters need together, at their maxima and with every byte escaped."""
_MOST_NAMED: Final = 10
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class ParameterRules:
    """What becomes of parameters that nobody has declared; a name that ends in `*` is that of all that begin so."""

    are_refused: bool = True
    passed: tuple[str, ...] = ()

    def let_pass(self, name: str) -> bool:
        """Say whether a parameter may be there although nobody has declared it."""
        return not self.are_refused or any(
            name.startswith(one[:-1]) if one.endswith("*") else name == one for one in self.passed
        )


def set_rules(scope: Scope, rules: ParameterRules) -> None:
    """Put the rules of a router on the scope of a request that it serves."""
    scope[_RULES_KEY] = rules


class KnownParameters:
    """The query parameters that an operation and the dependencies around it declare.

    Args:
        route: the route as it was made; dependencies that an application adds around it are looked up when needed.
        queries: models that are read straight from the query, without being dependencies.
    """

    def __init__(self, route: APIRoute, queries: Iterable[ReadQuery[Any]] = ()) -> None:
        self._route = route
        self._known: dict[str, bool | None] = dict(_declared(route.dependant))
        for query in queries:
            self._known |= query.names

    def complaint(self, request: Request) -> RequestError | None:
        """Return what is wrong with the names of a query, None where nothing is.

        Raises:
            QueryTooLong: before it is taken apart.
        """
        if len(request.scope["query_string"]) > _LONGEST:
            raise QueryTooLong(limit=_LONGEST)
        given = request.query_params
        is_each_once = len(given) == len(given.multi_items())
        if is_each_once and self._known.keys() >= given.keys():
            return None
        return self._unknown(request) or self._repeated(request)

    def _unknown(self, request: Request) -> RequestError | None:
        rules: ParameterRules = request.scope[_RULES_KEY]
        names = [name for name in request.query_params if name not in self._known and not rules.let_pass(name)]
        if names:
            around = _declared_around(self._route, request.scope)
            names = [name for name in names if name not in around]
        if not names:
            return None
        return UnknownParameter(errors=[self._place(name) for name in names[:_MOST_NAMED]])

    def _repeated(self, request: Request) -> RequestError | None:
        seen: set[str] = set()
        places: list[dict[str, str]] = []
        for name, _ in request.query_params.multi_items():
            if name in seen and self._known.get(name) is False and len(places) < _MOST_NAMED:
                places.append({"parameter": name, "code": "repeated_parameter", "detail": "Give it only once."})
            seen.add(name)
        return InvalidInput(errors=places) if places else None

    def _place(self, name: str) -> dict[str, str]:
        shown = name[:_LONGEST_NAME]
        near = get_close_matches(shown.replace("_", ".").removesuffix("[]"), self._known, 1)
        near = near or get_close_matches(shown, self._known, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(sorted(self._known))}."
        return {
            "parameter": shown,
            "code": UnknownParameter.code,
            "detail": f"There is no such parameter: {hint}" if self._known else "This operation takes no parameters.",
        }


def _declared(dependant: Dependant) -> Iterator[tuple[str, bool | None]]:
    """Yield the names below a dependant, and of the kit's own whether it is a list; of the host's, None."""
    if isinstance(dependant.call, ReadQuery):
        yield from dependant.call.names.items()
    if isinstance(dependant.call, APIKeyQuery):  # FastAPI's own, which reads the request itself
        yield dependant.call.model.name, None
    is_ours = getattr(dependant.call, "__module__", "").startswith("fastapi_todo_kit.")
    for parameter in dependant.query_params:
        annotation: Any = parameter.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            names = [field.alias or name for name, field in annotation.model_fields.items()]
        else:
            names = [parameter.alias]
        yield from ((name, False if is_ours else None) for name in names)
    for below in dependant.dependencies:
        yield from _declared(below)


def _declared_around(route: APIRoute, scope: Scope) -> Mapping[str, Any]:
    """Return what dependencies declare that the application has put around a router, or in the place of others."""
    app = scope["app"]
    contexts = getattr(routing, "iter_route_contexts", lambda _routes: ())  # FastAPI before 0.137 copies routes instead
    trees = [one.dependant for one in contexts(app.routes) if getattr(one, "original_route", None) is route]
    overrides = getattr(app, "dependency_overrides", {}).values()
    trees += [get_dependant(path=route.path_format, call=override) for override in overrides]
    return dict(pair for tree in trees for pair in _declared(tree))
