"""Which of a user's reminders are still to come, in order and page by page."""

from typing import Any

import pytest
from sqlalchemy import ColumnElement, FromClause

from fastapi_todo_kit import Access, RolePolicy, TodoKitSettings
from fastapi_todo_kit.policy import Entity
from tests.features.reminders.support import LATER, path, remind
from tests.support import Api, TestClock, make_app, running


async def of_days(api: Api, *days: int) -> list[dict[str, Any]]:
    """Set reminders at noon of days of April, each of a todo of its own."""
    return [await remind(api, await api.todo(due={"datetime": f"2026-04-{day:02}T12:00:00"})) for day in days]


async def test_what_comes_first_is_first_whenever_it_was_set(api: Api) -> None:
    late, early, middle = await of_days(api, 20, 5, 12)

    assert (await api.get("/reminders"))["items"] == [early, middle, late]


async def test_the_bounds_include_their_beginning_and_not_their_end(api: Api) -> None:
    first, second, third = await of_days(api, 5, 12, 20)

    before = await api.get("/reminders", due__lt="2026-04-12T12:00:00Z")
    after = await api.get("/reminders", due__gte="2026-04-12T12:00:00Z")
    between = await api.get("/reminders", due__gte="2026-04-12T12:00:00Z", due__lt="2026-04-20T12:00:00Z")
    of_a_week = await api.get("/reminders", due__gte="2026-04-12", due__lt="2026-04-20")

    assert [page["items"] for page in (before, after, between)] == [[first], [second, third], [second]]
    assert of_a_week == between


async def test_pages_show_each_once_also_where_moments_are_the_same(api: Api) -> None:
    reminders = await of_days(api, 5, 5, 5, 12, 12, 20)

    found = await api.all_pages("/reminders", limit=2)

    assert found == sorted(reminders, key=lambda one: (one["next_at"], one["id"]))


async def test_the_reminders_of_a_todo_are_paged_too(api: Api) -> None:
    todo = await api.todo(due=LATER)
    reminders = [await remind(api, todo, minutes_before=n) for n in range(5)]

    assert await api.all_pages(path(todo), limit=2) == reminders


async def test_a_cursor_belongs_to_its_query_and_its_user(api: Api) -> None:
    await of_days(api, 5, 12)
    cursor = (await api.get("/reminders", limit=1))["next_cursor"]

    assert (await api.get("/reminders", 400, cursor=cursor, due__lt="2026-05-01T00:00:00Z"))["code"] == "invalid_cursor"
    assert (await api.as_user().get("/reminders", 400, cursor=cursor))["code"] == "invalid_cursor"
    assert (await api.get("/reminders", 400, cursor="nonsense"))["code"] == "invalid_cursor"


@pytest.mark.parametrize("wrong", [{"due__lt": "tomorrow"}, {"limit": 0}, {"limit": 201}])
async def test_a_wrong_query_is_refused(api: Api, wrong: Any) -> None:
    await api.get("/reminders", 422, **wrong)


@pytest.mark.parametrize("end", ["complete", "cancel", "delete"])
async def test_of_closed_and_deleted_todos_none_comes(api: Api, end: str) -> None:
    ended, other = await of_days(api, 5, 12)
    todo = f"/todos/{ended['todo_id']}"

    await (api.delete(todo) if end == "delete" else api.post(f"{todo}/{end}"))
    assert (await api.get("/reminders"))["items"] == [other]
    await api.post(f"{todo}/restore" if end == "delete" else f"{todo}/reopen")

    assert [one["id"] for one in (await api.get("/reminders"))["items"]] == [ended["id"], other["id"]]


async def test_of_a_list_that_is_in_the_trash_none_comes(api: Api) -> None:
    home = await api.list()
    await remind(api, await api.todo(list_id=home["id"], due=LATER))

    await api.delete(f"/lists/{home['id']}")

    assert (await api.get("/reminders"))["items"] == []


class Secrets(RolePolicy):
    """Todos that are called a secret are not for anybody to see."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG002  (the protocol's)
        return rows.c.title != "secret" if entity == "todo" else None


async def test_of_todos_that_the_policy_hides_none_comes(settings: TodoKitSettings, clock: TestClock) -> None:
    async with running(make_app(settings, clock=clock, policy=Secrets())) as api:
        hidden, seen = await of_days(api, 5, 12)
        await api.patch(f"/todos/{hidden['todo_id']}", {"title": "secret"})

        assert (await api.get("/reminders"))["items"] == [seen]
        await api.get(path(hidden), 404)
        await api.post(f"/todos/{hidden['todo_id']}/reminders", {}, 404)
