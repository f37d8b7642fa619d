"""The `extra` field under a model of the host: checked, described, filtered, and forgiving of what is stored."""

import enum
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, RootModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import ExtraModels, Host, TodoKitSettings, todo_router
from tests.support import Api, header_user, make_app, running


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


class Address(BaseModel):
    city: str


class Invoice(BaseModel):
    """What the host keeps with a todo."""

    number: str
    amount: float = 0
    copies: int | None = None
    is_paid: bool = False
    issued: date | None = None
    size: Size = Size.SMALL
    kind: Literal["a", "b"] = "a"
    reference: str | None = Field(default=None, alias="ref")
    address: Address | None = None
    tags: list[str] = []
    price: Decimal | None = None
    key: uuid.UUID | None = None
    at: datetime | None = None


class Folder(BaseModel):
    model_config = ConfigDict(extra="allow")

    shelf: int = 1


@pytest.fixture
def typed(settings: TodoKitSettings) -> FastAPI:
    return make_app(settings, extra=ExtraModels(todo=Invoice, list=Folder))


async def test_extra_is_checked_and_completed_by_the_model(typed: FastAPI) -> None:
    async with running(typed) as api:
        todo = await api.todo(extra={"number": "42", "issued": "2026-01-02", "size": "l", "ref": "r"})

        assert todo["extra"] == {
            "number": "42",
            "amount": 0.0,
            "copies": None,
            "is_paid": False,
            "issued": "2026-01-02",
            "size": "l",
            "kind": "a",
            "ref": "r",
            "address": None,
            "tags": [],
            "price": None,
            "key": None,
            "at": None,
        }
        assert (await api.get(f"/todos/{todo['id']}"))["extra"] == todo["extra"]


@pytest.mark.parametrize(
    ("extra", "pointer", "code"),
    [
        ({}, "#/extra/number", "missing"),
        ({"number": 42}, "#/extra/number", "string_type"),
        ({"number": "1", "amount": "x"}, "#/extra/amount", "float_parsing"),
        ({"number": "1", "unknown": 1}, "#/extra/unknown", "extra_forbidden"),
        ({"number": "1", "address": {"city": 1}}, "#/extra/address/city", "string_type"),
        ({"number": "1", "a/b~c": 1}, "#/extra/a~1b~0c", "extra_forbidden"),
    ],
)
async def test_what_the_model_refuses_is_pointed_at(typed: FastAPI, extra: Any, pointer: str, code: str) -> None:
    async with running(typed) as api:
        answer = await api.post("/todos", {"title": "x", "extra": extra}, 422)

        assert (pointer, code) in {(one["pointer"], one["code"]) for one in answer["errors"]}
        assert await api.titles() == []


async def test_a_change_is_merged_before_it_is_checked(typed: FastAPI) -> None:
    async with running(typed) as api:
        todo = await api.todo(extra={"number": "42", "copies": 3})

        changed = await api.patch(f"/todos/{todo['id']}", {"extra": {"amount": 5, "copies": None}})
        refused = await api.patch(f"/todos/{todo['id']}", {"extra": {"number": None}}, 422)
        same = await api.patch(f"/todos/{todo['id']}", {"extra": {"amount": 5}})

        assert (changed["extra"]["amount"], changed["extra"]["copies"], changed["extra"]["number"]) == (5.0, None, "42")
        assert refused["errors"][0]["pointer"] == "#/extra/number"
        assert same["version"] == changed["version"]


async def test_lists_have_an_extra_of_their_own(typed: FastAPI) -> None:
    async with running(typed) as api:
        home = await api.list(extra={"shelf": 7, "more": "allowed"})
        other = await api.list()

        await api.patch(f"/lists/{other['id']}", {"extra": {"shelf": "x"}}, 422)
        await api.patch(f"/lists/{other['id']}", {"extra": {"shelf": 9}})
        copy = await api.post(f"/lists/{home['id']}/duplicate")

        assert home["extra"] == copy["extra"] == {"shelf": 7, "more": "allowed"}
        assert other["extra"] == {"shelf": 1}
        found = await api.get("/lists", extra__shelf__gte=8)
        assert [one["id"] for one in found["items"]] == [other["id"]]


