"""A space that has just been filled is read, and emptied, at the cost of what is in it: PostgreSQL knows nothing of it.

How many rows each statement looks at is told by EXPLAIN, or by the counters of the tables, and not by a clock.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.features.reminders.support import remind
from tests.storage.replication import until, value
from tests.storage.test_done_pages import nodes_of, rows_read
from tests.storage.test_statements import USUAL_PAGES, explained, multiply, recorded
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

OTHERS, OF_EACH, HERE = 40, 100, 1_500
OF_ALL = [f"{page}{'&' if '?' in page else '?'}space=all" for page in USUAL_PAGES if "sort=" in page]
PAGES = [
    *USUAL_PAGES,
    *OF_ALL,
    "/todos?label={label}&count=exact",
    "/todos?label.name=urgent&space=all&count=exact",
    "/todos?label.all={label}&count=exact",
    "/todos?label.not={label}&count=exact",
    "/todos?label.not={label}&count=exact&space=all",
    "/todos?no_label=true&count=exact",
    "/todos?no_label=false&count=exact",
    "/todos?q=seed&status=needs_action",
    "/todos?assignee=me&count=exact",
    "/todos?assignee=me&count=exact&space=all",
    "/todos?assignee=none&count=exact",
    "/todos?link.source=billing&count=exact",
    "/todos?status=completed&sort=-completed_at&count=exact",
    "/todos?status=completed&sort=-completed_at&count=exact&space=all",
    "/todos?status=completed&label.not={label}&sort=-completed_at&count=exact",
    "/todos?status=completed&assignee=me&no_label=false&sort=-completed_at&count=exact",
    "/todos/{todo}/occurrences",
    "/todos?link.source=billing&link.id=42&count=exact&space=all",
    "/todos?label={label}&assignee=me&link.source=billing&status=completed&sort=-completed_at&count=exact",
    "/todos/{todo}",
    "/todos/{todo}/subtasks",
    "/lists?counts=true",
    "/lists?counts=true&space=all",
    "/labels",
    "/reminders",
    "/reminders?space=all",
    "/trash",
]
HANGING: dict[str, list[str]] = {
    "todokit_todo_label": [],
    "todokit_todo_link": [],
    "todokit_assignee": [],
    "todokit_reminder": ["id"],
    "todokit_occurrence": ["id"],
}
"""What hangs from each todo: the table, and what is new in each row besides the todo."""
COLUMNS_OF = "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = '{table}'"
WITHOUT_AUTOVACUUM = """
    DO $$ DECLARE one text; BEGIN
        FOR one IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', one);
        END LOOP;
    END $$
"""
ALL_HAVE_LEFT = (
    "SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
ROWS_READ = """
    SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables) + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)
