"""The `extra` field, typed: a model of the host checks it, describes it in OpenAPI, and names what can be filtered."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cache
from inspect import signature
from typing import Annotated, Any, ClassVar, Final, Optional, Self, TypeVar, get_type_hints
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError, create_model, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypedDict

from fastapi_todo_kit.core.encoding import decode, encode
from fastapi_todo_kit.core.errors import InvalidInput, LimitReached, UnknownParameter
from fastapi_todo_kit.core.extra.filters import ExtraFilter, filters_of
from fastapi_todo_kit.core.extra.models import check_round_trip, not_read
from fastapi_todo_kit.core.extra.values import settled
from fastapi_todo_kit.core.fields import EXTRA_BYTES, Extra, absent, escape_pointer, merge_patch
from fastapi_todo_kit.core.json_values import check_json

Model = TypeVar("Model", bound=BaseModel)
_PLACE: Final = "#/extra"
_DEEPEST: Final = 200
"""Fewer levels than Pydantic writes (255), or SQLite reads in JSON (1,000)."""
# Before 2.11, Pydantic reads by aliases alone unless a model says otherwise, which `_strict` takes back.
_HAS_BY_NAME: Final = "by_name" in signature(BaseModel.model_validate_json).parameters
_BY_ALIAS: Final[dict[str, Any]] = {"by_alias": True, "by_name": False} if _HAS_BY_NAME else {}
_WRITTEN_AS_TEXTS: Final = (date, time, timedelta, Decimal, UUID, Enum)


class _ShownAs:
    """Makes a field, which stays a dictionary, appear in the schema as a model."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._model = model

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the model's schema."""
        return handler(self._model.__pydantic_core_schema__)


