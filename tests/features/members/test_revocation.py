"""Whoever loses a role loses it with the change that says so: what was under way comes before it, or is refused."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.tables import table_of
from tests.support import Api, make_app, running
from tests.teams import Teammate, join, team

ROUNDS = 4
WRITERS = 6
CHANGES = table_of(Change)
ENDS: dict[str, tuple[str, str, str, Any]] = {
    "demoted": ("owner", "PUT", "/spaces/{space}/members/{user}", {"role": "viewer"}),
    "removed": ("owner", "DELETE", "/spaces/{space}/members/{user}", None),
    "leaves": ("member", "POST", "/spaces/{space}/leave", None),
    "in the trash": ("owner", "DELETE", "/spaces/{space}", None),
}
"""Who ends the role of a member, and how."""


@pytest.fixture(scope="module")
async def served(module_url: str) -> AsyncIterator[Api]:
    async with running(make_app(TodoKitSettings(database_url=module_url))) as api:
        yield api


@pytest.fixture
async def database(module_url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(TodoKitSettings(database_url=module_url).url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_is_written_behind_the_end_of_a_role(served: Api, database: AsyncConnection, end: str) -> None:
    who, method, path, body = ENDS[end]
    for number in range(ROUNDS):
        owner = await team(served.as_user())
        todo = await owner.todo("shared")
        ann = await join(owner, "editor")
        since = (await owner.get(f"/spaces/{owner.space}"))["seq"]
        ending = ann if who == "member" else owner
        requests = [write(ann, todo["id"], n) for n in range(WRITERS)]
        place = path.format(space=owner.space, user=ann.user)
        requests.insert(number % (WRITERS + 1), ending.send(method, place, body))

        answers = await asyncio.gather(*requests)

        log = await changes(database, owner.space, since)
        assert log[-1] in {"member", "space"}, log
        assert {*log[:-1]} <= {"todo"}, log
        assert sum(one.is_success for one in answers) == len(log), log
        assert {one.status_code for one in answers} <= {200, 201, 204, 403, 404}
        refused = await write(ann, todo["id"], WRITERS)
        assert refused.status_code == (403 if method == "PUT" else 404)


async def write(member: Teammate, todo_id: str, number: int) -> Any:
    if number % 2:
        return await member.send("POST", "/todos", {"title": f"todo {number}"})
    return await member.send("PATCH", f"/todos/{todo_id}", {"title": f"changed {number}"})


async def changes(database: AsyncConnection, space: str, since: int) -> list[str]:
    """Return what has changed in a space, one after the other."""
    behind = (CHANGES.c.space_id == uuid.UUID(space), CHANGES.c.seq > since)
    return list((await database.execute(select(CHANGES.c.entity).where(*behind).order_by(CHANGES.c.seq))).scalars())
