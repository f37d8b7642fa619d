"""What a mount makes of a feature's routes, while its router is built: some are left out, renamed, or typed anew."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from fastapi import APIRouter, params

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.http.query_model import ReadQuery
from fastapi_todo_kit.http.routing import KitRoute

_PATH: Final = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """How the routes of a mount differ from those of the features.

    Args:
        leave_out: the names of operations that it does not have.
        paths: what stands in a path instead of a feature's name: `{"todos": "tasks"}`.
        schemas: what stands for a schema where the host has a model for `extra`.
    """

    leave_out: Collection[str] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    schemas: Mapping[Any, Any] = field(default_factory=dict)

    def check(self, features: Mapping[str, APIRouter]) -> None:
        """Make sure that it names what there is.

        Raises:
            ConfigurationError: it does not.
        """
        operations = {route.name for feature in features.values() for route in routes_of(feature)}
        if isinstance(self.leave_out, str):
            raise ConfigurationError(f"leave_out must be a list of names: [{self.leave_out!r}]")
        if unknown := set(self.leave_out) - operations:
            raise ConfigurationError(f"leave_out names {sorted(unknown)}; the operations are {sorted(operations)}")
        if unknown := set(self.paths) - set(features):
            raise ConfigurationError(f"paths names {sorted(unknown)}; the features are {sorted(features)}")
        for path in self.paths.values():
            if not isinstance(path, str) or not _PATH.fullmatch(path):
                raise ConfigurationError(f'paths maps to {path!r}; write it as in {{"todos": "tasks"}}')
        mounted = [self.paths.get(name, name) for name in features]
        if len(set(mounted)) < len(mounted):
            raise ConfigurationError(f"paths gives two features one path: {sorted(mounted)}")

    def of(self, feature: APIRouter) -> list[KitRoute]:
        """Return the routes of a feature as this mount has them."""
        routes = [route for route in routes_of(feature) if route.name not in self.leave_out]
        return [self._of_route(route) for route in routes] if self.paths or self.schemas else routes

    def _of_route(self, route: KitRoute) -> KitRoute:
        _, first, *rest = route.path.split("/")
        path = "/".join(("", self.paths.get(first, first), *rest))
        options = {
            **route.options,
            "response_model": self.schemas.get(route.response_model, route.response_model),
            "responses": {status: self._of_response(said) for status, said in route.responses.items()},
            "name": route.name,
        }
        return KitRoute(path, _retyped(route.endpoint, self.schemas), **options)

    def _of_response(self, said: Mapping[str, Any]) -> dict[str, Any]:
        model = said.get("model")
        return {**said, "model": self.schemas[model]} if model in self.schemas else {**said}


def routes_of(feature: APIRouter) -> list[KitRoute]:
    """Return the routes that a feature declares."""
    return [route for route in feature.routes if isinstance(route, KitRoute)]


def _retyped(endpoint: Callable[..., Any], schemas: Mapping[Any, Any]) -> Callable[..., Any]:
    """Return a handler that reads other schemas, or the handler itself where it reads none of those replaced."""
    hints = get_type_hints(endpoint, include_extras=True)
    changed = {name: _replaced(hint, schemas) for name, hint in hints.items()}
    if changed == hints:
        return endpoint
    assert isinstance(endpoint, FunctionType)  # noqa: S101  (handlers are module-level functions)
    copy = FunctionType(
        endpoint.__code__, endpoint.__globals__, endpoint.__name__, endpoint.__defaults__, endpoint.__closure__
    )
    copy.__doc__, copy.__kwdefaults__, copy.__annotations__ = endpoint.__doc__, endpoint.__kwdefaults__, changed
    return copy


def _replaced(hint: Any, schemas: Mapping[Any, Any]) -> Any:
    if get_origin(hint) is Annotated:
        base, *metadata = get_args(hint)
        return Annotated[(schemas.get(base, base), *(_replaced_query(one, schemas) for one in metadata))]
    return schemas.get(hint, hint)


def _replaced_query(metadata: Any, schemas: Mapping[Any, Any]) -> Any:
    query = metadata.dependency if isinstance(metadata, params.Depends) else None
    if isinstance(query, ReadQuery) and query.model in schemas:
        return params.Depends(ReadQuery(schemas[query.model]))
    return metadata
