"""Whatever door a value of `extra` comes in by, what is stored of it is JSON that every reader reads."""

import math
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    SecretStr,
    ValidationError,
    computed_field,
    create_model,
    field_serializer,
    model_validator,
)
from pydantic.alias_generators import to_camel
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import Host, TodoKitSettings, todo_services
from fastapi_todo_kit.errors import ConfigurationError, InvalidInput, NestedTooDeep, UnknownParameter
from fastapi_todo_kit.schemas import (
    ListCreate,
    ListQuery,
    ListUpdate,
    ReminderQuery,
    TodoCreate,
    TodoImport,
    TodoQuery,
    TodoUpdate,
)
from fastapi_todo_kit.services import TodoServices
from tests.support import Api, make_app, running

DOORS = pytest.mark.parametrize("path", ["/todos", "/lists"])


class Size(Enum):
    SMALL = "s"


class Line(BaseModel):
    amount: float = 0
    count: int = 0
    shown: str = ""

    @field_serializer("shown")
    def _as_it_is_shown(self, shown: str) -> str:
        return "\0" if shown == "nul" else shown


class Sheet(Line):
    first: Line = Line()
    lines: list[Line] = []
    by_name: dict[str, Line] = {}
    anything: Any = None
    day: date | None = None
    size: Size | None = None
    price: Decimal | None = None
    key: uuid.UUID | None = None


HOSTILE: dict[str, Any] = {"amount": "NaN", "count": str(2**63), "shown": "nul"}
"""What JSON can say to a field of a model, of which the model makes what JSON cannot say."""
MORE: list[tuple[str, Any]] = [
    ("amount", "Infinity"),
    ("amount", "-inf"),
    ("amount", "1e400"),
    ("count", "1" + "0" * 400),
]


