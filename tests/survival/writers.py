"""Clients that write, remember what they were told, and ask again what they were not told; and the final audit."""

import asyncio
import random
import uuid
from collections import Counter
from typing import Any

import httpx2
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from uuid_utils.compat import uuid7

from fastapi_todo_kit import TodoKitSettings
from tests.invariants import assert_invariants

Todo = dict[str, Any]


class Writer:
    """One client with todos of its own, in a space where others write too.

    `todos` is what the answers said last, `trees` the subtasks below each root that was not deleted.
    """

    def __init__(self, client: httpx2.AsyncClient, user: str, lists: list[str], seed: int) -> None:
        self.todos: dict[str, Todo] = {}
        self.trees: dict[str, list[str]] = {}
        self.repeated = 0
        self.acknowledged = 0
        self._client = client
        self._user = user
        self._lists = lists
        self._random = random.Random(seed)

    async def work(self, until: asyncio.Event) -> None:
        """Write until the event is set, and then until the last write was answered."""
        while not until.is_set():
            actions = [self._create] * 2
            if self.trees:
                actions += [self._add, self._rename, self._close_or_reopen, self._move, self._delete]
            await self._random.choice(actions)()
            self.acknowledged += 1

    async def _create(self) -> None:
        await self._make({"list_id": self._random.choice(self._lists)})

    async def _add(self) -> None:
        root = self._any_root()
        if root["status"] == "needs_action":
            await self._make({"parent_id": root["id"]})

    async def _make(self, place: Todo) -> None:
        # Half of the ids come from the server: those todos only the key keeps from being made twice.
        own = {"id": str(uuid7())} if self._random.random() < 0.5 else {}
        made = await self._send("POST", "/todos", {"title": uuid.uuid4().hex, **own, **place})
        assert made["version"] == 1
        self.todos[made["id"]] = made
        if made["parent_id"] is None:
            self.trees[made["id"]] = []
        else:
            self.trees[made["parent_id"]].append(made["id"])

    async def _rename(self) -> None:
        await self._change("PATCH", "", {"title": uuid.uuid4().hex})

    async def _close_or_reopen(self) -> None:
        root = self._any_root()
        verb = "complete" if root["status"] == "needs_action" else "reopen"
        await self._change("POST", f"/{verb}", root=root)

    async def _move(self) -> None:
        await self._change("POST", "/move", {"list_id": self._random.choice(self._lists)})

    async def _change(self, method: str, verb: str, body: Todo | None = None, root: Todo | None = None) -> None:
        before = root or self._any_root()
        after = await self._send(method, f"/todos/{before['id']}{verb}", body)
        assert after["version"] == before["version"] + 1, (before, after)
        self.todos[after["id"]] = after

    async def _delete(self) -> None:
        root = self._any_root()
        await self._send("DELETE", f"/todos/{root['id']}")
        for deleted in (root["id"], *self.trees.pop(root["id"])):
            del self.todos[deleted]

    def _any_root(self) -> Todo:
        return self.todos[self._random.choice(list(self.trees))]

    async def _send(self, method: str, path: str, body: Todo | None = None) -> Any:
        """Send a request, again and again with one key while nobody says what became of it."""
        headers = {"X-User": self._user, "Idempotency-Key": uuid.uuid4().hex}
        was_repeated = False
        while True:
            try:
                answer = await self._client.request(method, path, json=body, headers=headers)
            except httpx2.TransportError:
                pass
            else:
                if answer.is_success:
                    return answer.json() if answer.content else None
                if was_repeated and method == "DELETE" and answer.status_code == 404:
                    return None  # it was deleted by the request that nobody answered
                assert answer.status_code == 503, f"{method} {path}: {answer.status_code} {answer.text}"
                assert int(answer.headers["retry-after"]) >= 1
            was_repeated = True
            self.repeated += 1
            await asyncio.sleep(0.02)


async def audit(settings: TodoKitSettings, writers: list[Writer]) -> None:
    """Compare what is stored with what the writers were told."""
    await assert_invariants(settings)
    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        stored = (await connection.execute(text("SELECT * FROM todokit_todo"))).mappings().all()
        logged = (await connection.execute(text("SELECT entity_id, version FROM todokit_change"))).all()
    await engine.dispose()

    living = {_id(row["id"]): row for row in stored if row["deleted_at"] is None}
    told = {key: todo for writer in writers for key, todo in writer.todos.items()}
    assert living.keys() == told.keys()
    for root, below in (tree for writer in writers for tree in writer.trees.items()):
        _assert_told(living[root], told[root])
        for subtask in below:  # whatever was done to its root was done to it
            assert _place(living[subtask]) == _place(living[root])
            assert living[subtask]["title"] == told[subtask]["title"]
    changes = Counter((_id(entity), version) for entity, version in logged)
    expected = {(_id(row["id"]), version) for row in stored for version in range(1, row["version"] + 1)}
    assert expected <= changes.keys()
    assert max(changes.values()) == 1


def _assert_told(row: Any, todo: Todo) -> None:
    assert (row["version"], row["title"], row["status"]) == (todo["version"], todo["title"], todo["status"])
    assert _id(row["list_id"]) == todo["list_id"]


def _place(row: Any) -> tuple[str, str]:
    return row["status"], _id(row["list_id"])


def _id(value: Any) -> str:
    return str(uuid.UUID(str(value)))