def checked_extra(
    model: type[BaseModel] | None, extra: dict[str, Any], found: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return what is stored of an `extra`: what the host's model makes of it, or itself where there is no model.

    All that is stored of it comes through here, so what this lets through, every reader must be able to read.

    Args:
        model: the host's model. It takes what Python writes as texts, too: `date(2026, 3, 29)`.
        extra: what the client says.
        found: an object that an earlier attempt of the same create may have made; see `settled`.

    Raises:
        InvalidInput: the model refuses it, or what it makes of it is not JSON.
        LimitReached: it is too large.
    """
    check_json(extra, _PLACE, _beside(model), _DEEPEST)
    stored = encode(extra)
    if model is not None:
        made = _made(model, stored, found)
        check_json(made, _PLACE, (), _DEEPEST)
        stored = encode(made)
    if len(stored) > EXTRA_BYTES:
        raise LimitReached(f"`extra` holds at most {EXTRA_BYTES} bytes.", limit="extra_bytes", maximum=EXTRA_BYTES)
    result: dict[str, Any] = decode(stored)
    return result


def changed_extra(model: type[BaseModel] | None, stored: Mapping[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Return what is stored of an `extra` that a merge patch changes.

    Raises:
        InvalidInput, LimitReached: as `checked_extra` does.
    """
    check_json(patch, _PLACE, _beside(model), _DEEPEST)
    return checked_extra(model, merge_patch(stored, patch))


def _beside(model: type[BaseModel] | None) -> tuple[type, ...]:
    return () if model is None else _WRITTEN_AS_TEXTS


def _made(model: type[BaseModel], extra: bytes, found: Mapping[str, Any] | None) -> Any:
    try:
        # As JSON, which a strict model takes dates from, and by the names that it is written with again.
        checked = _strict(model).model_validate_json(extra, **_BY_ALIAS)
    except ValidationError as error:
        raise InvalidInput(errors=[_place(one) for one in error.errors(include_url=False)]) from None
    if dropped := list(not_read(checked, decode(extra))):
        said = {"code": "extra_forbidden", "detail": "Extra inputs are not permitted"}  # in the words of Pydantic
        raise InvalidInput(errors=[{"pointer": f"{_PLACE}{one}", **said} for one in dropped])
    return settled(checked, checked.model_dump(mode="json", by_alias=True), found and found["extra"])


class ExtraQuery(BaseModel):
    """A query that a host's model can give filters on `extra`; any other name that it does not know is refused."""

    # What begins with `extra.` is kept until the host's model is known.
    model_config: ClassVar[ConfigDict] = ConfigDict(populate_by_name=True, extra="allow", validate_assignment=True)
    extra_filters: ClassVar[tuple[ExtraFilter, ...]] = ()
    """The filters on fields of the host's own, where it has declared some."""
    is_typed: ClassVar[bool] = False
    """Whether it is the variant of a host's model already."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        for name in self.model_extra or ():
            if not name.startswith("extra."):
                raise PydanticCustomError(
                    "unknown_parameter", "`{name}`: {hint}", {"name": name, "hint": self._hint(name)}
                )
        return self

    @classmethod
    def _hint(cls, name: str) -> str:
        known = [one.alias or name for name, one in cls.model_fields.items()]
        near = get_close_matches(name.replace("_", "."), known, 1) or get_close_matches(name, known, 1)
        there = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(sorted(known))}."
        return f"There is no such filter: {there}"

    def given_extra_filters(self) -> dict[ExtraFilter, Any]:
        """Return the filters that the client has set, with their values."""
        return {one: value for one in self.extra_filters if (value := getattr(self, one.parameter)) is not None}

    def read_by(self, model: type[BaseModel] | None) -> Self:
        """Return the query as a host reads it: with the filters on `extra` that its model of that has.

        Raises:
            InvalidInput: a filter is wrong.
            UnknownParameter: there is no such filter on `extra`.
        """
        read = self if model is None or self.is_typed else self._typed(model)
        if read.model_extra:
            hints = [{"type": UnknownParameter.code, "msg": read._hint(name)} for name in read.model_extra]
            raise UnknownParameter(errors=[_parameter(*one) for one in zip(read.model_extra, hints, strict=True)])
        return read

    def _typed(self, model: type[BaseModel]) -> Self:
        variant: Any = typed_query(type(self), model)
        try:
            read: Self = variant.model_validate(self.model_dump(exclude_unset=True))
        except ValidationError as error:
            places = [_parameter(".".join(map(str, one["loc"])), one) for one in error.errors(include_url=False)]
            raise InvalidInput(errors=places) from None
        return read


def _parameter(name: str, said: Any) -> dict[str, Any]:
    return {"parameter": name, "code": said["type"], "detail": said["msg"]}


def _place(error: Any) -> dict[str, Any]:
    pointer = "".join(f"/{escape_pointer(str(part))}" for part in error["loc"])
    return {"pointer": f"{_PLACE}{pointer}", "code": error["type"], "detail": error["msg"]}


@cache
def _strict(model: type[BaseModel]) -> type[BaseModel]:
    """Return the model, refusing fields that it does not declare unless it says itself what becomes of them.

    Raises:
        ConfigurationError: it cannot read what it writes.
    """
    check_round_trip(model)
    changed: dict[str, Any] = {} if "extra" in model.model_config else {"extra": "forbid"}
    if model.model_config.get("populate_by_name"):
        changed["populate_by_name"] = False
    if not changed:
        return model
    return create_model(model.__name__, __base__=model, __doc__=model.__doc__, __cls_kwargs__=changed)


@cache
def _partial(model: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (Optional[field.annotation], Field(default_factory=absent, alias=field.alias))  # noqa: UP045  (a value, not an annotation)
        for name, field in model.model_fields.items()
    }
    return create_model(f"{model.__name__}Update", __config__=ConfigDict(extra="forbid"), **fields)


def typed_create(base: type[BaseModel], extra: type[BaseModel]) -> type[BaseModel]:
    """Return a schema of new objects whose `extra` is described by a model; required where the model requires one."""
    is_required = any(one.is_required() for one in extra.model_fields.values())
    shown = Annotated[Extra, _ShownAs(_strict(extra))]
    return _variant(base, extra, extra=(shown, ... if is_required else Field({})))


def typed_update(base: type[BaseModel], extra: type[BaseModel]) -> type[BaseModel]:
    """Return a schema of changes whose `extra` is described by a model of which everything is optional."""
    shown = Annotated[Extra, _ShownAs(_partial(extra))]
    return _variant(base, extra, extra=(shown, Field(default_factory=absent)))


def typed_read(base: Any, extra: type[BaseModel]) -> Any:
    """Return a shape of answers whose `extra` is described by a model. It describes: answers are not validated."""
    return _shape(base, extra, extra=_strict(extra))


def typed_page(base: Any, item: Any, extra: type[BaseModel]) -> Any:
    """Return a shape of pages of such answers."""
    return _shape(base, extra, items=list[item])


def _shape(base: Any, model: type[BaseModel], /, **changed: Any) -> Any:
    shape = TypedDict(_name(base, model), {**get_type_hints(base, include_extras=True), **changed})  # type: ignore[misc]  # made of data
    shape.__doc__ = base.__doc__
    return shape


@cache
def typed_query(base: type[ExtraQuery], extra: type[BaseModel]) -> type[ExtraQuery]:
    """Return a query that filters by declared fields: `extra.{field}`, and `.gte` and `.lt` for numbers and days."""
    filters = filters_of(extra)
    fields: dict[str, Any] = {
        one.parameter: (Annotated[one.value | None, Field(alias=alias)], None) for alias, one in filters.items()
    }
    variant = _variant(base, extra, **fields)
    variant.extra_filters = tuple(filters.values())
    variant.is_typed = True
    return variant


def _variant(base: type[Model], model: type[BaseModel], /, **fields: Any) -> type[Model]:
    return create_model(_name(base, model), __base__=base, __doc__=base.__doc__, **fields)


def _name(base: type, model: type[BaseModel]) -> str:
    return f"{base.__name__}_{model.__name__}"
