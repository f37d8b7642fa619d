"""Which spaces hold what others have changed and one has not seen."""

import asyncio
import uuid
from typing import Any

from sqlalchemy import insert, text, update

from fastapi_todo_kit.storage.database import make_engine
from fastapi_todo_kit.storage.log import Change, Space
from fastapi_todo_kit.storage.tables import table_of
from tests.features.items.test_items import items, path_of
from tests.house.copies import settings_of
from tests.storage.test_statements import recorded
from tests.support import Api
from tests.teams import Teammate, join, team


async def unread(api: Api) -> set[str]:
    return {one["id"] for one in (await api.get("/spaces"))["items"] if one["is_unread"]}


async def see(api: Teammate, expect: int = 200, **seen: Any) -> Any:
    return await api.post(f"/spaces/{api.space}/seen", seen, expect)


async def test_what_others_change_is_unread_until_it_is_seen(api: Api) -> None:
    owner = await team(api)
    guest = await join(owner, "editor")

    assert await unread(owner) == set()
    assert await unread(guest) == {owner.space}  # it was made by somebody else
    seen = await see(guest)
    assert seen["seen_seq"] == (await guest.get(f"/spaces/{owner.space}"))["seq"]
    assert await unread(guest) == set()
    await guest.todo("mine")
    assert (await unread(guest), await unread(owner)) == (set(), {owner.space})
    await owner.todo("the owner's")
    assert await unread(guest) == {owner.space}
    assert (await guest.get(f"/spaces/{owner.space}"))["is_unread"] is True
    await guest.patch(path_of(owner.space), {"seen_seq": (await guest.get(f"/spaces/{owner.space}"))["seq"]})
    assert await unread(guest) == set()


async def test_ones_own_space_is_never_unread(api: Api) -> None:
    await api.todo()

    assert [one["is_unread"] for one in (await api.get("/spaces"))["items"]] == [False]


async def test_how_far_one_has_seen_only_grows(api: Api) -> None:
    owner = await team(api)
    for _ in range(5):
        await owner.todo()
    last = (await owner.get(f"/spaces/{owner.space}"))["seq"]

    answers = await asyncio.gather(*(see(owner, seq=seq) for seq in (3, 1, last, 2, 4)))
    again = await see(owner, seq=1)
    patched = await owner.patch(path_of(owner.space), {"seen_seq": 2})

    assert max(one["seen_seq"] for one in answers) == last
    assert (again["seen_seq"], patched["seen_seq"]) == (last, last)
    assert patched["version"] == again["version"] <= 5
    assert [one["seen_seq"] for one in await items(owner)] == [last]


async def test_nobody_sees_what_has_not_happened(api: Api) -> None:
    owner = await team(api)
    given = await owner.list()
    last = (await owner.get(f"/spaces/{owner.space}"))["seq"]

    for seq in (last + 1, 2**62):
        problem = await see(owner, 422, seq=seq)
        assert (problem["errors"][0]["pointer"], problem["errors"][0]["code"]) == ("#/seq", "no_such_change")
        patched = await owner.patch(path_of(owner.space), {"seen_seq": seq}, 422)
        assert patched["errors"][0]["pointer"] == "#/seen_seq"
    of_list = await owner.patch(path_of(owner.space, "list", given["id"]), {"seen_seq": 1}, 422)

    assert of_list["errors"][0]["code"] == "only_of_spaces"
    for wrong in (-1, 2**63, "1", None):
        assert (await owner.send("POST", f"/spaces/{owner.space}/seen", {"seq": wrong})).status_code == 422
    assert await items(owner) == []


async def test_marking_it_again_changes_nothing(api: Api) -> None:
    owner = await team(api)
    first = await see(owner)

    assert await see(owner) == first


async def test_the_page_of_spaces_stays_one_statement(api: Api) -> None:
    owner = await team(api)
    guest = await join(owner, "viewer")

    with recorded() as statements:
        assert await unread(guest) == {owner.space}

    assert len(statements) == 1


async def test_only_the_last_changes_are_looked_at(api: Api) -> None:
    """Ten thousand changes of a space cost what a thousand do, and are found by the primary key."""
    owner = await team(api)
    guest = await join(owner, "editor")
    space, change = table_of(Space), table_of(Change)
    last = (await owner.get(f"/spaces/{owner.space}"))["seq"] + 10_000
    engine = make_engine(settings_of(api))
    common = {"space_id": uuid.UUID(owner.space), "entity": "todo", "op": "updated", "version": 1, "request_id": "x"}
    async with engine.begin() as connection:
        (now,) = (await connection.execute(change.select().limit(1))).mappings()
        rows = [
            {**common, "seq": seq, "entity_id": uuid.uuid4(), "actor_id": guest.user, "at": now["at"], "diff": {}}
            for seq in range(last - 9_999, last + 1)
        ]
        await connection.execute(insert(change), rows)
        await connection.execute(update(space).where(space.c.id == uuid.UUID(owner.space)).values(seq=last))

    assert await unread(guest) == set()
    assert await unread(owner) == {owner.space}
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:
            await connection.execute(text("ANALYZE todokit_change"))
            with recorded() as statements:
                await unread(guest)
            ((statement, parameters),) = statements
            plan = await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", tuple(parameters))
            lines = [row[0] for row in plan]
        assert "Seq Scan on todokit_change" not in str(lines), lines
        used = [n for n, line in enumerate(lines) if "pk_todokit_change" in line]
        assert used, lines
        assert all("seq >" in lines[n + 1] and "Index Cond" in lines[n + 1] for n in used), lines
    await engine.dispose()
