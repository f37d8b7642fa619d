"""Which query parameters FastAPI reads for an operation and the dependencies around it, and which of them are lists."""

from collections.abc import Iterator, Mapping, Sequence, Set
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from fastapi.routing import APIRoute
from fastapi.security import APIKeyQuery
from pydantic import AliasChoices, AliasPath, BaseModel, Json
from pydantic.fields import FieldInfo
from starlette.types import Scope

from fastapi_todo_kit.http.fastapi_releases import dependants_of
from fastapi_todo_kit.http.query_model import ReadQuery

ANY_NAME: Final = "*"
"""The name that stands for all: what a query model takes that lets extra parameters in."""
_LISTS: Final[tuple[type, ...]] = (Sequence, Set)


def declared_by(dependant: Dependant) -> dict[str, bool]:
    """Return the names below a dependant, and whether each is a list: where two declare one, both must say so."""
    declared: dict[str, bool] = {}
    for name, is_list in _declared(dependant):
        declared[name] = is_list and declared.get(name, True)
    return declared


def declared_around(route: APIRoute, scope: Scope) -> Mapping[str, bool]:
    """Return what dependencies declare that the application has put around a router, or in the place of others."""
    app = scope["app"]
    trees = list(dependants_of(route, scope))
    overrides = getattr(app, "dependency_overrides", {}).values()
    trees += [get_dependant(path=route.path_format, call=override) for override in overrides]
    return dict(pair for tree in trees for pair in declared_by(tree).items())


def _declared(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    if isinstance(dependant.call, ReadQuery):
        yield from dependant.call.names.items()
    if isinstance(dependant.call, APIKeyQuery):  # FastAPI's own, which reads the request itself
        yield dependant.call.model.name, False
    for parameter in dependant.query_params:
        models = _query_models(parameter.field_info)
        if not models:
            yield from _names(parameter.name, parameter.field_info)
        for model in models:
            yield from _names_of_model(model)
    for below in dependant.dependencies:
        yield from _declared(below)


def _query_models(field: FieldInfo) -> list[type[BaseModel]]:
    """Return the models whose fields are the parameters; a model that is written as JSON is the value of one."""
    if _is_json(field):
        return []
    return [one for one in _members(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)]


def _names_of_model(model: type[BaseModel]) -> Iterator[tuple[str, bool]]:
    config = model.model_config
    is_by_name = config.get("populate_by_name") or config.get("validate_by_name")
    for name, field in model.model_fields.items():
        yield from _names(name, field)
        if is_by_name:
            yield name, _is_list(field)
    if config.get("extra") == "allow":
        yield ANY_NAME, True


def _names(name: str, field: FieldInfo) -> Iterator[tuple[str, bool]]:
    alias = field.validation_alias or field.alias or name
    if isinstance(alias, str):
        yield alias, _is_list(field)
        return
    for choice in alias.choices if isinstance(alias, AliasChoices) else [alias]:
        if isinstance(choice, AliasPath):  # into what FastAPI makes of a parameter that is given several times
            yield str(choice.path[0]), True
        else:
            yield choice, _is_list(field)
    yield field.alias or name, _is_list(field)  # which some versions of FastAPI read instead


def _is_list(field: FieldInfo) -> bool:
    kinds = [get_origin(one) or one for one in _members(field.annotation)]
    return not _is_json(field) and any(
        isinstance(kind, type) and issubclass(kind, _LISTS) and not issubclass(kind, str | bytes) for kind in kinds
    )


def _is_json(field: FieldInfo) -> bool:
    return any(type(one) is Json for one in field.metadata)


def _members(annotation: Any) -> list[Any]:
    """Return what an annotation is one of: itself, where it is no union."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [member for one in get_args(annotation) for member in _members(one)]
    return [annotation]
