"""What touches every todo of a list at once, and keeps nobody waiting: a small list in CI, a full one in `soak`."""

import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest.mock import patch

import pytest

from fastapi_todo_kit import OnChange, TodoKitSettings
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.storage.engines.driver import DriverConnection
from tests.growing import grow
from tests.invariants import assert_invariants
from tests.stalls import no_stall
from tests.support import Api, make_app, running
from tests.survival.scale import IS_FULL

TODOS: Final = 10_000 if IS_FULL else 450
LABELS, LINKS = (20, 10) if IS_FULL else (3, 2)
SECONDS: Final = 5.0
"""What a copy of a full list may take; asked only where the list is full."""


async def delete_and_restore(api: Api, list_id: str) -> None:
    await api.delete(f"/lists/{list_id}")
    await api.post(f"/lists/{list_id}/restore")


async def delete_and_purge(api: Api, list_id: str) -> None:
    await api.delete(f"/lists/{list_id}")
    assert (await api.delete("/trash"))["todos"] == TODOS


async def empty_into_another(api: Api, list_id: str) -> None:
    other = await api.list("other")
    await api.delete(f"/lists/{list_id}?todos=move&to={other['id']}")


async def merge_a_label(api: Api, list_id: str) -> None:
    labels = (await api.get("/labels"))["items"]
    other = await api.label("other")
    await api.post(f"/labels/{labels[0]['id']}/merge", {"into": labels[1]["id"]})
    await api.post(f"/labels/{labels[1]['id']}/merge", {"into": other["id"]})
    assert (await api.get("/todos", list=list_id, label=other["id"], count="exact"))["count"] == TODOS


async def delete_a_label(api: Api, list_id: str) -> None:
    labels = (await api.get("/labels"))["items"]
    await api.delete(f"/labels/{labels[0]['id']}")
    assert (await api.get("/todos", list=list_id, label=labels[0]["id"]))["items"] == []


WITH_A_LIST: Final = [
    delete_and_restore,
    delete_and_purge,
    empty_into_another,
    merge_a_label,
    delete_a_label,
]


async def complete_and_reopen(api: Api, todo_id: str) -> None:
    await api.post(f"/todos/{todo_id}/complete")
    await api.post(f"/todos/{todo_id}/reopen")


async def delete_and_restore_todo(api: Api, todo_id: str) -> None:
    await api.delete(f"/todos/{todo_id}")
    await api.post(f"/todos/{todo_id}/restore")


async def move(api: Api, todo_id: str) -> None:
    other = await api.list("other")
    await api.post(f"/todos/{todo_id}/move", {"list_id": other["id"]})


async def nest(api: Api, todo_id: str) -> None:
    todo = await api.get(f"/todos/{todo_id}")
    parent = await api.todo(list_id=todo["list_id"])
    await api.post(f"/todos/{todo_id}/move", {"parent_id": parent["id"]})


async def recur_and_undo(api: Api, todo_id: str) -> None:
    await api.post(f"/todos/{todo_id}/complete")
    await api.post(f"/todos/{todo_id}/reopen")
    await api.patch(f"/todos/{todo_id}", {"due": {"date": "2026-03-28"}, "recurrence": {"unit": "day"}})
    await api.post(f"/todos/{todo_id}/complete")
    await api.post(f"/todos/{todo_id}/undo")


WITH_SUBTASKS: Final = [complete_and_reopen, delete_and_restore_todo, move, nest, recur_and_undo]

Operation = Callable[[Api, str], Awaitable[None]]


@contextmanager
def counted_turns() -> Iterator[list[None]]:
    """Collect each time that a connection lets others have the event loop: a small list takes no time to speak of."""
    turns: list[None] = []
    give_way = DriverConnection.give_way

    async def count(connection: DriverConnection) -> None:
        turns.append(None)
        await give_way(connection)

    with patch.object(DriverConnection, "give_way", count):
        yield turns