async def test_without_a_model_lists_and_todos_take_any_object(api: Api) -> None:
    home = await api.list(extra={"a": [1, {"b": None}]})

    changed = await api.patch(f"/lists/{home['id']}", {"extra": {"c": 1}})

    assert home["extra"] == {"a": [1, {"b": None}]}
    assert changed["extra"] == {"a": [1, {"b": None}], "c": 1}
    await api.post("/lists", {"name": "x", "extra": {"x": "y" * 20_000}}, 422)


KEY = "0198b5a0-0000-7000-8000-00000000abcd"
FILTERS = [
    ("extra.number=42", {"one", "two"}),
    ("extra.number=4", set()),
    ("extra.amount=12.5", {"one"}),
    ("extra.amount.gte=12.5", {"one", "three"}),
    ("extra.amount.lt=12.5", {"two"}),
    ("extra.amount.gte=0&extra.amount.lt=13", {"one", "two"}),
    ("extra.copies=9007199254740993", {"three"}),
    ("extra.copies=9007199254740992", set()),
    ("extra.copies=1e30", set()),
    ("extra.is_paid=true", {"two"}),
    ("extra.is_paid=false", {"one", "three"}),
    ("extra.issued.lt=2026-02-01", {"one"}),
    ("extra.issued.gte=2026-02-01", {"two"}),
    ("extra.size=l", {"three"}),
    ("extra.kind=b", {"two"}),
    ("extra.ref=r%27%22%25", {"one"}),
    ("extra.price=5", {"one"}),
    ("extra.price.gte=5.00", {"one", "two"}),
    ("extra.price.lt=10", {"one"}),
    (f"extra.key={KEY.upper()}", {"two"}),
    ("extra.at=2026-01-01T00:00:00.000Z", {"two"}),
    ("extra.number=42&extra.kind=b&count=exact&sort=-title", {"two"}),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS, ids=[query for query, _ in FILTERS])
async def test_declared_fields_can_be_filtered(typed: FastAPI, query: str, expected: set[str]) -> None:
    async with running(typed) as api:
        await api.todo(
            "one", extra={"number": "42", "amount": 12.5, "issued": "2026-01-31", "ref": "r'\"%", "price": "5.0"}
        )
        two = {"number": "42", "is_paid": True, "issued": "2026-02-01", "kind": "b"}
        await api.todo("two", extra={**two, "price": "10", "key": KEY, "at": "2026-01-01T00:00:00Z"})
        await api.todo("three", extra={"number": "é", "amount": 13, "copies": 9007199254740993, "size": "l"})

        page = (await api.send("GET", f"/todos?{query}")).json()

        assert {todo["title"] for todo in page["items"]} == expected
        assert page.get("count", len(expected)) == len(expected)


async def test_integers_of_64_bits_are_compared_exactly(typed: FastAPI) -> None:
    numbers = [-(2**63), -(2**62), 10**18, 1234567890123456788, 1234567890123456789, 2**63 - 1]
    async with running(typed) as api:
        for number in numbers:
            await api.todo(str(number), extra={"number": "42", "copies": number, "amount": 1e100})

        async def found(query: str) -> list[int]:
            items = (await api.send("GET", f"/todos?{query}")).json()["items"]
            return sorted(int(one["title"]) for one in items)

        for place, number in enumerate(numbers):
            assert await found(f"extra.copies={number}") == [number]
            assert await found(f"extra.copies.lt={number}") == numbers[:place]
            assert await found(f"extra.copies.gte={number}") == numbers[place:]
        assert await found(f"extra.copies={2**63}") == await found(f"extra.copies.gte={2**63}") == []
        assert await found("extra.amount=1e100") == await found(f"extra.copies.lt={2**63}") == numbers


