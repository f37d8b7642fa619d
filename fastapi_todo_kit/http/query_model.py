"""Query parameters that form a model: read straight from the query string, described in OpenAPI one by one.

FastAPI can do this too, but asks for every field of the model on every request: 0.35 ms for the filters of todos, where
reading what is there takes 0.03 ms.

A type that has a name is referred to by it, so an answer of the same operation must show it too: FastAPI makes
components of what it finds there. What no answer shows stays a plain `Literal`.
"""

from typing import Any, Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from fastapi.openapi.constants import REF_TEMPLATE
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

M = TypeVar("M", bound=BaseModel)


class ReadQuery(Generic[M]):
    """A dependency that reads a model from the query, and leaves parameters of others alone.

    Args:
        model: its fields; a mount whose host has fields of its own reads its own variant instead.
    """

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self._properties = _properties(model)
        self._repeatable = {name for name, schema in self._properties.items() if schema.get("type") == "array"}

    async def __call__(self, request: Request) -> M:
        """Return the model.

        Raises:
            RequestValidationError: a parameter is wrong.
        """
        given: dict[str, Any] = {}
        for name, value in request.query_params.multi_items():
            if name in self._repeatable:
                given.setdefault(name, []).append(value)
            elif name in self._properties:
                given[name] = value
        try:
            return self.model.model_validate(given)
        except ValidationError as error:
            problems = [{**one, "loc": ("query", *one["loc"])} for one in error.errors(include_url=False)]
            raise RequestValidationError(problems) from None

    @property
    def names(self) -> dict[str, bool]:
        """The names of its parameters, and whether each is a list."""
        return {name: name in self._repeatable for name in self._properties}

    def parameters(self) -> list[dict[str, Any]]:
        """Return the OpenAPI parameters that describe the model."""
        return [_parameter(name, dict(schema)) for name, schema in self._properties.items()]


def _properties(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    properties: dict[str, dict[str, Any]] = model.model_json_schema(ref_template=REF_TEMPLATE)["properties"]
    return properties


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    # A parameter that is absent is not null, so null is no value of it.
    variants = [one for one in schema.pop("anyOf", ()) if one != {"type": "null"}]
    if len(variants) == 1:
        schema |= variants[0]
    elif variants:
        schema["anyOf"] = variants
    if schema.get("default") is None:
        schema.pop("default", None)
    description = schema.pop("description", None)
    parameter = {"name": name, "in": "query", "required": False, "schema": schema}
    return parameter if description is None else {**parameter, "description": description}
