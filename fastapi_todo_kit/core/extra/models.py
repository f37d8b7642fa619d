"""Which models can be that of `extra`: those that read what they write, because a PATCH changes what was written.

And what of an input they have not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from pydantic import AliasPath, BaseModel, RootModel
from pydantic.json_schema import JsonSchemaMode

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.core.fields import escape_pointer

_ONE_NAME: Final = (
    "a PATCH could not read what is stored. Name a field with Field(alias=...) instead of validation_alias or "
    "serialization_alias, and write neither exclude=True nor computed_field"
)


def check_round_trip(model: type[BaseModel]) -> None:
    """Make sure that a model, and those inside it, have one name for each field, and keep what they are given.

    Raises:
        ConfigurationError: they do not; the message says what to write.
    """
    for name, declared in model.model_fields.items():
        if isinstance(declared.validation_alias, AliasPath):  # which JSON Schema has no word for
            raise ConfigurationError(f"{model.__name__}.{name}, in the model of `extra`, has an AliasPath: {_ONE_NAME}")
    read, written = (_properties(model, mode) for mode in ("validation", "serialization"))
    for name in read.keys() & written.keys():
        if secret := next((one for one, said in read[name].items() if "writeOnly" in said), None):
            raise ConfigurationError(
                f"{name}.{secret}, in the model of `extra`, is a secret, of which only asterisks would be stored: "
                "write str, or keep it elsewhere"
            )
        if differing := sorted(read[name].keys() ^ written[name].keys()):
            raise ConfigurationError(
                f"{name}, in the model of `extra`, reads {sorted(read[name])} and writes {sorted(written[name])}, "
                f"which differ in {differing}: {_ONE_NAME}"
            )


def _properties(model: type[BaseModel], mode: JsonSchemaMode) -> dict[str, Mapping[str, Any]]:
    """Return the properties of a model and of those inside it, by the names of the models."""
    schema = model.model_json_schema(mode=mode)
    models = {model.__name__: schema, **schema.get("$defs", {})}
    return {name: described.get("properties", {}) for name, described in models.items()}


def not_read(value: Any, said: Any, pointer: str = "") -> Iterator[str]:
    """Yield where in an input names stand that the models inside a model have dropped, as RFC 6901 writes it.

    Pydantic's default is to drop what it does not know. A model that says itself what becomes of it, or that changes
    its input before it is read, is left to do so.

    Args:
        value: what was validated.
        said: the JSON that it was made of.
        pointer: where that stands.
    """
    match value, said:
        case RootModel(), _:
            yield from not_read(value.root, said, pointer)
        case BaseModel(), dict():
            names = {field.alias or name: name for name, field in type(value).model_fields.items()}
            yield from _in_fields(value, said, names, pointer, is_strict=_drops(type(value)))
        case _, dict() if is_dataclass(value):
            names = {field.name: field.name for field in fields(value)}
            yield from _in_fields(value, said, names, pointer, is_strict=_drops_itself(value))
        case dict(), dict():
            for name in value.keys() & said.keys():
                yield from not_read(value[name], said[name], _below(pointer, name))
        case ((list() | tuple()), list()) if len(value) == len(said):
            for place, (one, item) in enumerate(zip(value, said, strict=True)):
                yield from not_read(one, item, _below(pointer, place))


def _in_fields(
    value: Any, said: Mapping[str, Any], names: Mapping[str, str], pointer: str, *, is_strict: bool
) -> Iterator[str]:
    for name, item in said.items():
        if name in names:
            yield from not_read(getattr(value, names[name], None), item, _below(pointer, name))
        elif is_strict:
            yield _below(pointer, name)


def _drops(model: type[BaseModel]) -> bool:
    """Whether a model drops what it does not know because nobody has said what becomes of it."""
    validators = model.__pydantic_decorators__.model_validators.values()
    return "extra" not in model.model_config and all(one.info.mode == "after" for one in validators)


def _drops_itself(value: Any) -> bool:
    return "extra" not in (getattr(type(value), "__pydantic_config__", None) or {})


def _below(pointer: str, name: object) -> str:
    return f"{pointer}/{escape_pointer(str(name))}"