WRONG = ["extra.amount=x", "extra.is_paid=7", "extra.amount=NaN", "extra.copies=1e999", f"extra.number={'x' * 501}"]
WRONG += ["extra.issued.lt=tomorrow", "extra.issued.gte=20260101", "extra.issued=2026-02-31", "extra.issued=2026-6-1"]
WRONG += ["extra.key=x", "extra.price=1e400", "extra.price.lt=NaN", "extra.at=soon", "extra.size=x", "extra.kind=c"]
WRONG += [f"extra.amount={'1' * 300}e99"]


@pytest.mark.parametrize("query", WRONG)
async def test_a_filter_of_the_wrong_type_is_pointed_at(typed: FastAPI, query: str) -> None:
    async with running(typed) as api:
        response = await api.send("GET", f"/todos?{query}")

        assert response.status_code == 422
        assert response.json()["errors"][0]["parameter"] == query.partition("=")[0]


async def test_a_cursor_is_bound_to_the_filters_of_extra(typed: FastAPI) -> None:
    async with running(typed) as api:
        for n in range(3):
            await api.todo(f"{n}", extra={"number": "1", "amount": n})

        page = await api.get("/todos", limit=1, extra__number="1")
        following = await api.get("/todos", limit=1, cursor=page["next_cursor"], extra__number="1")
        other = await api.get("/todos", 400, limit=1, cursor=page["next_cursor"], extra__number="2")

        assert following["items"][0]["title"] == "1"
        assert other["code"] == "invalid_cursor"


STORED = ["[]", '"text"', '{"number": 1, "amount": "12", "is_paid": "true"}', '{"amount": null, "copies": [1]}', "null"]


@pytest.mark.parametrize("stored", STORED)
async def test_what_was_stored_before_the_model_is_read_and_never_an_error(
    settings: TodoKitSettings, typed: FastAPI, stored: str
) -> None:
    async with running(typed) as api:
        todo = await api.todo("old", extra={"number": "1"})
        engine = create_async_engine(settings.url)
        async with engine.begin() as connection:
            statement = text("UPDATE todokit_todo SET extra = CAST(:extra AS JSON) WHERE title = 'old' AND id = :id")
            if settings.is_sqlite:
                statement = text("UPDATE todokit_todo SET extra = :extra WHERE title = 'old' AND id = :id")
            todo_id = uuid.UUID(todo["id"])
            value = {"extra": stored, "id": todo_id.hex if settings.is_sqlite else todo_id}
            await connection.execute(statement, value)
        await engine.dispose()

        assert (await api.get(f"/todos/{todo['id']}"))["title"] == "old"
        for query, _ in FILTERS:
            assert (await api.send("GET", f"/todos?{query}")).status_code == 200
        assert (await api.patch(f"/todos/{todo['id']}", {"title": "new"}))["title"] == "new"


def components(app: FastAPI) -> dict[str, Any]:
    schemas: dict[str, Any] = app.openapi()["components"]["schemas"]
    return schemas


def test_the_model_is_in_the_document() -> None:
    app = make_app(TodoKitSettings(), extra=Invoice)

    schemas = components(app)
    parameters = {one["name"]: one for one in app.openapi()["paths"]["/api/todos"]["get"]["parameters"]}

    assert schemas["TodoCreate_Invoice"]["properties"]["extra"]["required"] == ["number"]
    assert "extra" in schemas["TodoCreate_Invoice"]["required"]
    assert "required" not in schemas["TodoUpdate_Invoice"]["properties"]["extra"]
    assert schemas["TodoCreate_Invoice"]["properties"]["extra"]["additionalProperties"] is False
    assert "Invoice" in str(schemas["TodoRead_Invoice"]["properties"]["extra"])
    assert {"TodoCreate", "TodoRead", "ListCreate", "ListRead"}.isdisjoint(schemas)
    assert parameters["extra.issued.lt"]["schema"]["format"] == "date"
    assert parameters["extra.key"]["schema"]["format"] == "uuid"
    assert parameters["extra.size"]["schema"]["enum"] == ["s", "l"]
    assert parameters["extra.amount.gte"]["schema"] == {"type": "number", "title": "Extra.Amount.Gte"}
    assert not {"extra.tags", "extra.address", "extra.number.lt", "extra.size.lt"} & set(parameters)
    assert all("__" not in name for name in schemas)


