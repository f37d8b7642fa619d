"""A suite that a host runs against its own wiring: its users, its session, its policy, its paths."""

import re
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import pytest

from fastapi_todo_kit.http.routing import KitRoute
from fastapi_todo_kit.mounts.todos import ROUTERS
from fastapi_todo_kit.mounts.variation import Variation
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.testing.factories import label_body, list_body, todo_body

_BODIES: Final[Mapping[str, Any]] = {
    "create_todo": lambda suite, things: suite._todo(list_id=things["list_id"]),
    "update_todo": lambda *_: {"title": "Changed"},
    "preview_recurrence": lambda *_: {"recurrence": {"unit": "week"}, "due": {"date": "2026-03-30"}},
    "move_todo": lambda _, things: {"list_id": things["other_list"]},
    "create_reminder": lambda *_: {"minutes_before": 10},
    "update_reminder": lambda *_: {"minutes_before": 20},
    "snooze_reminder": lambda *_: {"until": "2199-01-01T00:00:00Z"},
    "create_list": lambda suite, _: suite._list(),
    "update_list": lambda *_: {"name": "Changed"},
    "move_list": lambda _, things: {"before": things["other_list"]},
    "create_label": lambda *_: label_body(),
    "update_label": lambda *_: {"color": "#d97706"},
    "merge_label": lambda _, things: {"into": things["other_label"]},
}
_WHATEVER: Final = {"If-Match": "*"}
"""For hosts that require the header."""
_PLACES: Final = {
    "restore_todo": {"todo_id": "trashed_todo"},
    "restore_list": {"list_id": "trashed_list"},
    "skip_todo": {"todo_id": "recurring_todo"},
    "undo_todo": {"todo_id": "recurring_todo"},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who works where the owner does, and what the host's policy lets him do there.

    `client` is a test client whose requests come from him: it has `request(method, path, json=, headers=)`.
    """

    client: Any
    may: Collection[Action]


class TodoKitConformance:
    """Subclass it as `class TestTodos(TodoKitConformance)` and define its fixtures.

    Attributes:
        prefix: where the host has mounted the kit.
        paths: the `paths` that it mounted it with.
        leave_out: the operations that it left out.
        features: the features that it mounted.
        todo_extra: the `extra` of each todo that is made, where the model of the host has fields that are required.
        list_extra: the same of each list.
    """

    prefix: ClassVar[str] = ""
    paths: ClassVar[Mapping[str, str]] = {}
    leave_out: ClassVar[Collection[str]] = ()
    features: ClassVar[Collection[str]] = tuple(ROUTERS)
    todo_extra: ClassVar[Mapping[str, Any]] = {}
    list_extra: ClassVar[Mapping[str, Any]] = {}

    @pytest.fixture
    def todo_kit_owner(self) -> Any:
        """Return a test client whose requests come from somebody who may do everything where he works."""
        raise NotImplementedError("define the fixture todo_kit_owner")

    @pytest.fixture
    def todo_kit_actors(self) -> Mapping[str, Actor]:
        """Return the others who work where the owner does, by name; none where nobody shares a space."""
        return {}

    @pytest.fixture
    def todo_kit_stranger(self) -> Any:
        """Return a test client whose requests come from somebody who shares nothing with the owner."""
        raise NotImplementedError("define the fixture todo_kit_stranger")

    @pytest.fixture
    def todo_kit_anonymous(self) -> Any:
        """Return a test client whose requests come from nobody."""
        raise NotImplementedError("define the fixture todo_kit_anonymous")

    def test_what_is_created_can_be_read(self, todo_kit_owner: Any) -> None:
        """A todo is there after it was created, with its ETag."""
        created = self._send(todo_kit_owner, "POST", "todos", json=self._todo())
        read = self._send(todo_kit_owner, "GET", "todos", created.json()["id"])

        assert (created.status_code, read.status_code) == (201, 200), created.text
        assert read.json() == created.json()
        assert read.headers["etag"] == '"1"'

    def test_a_stale_change_is_refused(self, todo_kit_owner: Any) -> None:
        """A change with an old ETag is 412 and changes nothing."""
        todo_id = self._send(todo_kit_owner, "POST", "todos", json=self._todo()).json()["id"]
        self._send(todo_kit_owner, "PATCH", "todos", todo_id, json={"title": "First"}, headers={"If-Match": '"1"'})

        late = self._send(
            todo_kit_owner, "PATCH", "todos", todo_id, json={"title": "Late"}, headers={"If-Match": '"1"'}
        )

        assert late.status_code == 412
        assert self._send(todo_kit_owner, "GET", "todos", todo_id).json()["title"] == "First"

    def test_a_repeated_key_does_it_once(self, todo_kit_owner: Any) -> None:
        """Two requests with one Idempotency-Key make one todo."""
        body, key = self._todo(), {"Idempotency-Key": uuid.uuid4().hex}

        first, second = (self._send(todo_kit_owner, "POST", "todos", json=body, headers=key) for _ in range(2))

        assert first.json()["id"] == second.json()["id"]
        assert second.headers["idempotency-replayed"] == "true"

    def test_an_error_leaves_nothing_behind(self, todo_kit_owner: Any) -> None:
        """A request that fails leaves the change log where it was."""
        self._send(todo_kit_owner, "POST", "todos", json=self._todo())
        before = self._seen_by(todo_kit_owner)

        failed = self._send(todo_kit_owner, "POST", "todos", json=self._todo(list_id=str(uuid.uuid4())))

        assert failed.status_code == 404
        assert self._seen_by(todo_kit_owner) == before

    def test_nobody_gets_in(self, todo_kit_owner: Any, todo_kit_anonymous: Any) -> None:
        """Without a user every operation is 401, or 403 where the host says it so."""
        things = self._make_things(todo_kit_owner)
        before = self._seen_by(todo_kit_owner)

        for route in self._routes():
            assert self._do(todo_kit_anonymous, route, things).status_code in {401, 403}, route.name

        assert self._seen_by(todo_kit_owner) == before

    def test_a_stranger_finds_nothing(self, todo_kit_owner: Any, todo_kit_stranger: Any) -> None:
        """What a path names of somebody else is 404 in every operation."""
        things = self._make_things(todo_kit_owner)
        before = self._seen_by(todo_kit_owner)

        for route in self._routes():
            if "{" in route.path:
                assert self._do(todo_kit_stranger, route, things).status_code == 404, route.name

        assert self._seen_by(todo_kit_owner) == before

    def test_the_owner_may_do_everything(self, todo_kit_owner: Any) -> None:
        """Every operation succeeds as the owner."""
        things = self._make_things(todo_kit_owner)
        for route in self._routes():
            answer = self._do(todo_kit_owner, route, things)
            assert answer.is_success, (route.name, answer.text)
            things = things if route.action.is_read else self._make_things(todo_kit_owner)

    def test_everybody_may_do_what_the_policy_says(
        self, todo_kit_owner: Any, todo_kit_actors: Mapping[str, Actor]
    ) -> None:
        """Each actor does what `may` names, and is refused everything else, which then changes nothing."""
        for name, actor in todo_kit_actors.items():
            for route in self._routes():
                things = self._make_things(todo_kit_owner)
                before = self._seen_by(todo_kit_owner)
                if "{reminder_id}" in route.path and Action.SET_REMINDER in actor.may:
                    things["reminder_id"] = self._make_reminder(actor.client, things["todo_id"])
                answer = self._do(actor.client, route, things)
                if route.action in actor.may:
                    assert answer.is_success, (name, route.name, answer.text)
                else:
                    assert answer.status_code in {403, 404}, (name, route.name, answer.text)
                    assert self._seen_by(todo_kit_owner) == before, (name, route.name)

    def _routes(self) -> Iterator[KitRoute]:
        variation = Variation(leave_out=self.leave_out, paths=self.paths)
        for name in self.features:
            for route in variation.of(ROUTERS[name]):
                if "labels" in self.features or "{label_id}" not in route.path:
                    yield route

    def _send(self, client: Any, method: str, feature: str, *parts: str, **options: Any) -> Any:
        path = "/".join((self.prefix, self.paths.get(feature, feature), *parts))
        headers = {**(_WHATEVER if parts else {}), **options.pop("headers", {})}
        return client.request(method, path, headers=headers, **options)

    def _todo(self, **fields: Any) -> dict[str, Any]:
        return todo_body(**({"extra": dict(self.todo_extra)} if self.todo_extra else {}), **fields)

    def _list(self) -> dict[str, Any]:
        return list_body(**({"extra": dict(self.list_extra)} if self.list_extra else {}))

    def _do(self, client: Any, route: KitRoute, things: Mapping[str, str]) -> Any:
        """Send the request of a route that would succeed on these things, if it is allowed."""
        places = _PLACES.get(route.name, {})
        names: list[str] = re.findall(r"{(\w+)}", route.path)
        path = route.path.format(**{name: things[places.get(name, name)] for name in names})
        make_body = _BODIES.get(str(route.name))
        body = None if make_body is None else make_body(self, things)
        (method,) = route.methods or {"GET"}
        options = {} if body is None else {"json": body}
        return client.request(method, self.prefix + path, headers=_WHATEVER if names else {}, **options)

    def _make_things(self, owner: Any) -> dict[str, str]:
        """Make one of each thing that a path or a body can name; return their ids."""

        def make(feature: str, body: dict[str, Any]) -> str:
            answer = self._send(owner, "POST", feature, json=body)
            assert answer.status_code == 201, answer.text
            return str(answer.json()["id"])

        things = {"todo_id": make("todos", self._todo()), "trashed_todo": make("todos", self._todo())}
        self._send(owner, "DELETE", "todos", things["trashed_todo"])
        recurring = self._todo(due={"date": "2026-03-30"}, recurrence={"unit": "week"})
        things["recurring_todo"] = make("todos", recurring)
        self._send(owner, "POST", "todos", things["recurring_todo"], "complete")
        if "reminders" in self.features:
            things["reminder_id"] = self._make_reminder(owner, things["todo_id"])
        if "lists" in self.features:
            things |= {name: make("lists", self._list()) for name in ("list_id", "other_list", "trashed_list")}
            self._send(owner, "DELETE", "lists", things["trashed_list"])
        else:
            home = self._send(owner, "GET", "todos", things["todo_id"]).json()["list_id"]
            things |= {"list_id": home, "other_list": home}
        if "labels" in self.features:
            things |= {name: make("labels", label_body()) for name in ("label_id", "other_label")}
            self._send(owner, "PUT", "todos", things["todo_id"], "labels", things["label_id"])
        return {"label_id": str(uuid.uuid4()), "reminder_id": str(uuid.uuid4()), **things}

    def _make_reminder(self, owner: Any, todo_id: str) -> str:
        answer = self._send(owner, "POST", "todos", todo_id, "reminders", json={"minutes_before": 15})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def _seen_by(self, client: Any) -> list[Any]:
        """Return the first page of everything that a client sees."""
        return [self._send(client, "GET", feature).json() for feature in self.features]