"""
MOST_READ = 20 * HERE
"""How many rows a statement may look at. Each for each of the others are a million."""


@dataclass
class Fresh:
    """A list of 1,500 todos that recur, with what hangs from todos, which has just come to a team."""

    url: str
    user: str
    space: str
    names: dict[str, str]

    def member(self, api: Api) -> Teammate:
        return Teammate.of(api.as_user(self.user), self.space)


async def make_fresh(url: str) -> Fresh:
    async with running(make_app(TodoKitSettings(database_url=url))) as api:
        others = [await seeded(api.as_user()) for _ in range(OTHERS)]
        await multiplied(url, others, OF_EACH)
        owner = api.as_user()
        todo = await seeded(owner)
        await value(url, WITHOUT_AUTOVACUUM)
        await value(url, "VACUUM ANALYZE")
        await multiplied(url, [todo], HERE)
        there = await team(owner)
        await owner.post(f"/lists/{todo['list_id']}/move", {"space_id": there.space})
        (label,) = (await there.get("/labels"))["items"]
        names = {"list": todo["list_id"], "todo": todo["id"], "label": label["id"]}
        return Fresh(url, owner.user, there.space, names)


@pytest.fixture(scope="module")
async def fresh(new_postgres: Callable[[], str]) -> Fresh:
    return await make_fresh(await asyncio.to_thread(new_postgres))


@pytest.fixture(scope="module")
async def served(fresh: Fresh) -> AsyncIterator[Teammate]:
    async with running(make_app(TodoKitSettings(database_url=fresh.url))) as api:
        yield fresh.member(api)


async def seeded(owner: Api) -> dict[str, Any]:
    """Return a todo that recurs, with an occurrence, a label, a link, an assignee and a reminder."""
    label, given = (await owner.label("urgent"))["id"], await owner.list("Kitchen")
    due = {"datetime": "2026-02-01T09:00:00", "timezone": "Europe/Berlin"}
    link = {"source": "billing", "type": "invoice", "id": "42"}
    hanging = {"label_ids": [label], "assignees": [owner.user], "links": [link]}
    todo = await owner.todo("seed", list_id=given["id"], due=due, start=due, recurrence={"unit": "day"}, **hanging)
    await remind(owner, todo)
    await owner.post(f"/todos/{todo['id']}/complete")
    return todo


async def multiplied(url: str, todos: list[dict[str, Any]], times: int) -> None:
    """Copy todos with what hangs from them."""
    ids = [todo["id"] for todo in todos]
    await multiply(url, ids, times)
    wanted = ", ".join(f"'{one}'" for one in ids)
    for table, made in HANGING.items():
        columns = (await value(url, COLUMNS_OF.format(table=table))).split(",")
        values = {"todo_id": "copy.id", **dict.fromkeys(made, "gen_random_uuid()")}
        await value(
            url,
            f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608  (names from the catalogue)
            f"SELECT {', '.join(values.get(name, f'one.{name}') for name in columns)} FROM {table} one "
            "JOIN todokit_todo seed ON seed.id = one.todo_id JOIN todokit_todo copy ON copy.list_id = seed.list_id "
            f"AND copy.id <> seed.id WHERE seed.id IN ({wanted})",
        )


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_looks_at_no_more_than_what_is_there(fresh: Fresh, served: Teammate, path: str) -> None:
    with recorded() as statements:
        await served.get(path.format(**fresh.names))

    for statement, parameters in statements:
        plan = await explained(fresh.url, statement, parameters, is_run=True)
        looked_at = sum(rows_read(node) for node in nodes_of(plan) if {"Relation Name", "Index Name"} & node.keys())
        assert looked_at < MOST_READ, plan


async def test_a_write_looks_at_no_more_than_what_it_is_about(new_postgres: Callable[[], str]) -> None:
    fresh = await make_fresh(await asyncio.to_thread(new_postgres))
    async with running(make_app(TodoKitSettings(database_url=fresh.url))) as api:
        member = fresh.member(api)
        other = (await member.label("another"))["id"]
        own = (await api.as_user(fresh.user).get("/spaces/current"))["id"]
        await join(member, "editor", "bob")
    writes = [
        ("POST", "/labels/{label}/merge", {"into": other}, 200),
        ("PATCH", "/todos/{todo}", {"title": "another", "label_ids": [], "assignees": ["bob"]}, 10),
        ("POST", "/todos/{todo}/complete", None, 10),
        ("POST", "/todos/{todo}/undo", None, 10),
        ("POST", "/lists/{list}/duplicate", None, 700),
        ("DELETE", "/lists/{list}", None, 100),
        ("POST", "/lists/{list}/restore", None, 100),
        ("DELETE", f"/labels/{other}", None, 200),
        ("DELETE", f"/spaces/{fresh.space}/members/bob", None, 10),
        ("POST", "/lists/{list}/move", {"space_id": own}, 800),
    ]
    for method, path, body, most in writes:
        before = await rows_read_so_far(fresh.url)
        # Whoever leaves PostgreSQL says what it has read, so each has an application of its own.
        async with running(make_app(TodoKitSettings(database_url=fresh.url))) as api:
            answer = await fresh.member(api).send(method, path.format(**fresh.names), body)
        assert answer.is_success, (path, answer.text)
        seen = await rows_read_so_far(fresh.url) - before
        assert seen < most * HERE, (path, seen)


async def rows_read_so_far(url: str) -> int:
    """Return how many rows of tables and indexes have been read in a database by those who have left it."""
    await until(url, ALL_HAVE_LEFT)
    return int(await value(url, ROWS_READ))
