"""What a page has at most: not only items but bytes. It ends early, and its cursor leads on."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.settings import Limits
from tests.stalls import call, no_stall
from tests.support import Api, make_app, running

Body = dict[str, Any]
MOST: Final = 100_000
OF_ITEM: Final = 4_000
"""Bytes of an item at most beside its long texts."""
WEIGHED: Final = {"list_todos", "list_subtasks", "list_lists"}
HEAVY: Final[dict[str, Body]] = {
    "letters": {"description": "a" * 16_384},
    "what four bytes stand for": {"description": "\N{GRINNING FACE}" * 16_384},
    "what is escaped": {"description": "\x01" * 16_384},
    "extra": {"extra": {"é": "\N{GRINNING FACE}" * 4_000}},
}
LINKS: Final = [
    {
        "source": "s" * 120,
        "type": "t" * 120,
        "id": f"{n}".zfill(120),
        "url": f"https://{'a' * 1_900}",
        "title": "é" * 500,
    }
    for n in range(50)
]
LARGEST: Final = {"title": "é" * 500, "links": LINKS, **HEAVY["what is escaped"], **HEAVY["extra"]}


@pytest.fixture
async def small(database_url: str) -> AsyncIterator[Api]:
    """An application whose pages are small."""
    settings = TodoKitSettings(database_url=database_url, limits=Limits(page_bytes=MOST))
    async with running(make_app(settings)) as one:
        yield one


async def pages_of(api: Api, path: str) -> list[list[Body]]:
    """Return the items of each page, of which none has too many bytes."""
    pages: list[list[Body]] = []
    cursor: str | None = ""
    while cursor is not None:
        response = await api.send("GET", path, params={"limit": 200, **({"cursor": cursor} if cursor else {})})
        page = response.json()
        assert len(response.content) <= MOST + OF_ITEM * len(page["items"]) or len(page["items"]) == 1
        pages.append(page["items"])
        cursor = page["next_cursor"]
    return pages


async def check_split(api: Api, path: str, made: list[Body]) -> None:
    pages = await pages_of(api, path)

    shown = [item["id"] for page in pages for item in page]
    assert [one for one in shown if one in {item["id"] for item in made}] == [item["id"] for item in made]
    assert 1 < len(pages) <= len(made)
    assert all(pages)


@pytest.mark.parametrize("kind", [*HEAVY, "links"])
async def test_a_page_of_todos_ends_at_its_bytes(small: Api, kind: str) -> None:
    fields = HEAVY.get(kind, {"links": LINKS})

    made = [await small.todo(f"{n}", **fields) for n in range(9)]

    await check_split(small, "/todos", made)


@pytest.mark.parametrize("kind", HEAVY)
async def test_a_page_of_lists_ends_at_its_bytes(small: Api, kind: str) -> None:
    made = [await small.list(f"{n}", **HEAVY[kind]) for n in range(9)]

    await check_split(small, "/lists", made)


async def test_a_page_of_subtasks_ends_at_its_bytes(small: Api) -> None:
    parent = await small.todo("parent")

    made = [await small.todo(f"{n}", parent_id=parent["id"], **HEAVY["letters"]) for n in range(9)]

    await check_split(small, f"/todos/{parent['id']}/subtasks", made)


async def test_an_item_that_is_larger_than_a_page_is_a_page(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, limits=Limits(page_bytes=1_024))
    async with running(make_app(settings)) as api:
        made = [await api.todo(f"{n}", **HEAVY["letters"]) for n in range(3)]

        assert [page[0]["id"] for page in await pages_of(api, "/todos")] == [one["id"] for one in made]


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/todos", "/lists"])
async def test_a_page_of_the_largest_stalls_nobody(settings: TodoKitSettings, path: str) -> None:
    app = make_app(settings)
    async with running(app) as api:
        labels = [(await api.label(f"{n}"))["id"] for n in range(100)]
        first = await api.list("full", **HEAVY["what is escaped"], **HEAVY["extra"])
        for n in range(5):
            await api.todo(list_id=first["id"], label_ids=labels, **LARGEST | {"title": f"{n}"})
        for _ in range(39):
            await api.post(f"/lists/{first['id']}/duplicate")

        with no_stall(f"a page of {path}"):
            answer = await call(app, "GET", f"/api{path}?limit=200", headers={"x-user": api.user})

        assert answer.status == 200
        assert answer.json()["next_cursor"]
        assert 1_000_000 < len(answer.body) < settings.limits.page_bytes + 200 * OF_ITEM


async def test_every_other_page_is_bounded_by_its_items(small: Api, settings: TodoKitSettings) -> None:
    todo = await small.todo(**LARGEST, due={"datetime": "2026-03-28T00:00:00", "timezone": "America/New_York"})
    reminder = await small.post(f"/todos/{todo['id']}/reminders", {"minutes_before": 5})
    label = await small.label("é" * 60, color="#d97706")
    await small.delete(f"/todos/{(await small.todo(**LARGEST))['id']}")
    series = await small.todo(due={"date": "2026-03-28"}, recurrence={"rrule": "FREQ=DAILY"}, **LARGEST)
    await small.post(f"/todos/{series['id']}/complete")
    team = await small.post("/spaces", {"name": "é" * 120, "color": "#d97706"}, 201)
    path, message = f"/spaces/{team['id']}/invitations", "é" * 500
    await small.post(path, {"role": "viewer", "message": message}, 201)
    email = f"{small.user}@example.com"
    await small.post(path, {"role": "viewer", "message": message, "email": email}, 201)
    item = {"is_favorite": True, "is_hidden": True, "color": "#d97706"}
    await small.patch(f"/me/items/{team['id']}/space/{team['id']}", item)
    items = {
        "list_items": (await small.get("/me/items"))["items"],
        "list_labels": [label],
        "list_trash": (await small.get("/trash"))["items"],
        "list_my_reminders": [reminder],
        "list_reminders": [reminder],
        "list_occurrences": (await small.get(f"/todos/{series['id']}/occurrences"))["items"],
        "list_spaces": [team],
        "list_members": (await small.get(f"/spaces/{team['id']}/members"))["items"],
        "list_invitations": (await small.get(path))["items"],
        "list_my_invitations": (await small.get("/invitations"))["items"],
        "list_upcoming": (await small.get(f"/todos/{series['id']}/upcoming"))["items"],
    }

    pages = {
        one["operationId"].removeprefix("todo_kit_")
        for path in make_app(settings).openapi()["paths"].values()
        for one in path.values()
        if "limit" in {parameter["name"] for parameter in one.get("parameters", ())}
    }
    assert pages == WEIGHED | set(items)
    for name, of_page in items.items():
        assert of_page, name
        assert len(str(of_page[0]).encode()) < OF_ITEM, name