def everywhere(name: str, value: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return objects that hold a member, and where in them."""
    line = {name: value}
    return [
        (f"/{name}", line),
        (f"/first/{name}", {"first": line}),
        (f"/lines/1/{name}", {"lines": [{}, line]}),
        (f"/by_name/a~1b/{name}", {"by_name": {"a/b": line}}),
    ]


def recursive() -> dict[str, Any]:
    found: dict[str, Any] = {}
    found["a"] = found
    return found


NO_JSON: list[tuple[str, Any]] = [
    *[("/a", {"a": value}) for value in (math.nan, math.inf, -math.inf, 2**63, -(2**63) - 1, 10**400, "\0", "\ud800")],
    *[("/a", {"a": value}) for value in ({1}, b"x", object(), type("Text", (str,), {})("x"))],
    ("", {"\ud800": 1}),
    ("", {"\0": 1}),
    ("/a", {"a": {1: 2}}),
    ("/a/1/b~1c", {"a": [0, {"b/c": math.nan}]}),
    ("/a/0", {"a": (math.nan,)}),
]
PYTHON = [date(2026, 3, 28), datetime(2026, 3, 28, tzinfo=UTC), Decimal("1.5"), uuid.uuid4(), Size.SMALL]


async def assert_read(api: Api) -> None:
    """Every reader reads what is there."""
    for path in ("/todos", "/lists", "/trash"):
        for one in (await api.get(path))["items"]:
            if path != "/trash":
                assert (await api.get(f"{path}/{one['id']}"))["extra"] == one["extra"]


@asynccontextmanager
async def served(settings: TodoKitSettings, user: str, extra: type[BaseModel] | None) -> AsyncIterator[TodoServices]:
    engine = create_async_engine(settings.url)
    try:
        async with (
            AsyncSession(engine) as session,
            session.begin(),
            todo_services(settings, Host(extra=extra), session=session, user_id=user) as kit,
        ):
            yield kit
    finally:
        await engine.dispose()


@DOORS
async def test_what_a_model_makes_that_is_no_json_is_pointed_at(settings: TodoKitSettings, path: str) -> None:
    async with running(make_app(settings, extra=Sheet)) as api:
        name = {"title" if path == "/todos" else "name": "x"}
        there = await api.post(path, {**name, "extra": {"count": 1}}, 201)

        for member, value in [*HOSTILE.items(), *MORE]:
            for pointer, extra in everywhere(member, value):
                created = await api.post(path, {**name, "extra": extra}, 422)
                changed = await api.patch(f"{path}/{there['id']}", {"extra": extra}, 422)
                assert [one["pointer"] for one in created["errors"]] == [f"#/extra{pointer}"], extra
                assert [one["pointer"] for one in changed["errors"]] == [f"#/extra{pointer}"], extra

        assert (await api.get(f"{path}/{there['id']}")) == there
        await assert_read(api)


async def say(kit: TodoServices, path: str, found: Any, extra: Any) -> list[Any]:
    """Return what is refused, of all that says this."""
    said: list[Callable[[], Awaitable[Any]]] = [
        lambda: kit.todos.create(TodoCreate(title="x", extra=extra)),
        lambda: kit.todos.create_many([TodoImport(title="x", extra=extra)]),
        lambda: kit.todos.update(found["id"], TodoUpdate(extra=extra)),
    ]
    if path == "/lists":
        said = [
            lambda: kit.lists.create(ListCreate(name="x", extra=extra)),
            lambda: kit.lists.update(found["id"], ListUpdate(extra=extra)),
        ]
    refused = []
    for one in said:
        try:
            await one()
        except (InvalidInput, ValidationError) as error:
            refused.append(error)
    return refused


@DOORS
@pytest.mark.parametrize("model", [None, Sheet])
async def test_services_refuse_what_the_api_refuses(
    settings: TodoKitSettings, path: str, model: type[BaseModel] | None
) -> None:
    async with running(make_app(settings, extra=model)) as api:
        there = await (api.todo() if path == "/todos" else api.list())
        found = {**there, "id": uuid.UUID(there["id"])}
        hostile = [*NO_JSON] if model is None else [(f"/anything{at}", {"anything": said}) for at, said in NO_JSON]
        hostile += [] if model is None else everywhere("amount", "NaN")
        async with served(settings, api.user, model) as kit:
            for pointer, extra in hostile:
                refused = await say(kit, path, found, extra)
                assert len(refused) == (3 if path == "/todos" else 2), extra
                pointers = {one.members["errors"][0]["pointer"].replace("#/0/", "#/") for one in refused}
                assert pointers == {f"#/extra{pointer}"}, extra
            deep: Any = recursive()
            assert len(await say(kit, path, found, {"anything": deep})) == (3 if path == "/todos" else 2)
            await kit.todos.page(TodoQuery())
            await kit.lists.page(ListQuery())

        await assert_read(api)


async def test_services_take_what_python_writes_as_text_where_a_model_does(settings: TodoKitSettings) -> None:
    day, _, price, key, size = PYTHON
    async with running(make_app(settings)) as api:
        async with served(settings, api.user, Sheet) as kit:
            extra = {"day": day, "price": price, "key": key, "size": size, "lines": ({"count": 1},)}
            todo = await kit.todos.create(TodoCreate(title="x", extra=extra))
            assert await kit.todos.get(todo["id"]) == todo
        assert (todo["extra"]["day"], todo["extra"]["price"], todo["extra"]["size"]) == ("2026-03-28", "1.5", "s")

        async with served(settings, api.user, None) as kit:
            for value in PYTHON:
                with pytest.raises(InvalidInput):
                    await kit.todos.create(TodoCreate(title="x", extra={"a": value}))
            plain = await kit.todos.create(TodoCreate(title="x", extra={"a": (1, 2)}))
        assert (await api.get(f"/todos/{plain['id']}"))["extra"] == plain["extra"] == {"a": [1, 2]}


@pytest.mark.parametrize("model", [None, Sheet])
async def test_objects_inside_one_another_are_bounded_whatever_a_mount_reads(
    settings: TodoKitSettings, model: type[BaseModel] | None
) -> None:
    def nested(levels: int) -> Any:
        return {"anything": nested(levels - 1)} if levels else {}

    settings = settings.model_copy(update={"limits": settings.limits.model_copy(update={"json_depth": 500})})
    async with running(make_app(settings, extra=Sheet if model else None)) as api:
        kept = await api.todo(extra=nested(200))
        assert (await api.post("/todos", {"title": "x", "extra": nested(201)}, 422))["code"] == "json_too_deep"
        await api.patch(f"/todos/{kept['id']}", {"extra": nested(450)}, 422)
        await assert_read(api)
        async with served(settings, api.user, model) as kit:
            with pytest.raises(NestedTooDeep):
                await kit.todos.create(TodoCreate(title="x", extra=nested(600)))


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)

    day: date | None = None
    count: int = 0


async def test_a_strict_model_takes_from_json_what_pydantic_takes(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, extra=Strict)) as api:
        todo = await api.todo(extra={"day": "2026-06-01"})

        changed = await api.patch(f"/todos/{todo['id']}", {"extra": {"count": 2}})

        assert changed["extra"] == {"day": "2026-06-01", "count": 2}
        await api.patch(f"/todos/{todo['id']}", {"extra": {"count": "2"}}, 422)


async def test_services_filter_by_extra_and_refuse_what_they_do_not_know(settings: TodoKitSettings) -> None:
    async with running(make_app(settings)) as api, served(settings, api.user, Sheet) as kit:
        one = await kit.todos.create(TodoCreate(title="one", extra={"price": "5.0", "day": "2026-03-28"}))
        home = await kit.lists.create(ListCreate(name="home", extra={"amount": 2}))
        wanted: list[dict[str, Any]] = [{"extra.price": 5}, {"extra.day.lt": date(2026, 3, 29)}, {"list_id": None}]

        for said in wanted:
            assert (await kit.todos.page(TodoQuery(**said)))["items"] == [one]
        assert (await kit.lists.page(ListQuery(**{"extra.amount.gte": 1})))["items"] == [home]

        with pytest.raises(InvalidInput, match="something that cannot be"):
            await kit.todos.page(TodoQuery(**{"extra.day": "tomorrow"}))
        with pytest.raises(UnknownParameter) as unknown:
            await kit.todos.page(TodoQuery(**{"extra.amout": 1}))
        assert "`extra.amount`" in unknown.value.members["errors"][0]["detail"]
        with pytest.raises(UnknownParameter):
            await kit.lists.page(ListQuery(**{"extra.nope": 1}))


@pytest.mark.parametrize("query", [TodoQuery, ListQuery, ReminderQuery])
def test_a_query_in_a_wrong_spelling_is_refused(query: type[BaseModel]) -> None:
    for name in ("overdu", "cout", "extra_amount", "extras"):
        with pytest.raises(ValidationError):
            query.model_validate({name: True})


class Inside(BaseModel):
    number: int = Field(1, validation_alias="nr")


class Unread(BaseModel):
    @computed_field
    def doubled(self) -> int:
        return 2


def model_of(kind: Any, declared: Any = ...) -> type[BaseModel]:
    return create_model("Invoice", number=(kind, declared))


CANNOT_BE: dict[str, tuple[type[BaseModel], str]] = {
    "validation alias": (model_of(int, Field(1, validation_alias="nr")), r"Field\(alias="),
    "serialization alias": (model_of(int, Field(1, serialization_alias="nr")), r"Field\(alias="),
    "choices": (model_of(int, Field(1, validation_alias=AliasChoices("nr", "number"))), "nr"),
    "path": (model_of(int, Field(1, validation_alias=AliasPath("nr", 0))), "number"),
    "excluded": (model_of(int, Field(1, exclude=True)), "exclude=True"),
    "computed": (Unread, "computed_field"),
    "secret": (model_of(SecretStr), "asterisks"),
    "inside": (model_of(list[Inside]), "Inside"),
}


@pytest.mark.parametrize(("model", "said"), CANNOT_BE.values(), ids=CANNOT_BE)
def test_a_model_that_cannot_read_what_it_writes_is_refused(model: type[BaseModel], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        make_app(TodoKitSettings(), extra=model)


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    due_amount: int = 0
    unit_price: int = 0


class Camels(Camel):
    first_one: Camel = Camel()


async def test_a_model_with_aliases_is_patched_by_them_and_by_no_other_name(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, extra=Camels)) as api:
        todo = await api.todo(extra={"dueAmount": 1, "firstOne": {"unitPrice": 2}})

        changed = await api.patch(f"/todos/{todo['id']}", {"extra": {"unitPrice": 3, "firstOne": {"dueAmount": 4}}})

        inside = {"dueAmount": 4, "unitPrice": 2}
        assert changed["extra"] == {"dueAmount": 1, "unitPrice": 3, "firstOne": inside}
        await api.post("/todos", {"title": "x", "extra": {"unit_price": 1}}, 422)
        await api.patch(f"/todos/{todo['id']}", {"extra": {"unit_price": 1}}, 422)


@dataclass
class Plain:
    count: int = 0


class Known(BaseModel):
    count: int = Field(0, alias="nr")
    plain: Plain | None = None


class Tolerant(Known):
    model_config = ConfigDict(extra="ignore")


class Renaming(Known):
    @model_validator(mode="before")
    @classmethod
    def _from_the_old_name(cls, said: Any) -> Any:
        return {"nr": said.pop("old")} if isinstance(said, dict) and "old" in said else said


class Holder(BaseModel):
    one: Known | None = None
    many: list[Known] = []
    named: dict[str, Known] = {}
    pair: tuple[int, Known] | None = None
    rooted: RootModel[list[Known]] | None = None
    tolerant: Tolerant | None = None
    renaming: Renaming | None = None
    anything: Any = None


NOT_UNDERSTOOD: list[tuple[str, dict[str, Any]]] = [
    ("/one/cuont", {"one": {"nr": 1, "cuont": 2}}),
    ("/one/count", {"one": {"count": 2}}),
    ("/many/1/x", {"many": [{}, {"x": 1}]}),
    ("/named/a~1b/x", {"named": {"a/b": {"x": 1}}}),
    ("/pair/1/x", {"pair": [1, {"x": 1}]}),
    ("/rooted/0/x", {"rooted": [{"x": 1}]}),
    ("/one/plain/x", {"one": {"plain": {"x": 1}}}),
]


@DOORS
async def test_what_a_model_inside_does_not_know_is_refused(settings: TodoKitSettings, path: str) -> None:
    async with running(make_app(settings, extra=Holder)) as api:
        there = await (api.todo() if path == "/todos" else api.list())
        name = {"title" if path == "/todos" else "name": "x"}
        for pointer, extra in NOT_UNDERSTOOD:
            for refused in (
                await api.post(path, {**name, "extra": extra}, 422),
                await api.patch(f"{path}/{there['id']}", {"extra": extra}, 422),
            ):
                said = [(one["pointer"], one["code"]) for one in refused["errors"]]
                assert said == [(f"#/extra{pointer}", "extra_forbidden")], extra

        taken = {"tolerant": {"x": 1}, "renaming": {"old": 3}, "anything": {"x": {"y": 1}}, "named": {"any": {"nr": 1}}}
        kept = (await api.patch(f"{path}/{there['id']}", {"extra": taken}))["extra"]
        assert (kept["tolerant"], kept["renaming"], kept["anything"]) == (
            {"nr": 0, "plain": None},
            {"nr": 3, "plain": None},
            {"x": {"y": 1}},
        )
