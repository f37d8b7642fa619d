"""Sends what a rule says, and compares what comes of it with what the model does."""

import copy
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import httpx2
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.model.office import USERS, Office
from tests.model.things import NotPredicted, Refused, Todo
from tests.model.world import World
from tests.walking import number, one_of

WRITERS = ("editor", "admin", "owner")
DAY = 24 * 60
STEPS_BETWEEN_LOOKS = 4

users = one_of(*USERS)
numbers = number(0, 239)
tags = one_of(*["none"] * 6, "present", "stale")
flags = one_of(False, True)
offsets = number(-3, 9, or_none=True)
intervals = number(1, 9, or_none=True)


class Driver(RuleBasedStateMachine):
    """Does one thing after the other; between any two of them the space is as the model says."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.roles = office.organisation.roles
        self.sent: list[tuple[str, str, str, Any, str, httpx2.Response]] = []
        self.ages: list[int] = []
        """So many hours ago each of these was sent."""
        self.seen: dict[str, Any] = {}
        self.world: World
        self.steps = 0

    # What holds between any two

    @invariant()
    def look_now_and_then(self) -> None:
        """What is wrong stays wrong: to look costs more than to do."""
        self.steps += 1
        if self.steps % STEPS_BETWEEN_LOOKS == 0:
            self.look()

    def teardown(self) -> None:
        """Look at the end, too."""
        if self.steps:
            self.look()

    def look(self) -> None:
        """Compare the space with the model."""
        world, lists = self.world, self.office.get("/lists?archived=any&limit=200&counts=true")["items"]
        living = {one.id: one for one in world.lists.values() if one.deleted_with is None}
        assert {(one["id"], one["archived_at"] is not None) for one in lists} == {
            (one.id, one.is_archived) for one in living.values()
        }
        todos = self.office.get("/todos?limit=200&sort=position")["items"]
        for one in living.values():
            if one.is_archived:
                todos += self.office.get(f"/todos?list={one.id}&limit=200&sort=position")["items"]
        for one in lists:
            inside = [world.todos[todo] for todo in world.lists[one["id"]].order]
            assert [todo["id"] for todo in todos if todo["list_id"] == one["id"]] == [todo.id for todo in inside]
            assert (one["total_count"], one["open_count"]) == (len(inside), sum(todo.is_open for todo in inside))
        assert {one["id"]: _told(one) for one in todos} == {
            one.id: _expected(one) for one in world.todos.values() if one.deleted_with is None
        }
        trash = self.office.get("/trash?limit=200")["items"]
        assert {one["id"] for one in trash} == world.trashed()
        assert {one["id"]: one["name"] for one in self.office.get("/labels")["items"]} == world.labels
        self._check_tags([*todos, *({k: v for k, v in one.items() if not k.endswith("_count")} for one in lists)])
        self.seen.update({one["id"]: one for one in trash})

    def _check_tags(self, objects: list[Any]) -> None:
        """What changed has another tag, and only that."""
        for one in objects:
            before = self.seen.get(one["id"], one)
            assert before["version"] <= one["version"]
            if "entity" not in before:  # it was in the trash
                assert (before == one) == (before["version"] == one["version"]), (before, one)
            self.seen[one["id"]] = one

    # How it is done

    def do(
        self,
        user: str,
        method: str,
        path: str,
        body: Any,
        action: Callable[[World], Any],
        *,
        tag: str = "none",
        key: bool = False,
        of: tuple[str, ...] = WRITERS,
    ) -> Any:
        """Send a request, and compare what comes of it with what the model does; return the answer where it is done."""
        after, refusal = copy.deepcopy(self.world), None
        try:
            action(after)
        except NotPredicted:
            return None
        except Refused as refused:
            refusal = (refused.status, refused.code)
        if tag != "none":
            self.look()  # for the versions
        headers = self._headers(path, tag, key)
        answer = self.office.send(user, method, path, body, **headers)
        got = (answer.status_code, answer.json()["code"] if answer.is_error else "")
        if self.roles[user] not in of:
            assert got in {(403, "forbidden"), (412, "precondition_failed"), refusal}, answer.text
        elif tag == "stale" and "If-Match" in headers:
            # Of an occurrence that was done with at this version, `complete` and `skip` say that it is.
            is_done = answer.status_code == 200 and path.endswith(("/complete", "/skip"))
            assert is_done or got in {(412, "precondition_failed"), refusal}, answer.text
        elif refusal is not None:
            assert got == refusal, answer.text
        else:
            assert answer.is_success, answer.text
            self.world = after
            if "Idempotency-Key" in headers:
                self.sent.append((user, method, path, body, headers["Idempotency-Key"], answer))
                self.ages.append(0)
            return answer.json() if answer.content else True
        return None

    def _headers(self, path: str, tag: str, key: bool) -> dict[str, str]:
        headers = {"Idempotency-Key": uuid.uuid4().hex} if key else {}
        of = self.seen.get(path.partition("?")[0].split("/")[2] if path.count("/") > 1 else "")
        if of is not None and tag != "none":
            version = of["version"] - (1 if tag == "stale" else 0)
            headers |= {"If-Match": f'"{version}"'} if version else {}
        return headers

    @property
    def now(self) -> datetime:
        return self.office.clock.now

    def adopt(self, list_id: str, user: str) -> None:
        page = self.office.get(f"/todos?list={list_id}&limit=200&sort=position")
        self.world.adopt(list_id, [one["id"] for one in page["items"]])
        for made in [one for one in self.world.reminders.values() if one.id.startswith("copy-")]:
            shown = self.office.send(user, "GET", f"/todos/{made.todo}/reminders").json()["items"]
            (called,) = [one["id"] for one in shown if one["minutes_before"] == made.days * DAY]
            self.world.adopt_reminder(made.id, called)

    def day(self, days: int | None) -> date | None:
        return None if days is None else self.now.date() + timedelta(days=days)

    @staticmethod
    def pick(things: dict[str, Any], number: int) -> str:
        """Return one of them: of what lives, most of the time."""
        living = [one for one, thing in things.items() if getattr(thing, "deleted_with", None) is None]
        among = living if living and number % 4 else list(things)
        return among[number // 4 % len(among)]

    def pick_near(self, todo: str, number: int) -> str:
        """Return another todo: of the same list, most of the time, where more can go wrong than between strangers."""
        of = self.world.todos[todo].list_id
        near = {one.id: one for one in self.world.todos.values() if one.list_id == of and one.id != todo}
        return self.pick(near if near and number % 3 else self.world.todos, number // 3)


def shown_due(due: date | None) -> dict[str, str] | None:
    return None if due is None else {"date": due.isoformat()}


def shown_rule(every: int | None) -> dict[str, Any] | None:
    return None if every is None else {"unit": "day", "every": every}


def _told(shown: dict[str, Any]) -> tuple[Any, ...]:
    fields = ("title", "list_id", "parent_id", "status", "due", "occurrence", "label_ids")
    return (*(shown[name] for name in fields), shown["recurrence"] is not None)


def _expected(todo: Todo) -> tuple[Any, ...]:
    slot = None if todo.slot is None else todo.slot.isoformat()
    known = (todo.title, todo.list_id, todo.parent, todo.status, shown_due(todo.due), slot, sorted(todo.labels))
    return (*known, todo.every is not None)