@pytest.mark.parametrize("operation", WITH_A_LIST, ids=lambda one: one.__name__)
async def test_a_full_list_keeps_nobody_waiting(api: Api, settings: TodoKitSettings, operation: Operation) -> None:
    full = await api.list("full")
    await grow(api, settings, full["id"], TODOS, labels=LABELS, links=LINKS)

    with no_stall(operation.__name__), counted_turns() as turns:
        await operation(api, full["id"])

    assert len(turns) >= TODOS // 250

    await assert_invariants(settings)


@pytest.mark.parametrize("operation", WITH_SUBTASKS, ids=lambda one: one.__name__)
async def test_a_tree_of_a_full_list_keeps_nobody_waiting(
    api: Api, settings: TodoKitSettings, operation: Operation
) -> None:
    full = await api.list("full")
    root = await api.todo("root", list_id=full["id"])
    parent_id = uuid.UUID(root["id"])
    await grow(api, settings, full["id"], TODOS - 2, labels=LABELS, links=LINKS, parent_id=parent_id, depth=1)

    with no_stall(operation.__name__), counted_turns() as turns:
        await operation(api, root["id"])

    assert len(turns) >= TODOS // 250

    await assert_invariants(settings)


async def test_a_full_list_is_copied_with_all_that_is_in_it(api: Api, settings: TodoKitSettings) -> None:
    full = await api.list("full")
    await grow(api, settings, full["id"], TODOS, labels=LABELS, links=LINKS)

    began = time.monotonic()
    with no_stall("duplicate a list"), counted_turns() as turns:
        copy = await api.post(f"/lists/{full['id']}/duplicate")
    taken = time.monotonic() - began

    of = {one["id"]: await api.all_pages("/todos", list=one["id"], limit=200) for one in (full, copy)}
    copied, originals = of[copy["id"]], of[full["id"]]
    assert [_kept(one) for one in copied] == [_kept(one) for one in originals]
    assert len(copied) == TODOS
    assert len(turns) >= TODOS // 250
    assert not {one["id"] for one in copied} & {one["id"] for one in originals}
    assert not IS_FULL or taken < SECONDS
    await assert_invariants(settings)


def _kept(todo: dict[str, Any]) -> dict[str, Any]:
    """Return what a copy has from its source."""
    own = {"id", "list_id", "created_at", "updated_at", "completed_at", "version", "status"}
    return {name: value for name, value in todo.items() if name not in own}


async def test_copies_of_series_that_are_counted_keep_nobody_waiting(api: Api) -> None:
    full = await api.list("full")
    recurrence = {"rrule": "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;COUNT=300"}
    series = {"due": {"date": "2026-03-28"}, "recurrence": recurrence, "list_id": full["id"]}
    todos = [await api.todo(f"{n}", **series) for n in range(20)]

    with no_stall("duplicate a list of series"), counted_turns() as turns:
        copy = await api.post(f"/lists/{full['id']}/duplicate")

    copies = await api.all_pages("/todos", list=copy["id"])
    assert [_kept(one) for one in copies] == [_kept(one) for one in todos]
    assert len(turns) >= len(todos)


async def test_thousands_of_changes_are_told_without_keeping_anybody_waiting(database_url: str) -> None:
    heard: list[ChangeEvent] = []
    settings = TodoKitSettings(database_url=database_url)
    on_change = OnChange(before_commit=lambda _events, _: None, after_commit=heard.extend)
    async with running(make_app(settings, on_change=on_change)) as api:
        full = await api.list("full")
        await grow(api, settings, full["id"], TODOS)
        heard.clear()

        with no_stall("duplicate a list that is listened to"):
            await api.post(f"/lists/{full['id']}/duplicate")

    assert len(heard) == TODOS + 1
    assert [one.seq for one in heard] == list(range(heard[0].seq, heard[0].seq + TODOS + 1))
