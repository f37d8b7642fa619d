"""Query parameters that nobody has declared: a filter in a wrong spelling must not be answered with everything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, Self

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import Scope

from fastapi_todo_kit.core.errors import InvalidInput, QueryTooLong, RequestError, UnknownParameter
from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.declared_parameters import ANY_NAME, declared_around, declared_by
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.settings import TodoKitSettings

_LONGEST: Final = 65_536
"""Bytes of a query string: more than what all parameters need together, at their maxima and with every byte escaped."""
_MOST_NAMED: Final = 10
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class ParameterRules:
    """What becomes of parameters that nobody has declared; a name that ends in `*` is that of all that begin so."""

    are_refused: bool
    passed: tuple[str, ...]

    @classmethod
    def of(cls, settings: TodoKitSettings) -> Self:
        """Return what the settings say."""
        return cls(settings.unknown_parameters == "refuse", settings.passed_parameters)

    def let_pass(self, name: str) -> bool:
        """Say whether a parameter may be there although nobody has declared it."""
        return not self.are_refused or any(
            name.startswith(one[:-1]) if one.endswith("*") else name == one for one in self.passed
        )


def set_rules(scope: Scope, rules: ParameterRules) -> None:
    """Put the rules of a router on the scope of a request that it serves."""
    scope[scope_keys.RULES] = rules


class KnownParameters:
    """The query parameters that an operation and the dependencies around it declare.

    Args:
        route: the route as it was made; dependencies that an application adds around it are looked up when needed.
        queries: models that are read straight from the query, without being dependencies.
    """

    def __init__(self, route: APIRoute, queries: Iterable[ReadQuery[Any]] = ()) -> None:
        self._route = route
        self._known = declared_by(route.dependant)
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
        known: Mapping[str, bool] = self._known
        is_known = known.keys() >= given.keys()
        if is_known and len(given) == len(given.multi_items()):
            return None
        if not is_known:
            known = {**declared_around(self._route, request.scope), **known}
        return self._unknown(request, known) or _repeated(request, known)

    def _unknown(self, request: Request, known: Mapping[str, bool]) -> RequestError | None:
        rules: ParameterRules = request.scope[scope_keys.RULES]
        names = [name for name in request.query_params if name not in known and not rules.let_pass(name)]
        if not names or ANY_NAME in known:
            return None
        return UnknownParameter(errors=[self._place(name) for name in names[:_MOST_NAMED]])

    def _place(self, name: str) -> dict[str, str]:
        return {"parameter": name[:_LONGEST_NAME], "code": UnknownParameter.code, "detail": self._hint(name)}

    def _hint(self, name: str) -> str:
        if not self._known:
            return "This operation takes no parameters."
        if not name:
            return "A parameter has a name: the query has `=` with nothing before it."
        shown = name[:_LONGEST_NAME]
        near = get_close_matches(shown.replace("_", ".").removesuffix("[]"), self._known, 1)
        near = near or get_close_matches(shown, self._known, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(sorted(self._known))}."
        return f"There is no such parameter: {hint}"


def _repeated(request: Request, known: Mapping[str, bool]) -> RequestError | None:
    seen: set[str] = set()
    places: list[dict[str, str]] = []
    for name, _ in request.query_params.multi_items():
        if name in seen and known.get(name) is False and len(places) < _MOST_NAMED:
            places.append({"parameter": name, "code": "repeated_parameter", "detail": "Give it only once."})
        seen.add(name)
    return InvalidInput(errors=places) if places else None
