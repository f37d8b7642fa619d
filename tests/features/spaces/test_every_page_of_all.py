"""Every filter in every order over several spaces: what is listed in all of them is what is listed in each."""

import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.todos.test_every_page import CASES, SORTS, Params, each_filter, populated, query_of
from tests.support import Api, TestClock, make_app, running
from tests.teams import Teammate, team

pytestmark = pytest.mark.thorough

OF_SEVERAL = [sort for sort in SORTS if "position" not in sort]
PLAIN = {"created_at", "updated_at", "priority", "deadline"}
"""What is sorted as it is shown; no value, which a priority of 0 is, counts as the largest."""


class Served:
    """A user with a space of its own and two teams, all filled alike."""

    def __init__(self, api: Api, spaces: dict[str, Api], ids: dict[str, str]) -> None:
        self.api = api
        self.spaces = spaces
        self.ids = ids


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Served]:
    clock = TestClock()
    async with running(make_app(TodoKitSettings(database_url=module_url), clock=clock)) as api:
        own = Teammate.of(api, (await api.get("/spaces/current"))["id"])
        teams = [own, await team(api), await team(api)]
        ids = [await populated(one, clock) for one in teams]
        await (await team(api.as_user())).todo("of others")
        yield Served(api, {one.space: one for one in teams}, ids[1])


def key_of(todo: Params, name: str) -> tuple[bool, Any]:
    value = todo[name] or None
    return (value is None, value)


@each_filter
async def test_all_spaces_show_what_each_shows(served: Served, name: str, value: Any) -> None:
    for n, sort in list(enumerate(OF_SEVERAL))[CASES.index((name, value)) % 3 :: 3]:
        query = {**query_of(name, value, served.ids), "sort": sort}
        each = {
            space: await api.get("/todos", limit=200, count="exact", **query) for space, api in served.spaces.items()
        }
        whole = await served.api.get("/todos", limit=200, count="exact", space="all", **query)
        pages = await served.api.all_pages("/todos", limit=3 + n, space="all", **query)

        assert pages == whole["items"], query
        assert whole["count"] == len(pages) == sum(page["count"] for page in each.values()), query
        for space, page in each.items():
            assert [todo for todo in pages if todo["space_id"] == space] == page["items"], (query, space)
        key = sort.removeprefix("-")
        for before, after in itertools.pairwise(pages) if key in PLAIN else ():
            ordered = sorted([before, after], key=lambda todo: key_of(todo, key), reverse=sort.startswith("-"))
            assert key_of(ordered[0], key) == key_of(before, key), (query, before, after)
