"""What a model of the host makes of `extra`, the same each time that it is asked for the same."""

from collections.abc import Mapping
from itertools import chain, repeat
from typing import Any, Final

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from fastapi_todo_kit.core.encoding import encode_sorted

_STEADY: Final = (list, dict, set, frozenset, tuple, str, int, float, bool)


def settled(value: Any, shown: Any, found: Any = None) -> Any:
    """Return the JSON of a value in a form that does not depend on the attempt.

    Items of sets are put in order, which Python gives them differently in each process.

    Args:
        value: what was validated.
        shown: its JSON, as its model writes it.
        found: the JSON that an earlier attempt may have left. What a `default_factory` makes is taken from it, where
            the client has not said it: it would be another value each time.
    """
    match value, shown:
        case RootModel(), _:
            return settled(value.root, shown, found)
        case BaseModel(), dict():
            return {**shown, **_settled_fields(value, shown, found if isinstance(found, Mapping) else {})}
        case ((set() | frozenset()), list()) if to_jsonable_python(list(value), fallback=repr) == shown:
            return sorted(map(settled, value, shown), key=_rank)
        case ((list() | tuple()), list()) if len(value) == len(shown):
            of_found = chain(found if isinstance(found, list) else (), repeat(None))
            return [settled(*item) for item in zip(value, shown, of_found, strict=False)]
        case dict(), dict() if len(value) == len(shown):
            before = found if isinstance(found, Mapping) else {}
            of_each = zip(value.values(), shown.items(), strict=True)
            return {name: settled(one, said, before.get(name)) for one, (name, said) in of_each}
    return shown


def _settled_fields(value: BaseModel, shown: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, field in type(value).model_fields.items():
        key = field.serialization_alias or field.alias or name
        if key in found and name not in value.model_fields_set and _varies(field):
            fields[key] = found[key]
        elif key in shown:
            fields[key] = settled(getattr(value, name), shown[key], found.get(key))
    return fields


def _varies(field: FieldInfo) -> bool:
    factory: Any = field.default_factory
    is_of_model = isinstance(factory, type) and issubclass(factory, BaseModel)  # whose own fields say so themselves
    return factory is not None and factory not in _STEADY and not is_of_model


def _rank(item: Any) -> tuple[float, bytes]:
    return (item, b"") if isinstance(item, int | float) else (0, encode_sorted(item))
