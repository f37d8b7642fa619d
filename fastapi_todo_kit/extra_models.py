"""Which models can be that of `extra`: those that read what they write, because a PATCH changes what was written."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import AliasPath, BaseModel
from pydantic.json_schema import JsonSchemaMode

from fastapi_todo_kit.errors import ConfigurationError

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
