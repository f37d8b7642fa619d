"""What FastAPI makes of types, kept: most of what an application of a test costs is to make the same again."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields
from inspect import Signature
from types import FunctionType
from typing import Any, Final

from fastapi import _compat, routing
from fastapi.dependencies import utils
from fastapi.dependencies.models import Dependant
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

MOST_KEPT: Final = 10_000
MOST_RECENT: Final = 20
_PLAIN: Final = frozenset({type(None), type(...), bool, int, float, str})
_adapters: dict[Any, tuple[TypeAdapter[Any], Any]] = {}
_fields: dict[Any, tuple[Any, Any]] = {}
# Both with what they were made of: an id in a key must not become that of something else.
_signatures: dict[FunctionType, Signature] = {}
_dependants: dict[Any, Dependant] = {}
_LISTS: Final = ("path_params", "query_params", "header_params", "cookie_params", "body_params")
_PARTS: Final = [part.name for part in fields(Dependant) if part.init and part.name not in {*_LISTS, "dependencies"}]


def keep_adapters() -> None:
    """Let FastAPI have the adapter, field of a response or signature that it made of the same before: none changes.

    Nor does what they are made of: the types in the kit's handlers are the same objects for each application. What a
    handler depends on may change, and is copied.
    """
    module: Any = getattr(_compat, "v2", _compat)  # until FastAPI 0.119 it was one file
    if hasattr(module, "TypeAdapter"):
        module.TypeAdapter = kept_adapter
    routes: Any = routing
    if hasattr(routes, "create_model_field"):  # since FastAPI 0.112.3
        routes.create_model_field = keeping_fields(routes.create_model_field)
    routes.get_dependant = keeping_dependants(routes.get_dependant)
    dependencies: Any = utils
    dependencies.get_typed_signature = keeping_signatures(dependencies.get_typed_signature)


def kept_adapter(annotation: Any, *, config: Any = None) -> TypeAdapter[Any]:
    """Return an adapter of `Annotated[...]`; that of an equal annotation, if there was one."""
    key = (id(annotation.__origin__), _key(annotation.__metadata__), id(config))
    if key in _adapters:
        return _adapters[key][0]
    made: TypeAdapter[Any] = TypeAdapter(annotation, config=config)
    if len(_adapters) < MOST_KEPT:
        _adapters[key] = (made, (annotation, config))
    return made


def keeping_fields(create: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes the fields of responses, but those of the same name and type once only."""

    def create_once(**options: Any) -> Any:
        if options.keys() != {"name", "type_", "mode"}:
            return create(**options)
        key = (options["name"], id(options["type_"]), options["mode"])
        if key not in _fields:
            if len(_fields) >= MOST_KEPT:
                return create(**options)
            _fields[key] = (create(**options), options["type_"])
        return _fields[key][0]

    return create_once


def keeping_signatures(read: Callable[[Any], Signature]) -> Callable[[Any], Signature]:
    """Return what reads the signature of a callable, but that of a function of a module once only.

    What else there is belongs to one application, which asks for it with each of its routes: that is kept for so long.
    """
    recent: OrderedDict[int, tuple[Any, Signature]] = OrderedDict()

    def read_once(call: Any) -> Signature:
        if type(call) is not FunctionType or "<locals>" in call.__qualname__:
            if id(call) not in recent:
                recent[id(call)] = (call, read(call))
                if len(recent) > MOST_RECENT:
                    recent.popitem(last=False)
            return recent[id(call)][1]
        if call not in _signatures:
            _signatures[call] = read(call)
        return _signatures[call]

    return read_once


def keeping_dependants(read: Callable[..., Dependant]) -> Callable[..., Dependant]:
    """Return what reads what a handler depends on, but that of a function of a module once only for each path."""

    def read_once(*, path: str, call: Any, **options: Any) -> Dependant:
        is_known = type(call) is FunctionType and "<locals>" not in call.__qualname__
        if not is_known or options.keys() - {"scope"}:
            return read(path=path, call=call, **options)
        key = (path, call, options.get("scope"))
        if key not in _dependants:
            made = read(path=path, call=call, **options)
            if len(_dependants) >= MOST_KEPT:
                return made
            _dependants[key] = made
        return _copy_of(_dependants[key])

    return read_once


def _copy_of(dependant: Dependant) -> Dependant:
    """Return a copy whose lists are its own, as are those below it: FastAPI puts into them what a router adds."""
    parts: dict[str, Any] = {name: getattr(dependant, name) for name in _PARTS}
    lists: dict[str, Any] = {name: [*getattr(dependant, name)] for name in _LISTS}
    return Dependant(**parts, **lists, dependencies=[*map(_copy_of, dependant.dependencies)])


def _key(value: Any) -> Any:
    """Return what is equal for equal parts of an annotation; what is of no known kind is equal to itself only."""
    kind = type(value)
    if kind in _PLAIN or kind.__module__ == "annotated_types":
        return kind, value
    if isinstance(value, (list, tuple)):
        return kind, *map(_key, value)
    if isinstance(value, (set, frozenset)):
        return kind, frozenset(map(_key, value))
    if isinstance(value, dict):
        return kind, *((name, _key(one)) for name, one in value.items())
    if isinstance(value, FieldInfo):
        parts = [getattr(value, name, None) for name in FieldInfo.__slots__]
        return kind, *(part if part is None else _key(part) for part in parts)
    return id(value)
