"""What can be filtered of a typed `extra`, and what such a filter takes: what the field could hold, as it is stored."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, TypeAdapter
from pydantic import WithJsonSchema as Schema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from fastapi_todo_kit.core.fields import Id, text_of
from fastapi_todo_kit.core.json_values import LARGEST_INTEGER

Kind = Literal["text", "number", "decimal", "boolean"]
Comparison = Literal["eq", "gte", "lt"]
_FILTERABLE_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_INTEGER: Final = re.compile(r"-?\d{1,19}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DIGITS: Final = r"-?\d{1,300}(\.\d{1,300})?"
_NUMBER: Final = re.compile(_DIGITS + r"([eE][+-]?\d{1,3})?")
_DECIMAL: Final = re.compile(_DIGITS + r"([eE][+-]?\d{1,2})?")
_KINDS: Final[Mapping[str, Kind]] = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
}


def _json_number(value: Any) -> int | float:
    """Return the number that a query parameter spells as JSON does: exactly, where it is an integer of 64 bits."""
    text = _number_text(value, _NUMBER)
    if _INTEGER.fullmatch(text) and ~LARGEST_INTEGER <= int(text) <= LARGEST_INTEGER:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        raise PydanticCustomError("number_parsing", "Write a finite number.")
    return number


def _decimal(value: Any) -> Decimal:
    return Decimal(_number_text(value, _DECIMAL))


def _number_text(value: Any, spelled: re.Pattern[str]) -> str:
    text = str(value)
    if isinstance(value, bool) or not spelled.fullmatch(text):
        raise PydanticCustomError("number_parsing", "Write a number, as in JSON.")
    return text


def _day(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_parsing", "Write a date such as 2026-03-29.")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError("date_impossible", "There is no such day.") from None


_TEXT: Final = Annotated[str, text_of(500), Schema({"type": "string", "maxLength": 500})]
_VALUES: Final[Mapping[Kind, Any]] = {
    "text": _TEXT,
    "number": Annotated[Any, BeforeValidator(_json_number), Schema({"type": "number"})],
    "decimal": Annotated[Any, BeforeValidator(_decimal), Schema({"type": "number"})],
    "boolean": bool,
}


def _written(kind: Any, form: str) -> Any:
    """Return the type of texts that spell a value of this kind, as Pydantic writes it: what is stored of it."""
    adapter = TypeAdapter(kind)

    def write(value: Any) -> Any:
        return adapter.dump_python(adapter.validate_python(value), mode="json")

    return Annotated[str, BeforeValidator(write), Schema({"type": "string", "format": form})]


_FORMATS: Final[Mapping[str, Any]] = {
    "date": Annotated[str, BeforeValidator(_day), Schema({"type": "string", "format": "date"})],
    "uuid": _written(Id, "uuid"),
    "date-time": _written(datetime, "date-time"),
    "time": _written(time, "time"),
    "duration": _written(timedelta, "duration"),
}
"""What the texts of a field spell, by the format that its schema gives them."""


@dataclass(frozen=True, slots=True)
class ExtraFilter:
    """A comparison with a declared field of `extra`; `parameter` is what its value is bound as."""

    parameter: str
    name: str
    kind: Kind
    comparison: Comparison
    value: Any = field(compare=False, repr=False)
    """The type that its value is read as."""


def filters_of(model: type[BaseModel]) -> dict[str, ExtraFilter]:
    """Return the filters on the declared fields that hold one value, by the names of their query parameters."""
    schema = model.model_json_schema(mode="serialization")
    of_fields = model.model_fields.items()
    decimals = {one.serialization_alias or one.alias or name for name, one in of_fields if _is_decimal(one)}
    filters: dict[str, ExtraFilter] = {}
    for name, described in schema.get("properties", {}).items():
        said = _value_schema(described, schema.get("$defs", {}))
        kind = _KINDS.get(str(said.get("type")))
        if kind is None or not _FILTERABLE_NAME.fullmatch(name):
            continue
        kind = "decimal" if kind == "text" and name in decimals else kind
        value = _value_of(kind, said)
        filters[f"extra.{name}"] = ExtraFilter(f"extra_{name}", name, kind, "eq", value)
        if kind in ("number", "decimal") or said.get("format") == "date":
            filters[f"extra.{name}.gte"] = ExtraFilter(f"extra_{name}_gte", name, kind, "gte", value)
            filters[f"extra.{name}.lt"] = ExtraFilter(f"extra_{name}_lt", name, kind, "lt", value)
    return filters


def _is_decimal(declared: FieldInfo) -> bool:
    kinds = [one for one in get_args(declared.annotation) or (declared.annotation,) if one is not NoneType]
    return kinds == [Decimal]


def _value_of(kind: Kind, said: Mapping[str, Any]) -> Any:
    """Return the type of a filter's values: what the field could hold."""
    if kind != "text":
        return _VALUES[kind]
    choices = said.get("enum") or [said[name] for name in ("const",) if name in said]
    return Literal[tuple(choices)] if choices else _FORMATS.get(str(said.get("format")), _TEXT)


def _value_schema(described: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a field's value: without null, and where it is defined elsewhere, from there."""
    variants = [one for one in described.get("anyOf", ()) if one != {"type": "null"}]
    value: dict[str, Any] = variants[0] if len(variants) == 1 else described
    if "$ref" in value:
        value = definitions[value["$ref"].rpartition("/")[2]]
    return value