def test_two_mounts_may_type_extra_differently() -> None:
    app = FastAPI()
    for name, extra in (("a", Invoice), ("b", Folder), ("c", None)):
        host = Host(current_user=header_user, extra=extra)
        app.include_router(todo_router(TodoKitSettings(name=name), host), prefix=f"/{name}")

    schemas = components(app)

    assert {"TodoCreate", "TodoCreate_Invoice", "TodoCreate_Folder"} <= set(schemas)
    assert all("__" not in name for name in schemas)
    assert app.openapi()["paths"]["/c/todos"]["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/TodoCreate"
    }


def now() -> datetime:
    return datetime.now(UTC)


class Line(BaseModel):
    id: uuid.UUID = Field(default_factory=uuid.uuid4)
    text: str = "nothing"


class Lines(RootModel[list[Line]]):
    pass


class Order(BaseModel):
    """What is made anew at each attempt, wherever it stands, and sets, which have no order."""

    at: datetime = Field(default_factory=now, alias="orderedAt")
    first: Line = Field(default_factory=Line)
    lines: list[Line] = Field(default_factory=list)
    more: Lines = Lines([])
    by_name: dict[str, Line | int] = {}
    numbers: set[int] = set()
    pairs: frozenset[tuple[int, ...]] = frozenset()
    downwards: Annotated[set[int], PlainSerializer(lambda numbers: sorted(numbers, reverse=True))] = set()
    amount: int = 1


# Python keeps 0 and 8 in another order in a small set, by which of them came first.
NUMBERS = {"numbers": [0, 8, 16], "pairs": [[0], [8]], "downwards": [1, 2]}
ORDERS: list[dict[str, Any]] = [
    {},
    {"orderedAt": "2026-03-28T12:00:00Z"},
    {"first": {"text": "x"}, "lines": [{"text": "a"}, {}], "more": [{"text": "b"}], "by_name": {"a": {}, "b": 1}},
    NUMBERS,
]
OTHERS: list[dict[str, Any]] = [
    {"amount": 2},
    {"orderedAt": "2026-03-28T12:00:01Z"},
    {"first": {"text": "y"}, "lines": [{"text": "a"}, {}], "more": [{"text": "b"}], "by_name": {"a": {}, "b": 1}},
    {**NUMBERS, "numbers": [0, 8]},
]


def backwards(value: Any) -> Any:
    return {name: one[::-1] if name in NUMBERS else one for name, one in value.items()}


@pytest.mark.parametrize("path", ["/todos", "/lists"])
async def test_a_create_is_found_again_whatever_the_model_makes_anew(settings: TodoKitSettings, path: str) -> None:
    async with running(make_app(settings, extra=Order)) as api:
        for order, other in zip(ORDERS, OTHERS, strict=True):
            body = {"id": str(uuid.uuid4()), "title" if path == "/todos" else "name": "x"}
            created = await api.post(path, {**body, "extra": order}, 201)
            for same in (order, backwards(order), created["extra"]):
                assert await api.post(path, {**body, "extra": same}, 200) == created

            for wrong in (other, {**order, "lines": [{"text": "c"}]}):
                await api.post(path, {**body, "extra": wrong}, 409)


async def test_a_set_in_another_order_is_no_change(settings: TodoKitSettings) -> None:
    async with running(make_app(settings, extra=Order)) as api:
        todo = await api.todo(extra=NUMBERS)

        again = await api.patch(f"/todos/{todo['id']}", {"extra": backwards(NUMBERS)})

        assert again == todo
        assert (todo["extra"]["numbers"], todo["extra"]["downwards"]) == ([0, 8, 16], [2, 1])
