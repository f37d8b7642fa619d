"""Lists that are too large for a request: `todo-kit move-list`."""

import time
import uuid
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import TodoKitSettings, todo_services
from fastapi_todo_kit.schemas import TodoImport
from fastapi_todo_kit.settings import Limits, Sharing
from tests.forks import run_forked
from tests.invariants import assert_invariants
from tests.support import make_app, running
from tests.teams import join, team
from tests.worker.processes import environment


def move(url: str, folder: Path, *arguments: object) -> "CompletedProcess[str]":
    return run_forked(environment(url, folder), folder, "todo-kit", "move-list", *map(str, arguments))


async def test_a_list_that_is_too_large_for_a_request_is_moved(database_url: str, tmp_path: Path) -> None:
    limits = Limits(todos_per_move=10)
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(add_directly=True), limits=limits)
    async with running(make_app(settings)) as api:
        target = await team(api)
        guest = await join(target, "viewer")
        given, label = await api.list("Kitchen"), await api.label("red")
        todos = [{"title": str(n), "list_id": given["id"], "label_ids": [label["id"]]} for n in range(11)]
        made = [await api.post("/todos", one, 201) for one in todos]
        own = (await api.get("/spaces/current"))["id"]
        refused = await api.post(f"/lists/{given['id']}/move", {"space_id": target.space}, 409)
        assert refused["code"] == "too_large_to_move"

        done = move(database_url, tmp_path, given["id"], "--from", own, "--to", target.space)

        assert (done.returncode, done.stdout) == (0, "")
        assert "'Kitchen' is in" in done.stderr
        assert sorted(await guest.titles()) == sorted(str(n) for n in range(11))
        assert (await guest.get(f"/todos/{made[0]['id']}"))["version"] == 2
        assert (await api.send("GET", f"/todos/{made[0]['id']}")).status_code == 308
    await assert_invariants(settings)


async def test_what_is_not_there_is_not_moved(database_url: str, tmp_path: Path) -> None:
    async with running(make_app(TodoKitSettings(database_url=database_url))) as api:
        target, trashed = await team(api), await team(api)
        await api.delete(f"/spaces/{trashed.space}")
        given, own = await api.list("Kitchen"), (await api.get("/spaces/current"))["id"]
        nobody = uuid.uuid4()
        inbox = (await api.todo())["list_id"]

        for arguments, words in [
            ((given["id"], "--from", nobody, "--to", target.space), f"There is no space {nobody}"),
            ((given["id"], "--from", own, "--to", trashed.space), f"There is no space {trashed.space}"),
            ((nobody, "--from", own, "--to", target.space), "list"),
            ((inbox, "--from", own, "--to", target.space), "inbox"),
            ((given["id"], "--from", own), "--to"),
            (("kitchen", "--from", own, "--to", target.space), "UUID"),
        ]:
            done = move(database_url, tmp_path, *arguments)
            assert done.returncode != 0, arguments
            assert words.lower() in " ".join(done.stderr.lower().split()), (arguments, done.stderr)
            assert "Traceback" not in done.stderr
        assert (await api.get(f"/lists/{given['id']}"))["version"] == 1


async def fill(url: str, user: str, list_id: uuid.UUID, count: int) -> None:
    engine = create_async_engine(url)
    try:
        async with (
            AsyncSession(engine) as session,
            todo_services(TodoKitSettings(), session=session, user_id=user) as kit,
        ):
            for first in range(0, count, 1_000):
                await kit.todos.create_many([TodoImport(title=f"{first + n}", list_id=list_id) for n in range(1_000)])
            await session.commit()
    finally:
        await engine.dispose()


@pytest.mark.thorough
async def test_ten_thousand_todos_go_in_one_transaction(database_url: str, tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=database_url)
    async with running(make_app(settings)) as api:
        given, target = await api.list("Kitchen"), await team(api)
        await fill(database_url, api.user, uuid.UUID(given["id"]), 10_000)
        own = (await api.get("/spaces/current"))["id"]

        began = time.monotonic()
        done = move(database_url, tmp_path, given["id"], "--from", own, "--to", target.space)

        assert done.returncode == 0, done.stderr
        print(f"moved in {time.monotonic() - began:.1f} s")  # noqa: T201  (for whoever looks)
        assert (await target.get("/todos", limit=1, count="exact"))["count"] == 10_000
    await assert_invariants(settings)
