"""Query parameters that form a model: read straight from the query string, described in OpenAPI one by one.

FastAPI can do this too, but asks for every field of the model on every request: 0.35 ms for the filters of todos, where
reading what is there takes 0.03 ms.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

Model = TypeVar("Model", bound=BaseModel)


def read_query(model: type[Model]) -> Callable[[Request], Awaitable[Model]]:
    """Return a dependency that reads the model from the query, and leaves parameters of others alone."""
    properties = _properties(model)
    repeatable = {name for name, schema in properties.items() if schema.get("type") == "array"}

    async def read(request: Request) -> Model:
        given: dict[str, Any] = {}
        for name, value in request.query_params.multi_items():
            if name in repeatable:
                given.setdefault(name, []).append(value)
            elif name in properties:
                given[name] = value
        try:
            return model.model_validate(given)
        except ValidationError as error:
            problems = [{**one, "loc": ("query", *one["loc"])} for one in error.errors(include_url=False)]
            raise RequestValidationError(problems) from None

    return read


def describe_query(model: type[BaseModel]) -> dict[str, Any]:
    """Return the part of an OpenAPI operation that describes the model's parameters, for `openapi_extra`."""
    return {"parameters": [_parameter(name, dict(schema)) for name, schema in _properties(model).items()]}


def _properties(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    properties: dict[str, dict[str, Any]] = model.model_json_schema()["properties"]
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
