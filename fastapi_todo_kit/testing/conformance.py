"""A suite that a host runs against its own wiring: its users, its session, its policy, its paths."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Final

import pytest

from fastapi_todo_kit.features.todos.schemas import ME
from fastapi_todo_kit.http.routing import KitRoute
from fastapi_todo_kit.mounts.todos import ROUTERS
from fastapi_todo_kit.mounts.variation import Variation
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.testing.examples import (
    THINGS,
    Step,
    Trial,
    filled,
    given_in,
    named_in,
    needed_by,
    steps_to,
    trial_of,
)
from fastapi_todo_kit.testing.factories import todo_body

_WHATEVER: Final = {"If-Match": "*"}
"""For hosts that require the header."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who works where the owner does, and what the host's policy lets him do there.

    `client` is a test client whose requests come from him: it has `request(method, path, json=, headers=)`.
    """

    client: Any
    may: Collection[Action]


@dataclass(frozen=True, slots=True)
class _Mounted:
    """What there is in a mount."""

    routes: Sequence[KitRoute]
    """Those that can be tried: what their paths name can be made."""
    steps: Sequence[Step]
    methods: Mapping[str, str]

    @property
    def pages(self) -> Sequence[str]:
        """The paths of what can be read without naming anything."""
        return [one.path for one in self.routes if self.methods[one.name] == "GET" and "{" not in one.path]


@cache
def _mounted_with(
    features: tuple[str, ...], leave_out: frozenset[str], paths: frozenset[tuple[str, str]], given: frozenset[str]
) -> _Mounted:
    variation = Variation(leave_out=leave_out, paths=dict(paths))
    routes = [route for name in features for route in variation.of(ROUTERS[name])]
    steps = steps_to({route.name: route.path for route in routes}, given)
    things = {step.thing for step in steps}
    trials = {route.name: trial_of(route.name, route.path) for route in routes}
    possible = [
        route
        for route in routes
        if named_in(trials[route.name].path) <= things and given_in(trials[route.name]) <= given
    ]
    return _Mounted(possible, steps, {route.name: next(iter(route.methods or ["GET"])) for route in routes})


def _is_done(answer: Any) -> bool:
    """Whether an operation was done, or is none for anybody in this space: what is a tenant's stays there."""
    return bool(answer.is_success or (answer.status_code == 409 and answer.json()["code"] == "stays_with_tenant"))


class TodoKitConformance:
    """Subclass it as `class TestTodos(TodoKitConformance)` and define its fixtures.

    Attributes:
        prefix: where the host has mounted the kit.
        paths: the `paths` that it mounted it with.
        leave_out: the operations that it left out.
        features: the features that it mounted.
        todo_extra: the `extra` of each todo that is made, where the model of the host has fields that are required.
        list_extra: the same of each list.
        colleague: the id of a user whom `Host.people` knows, where members are added without being asked.
    """

    prefix: ClassVar[str] = ""
    paths: ClassVar[Mapping[str, str]] = {}
    leave_out: ClassVar[Collection[str]] = ()
    features: ClassVar[Collection[str]] = tuple(ROUTERS)
    todo_extra: ClassVar[Mapping[str, Any]] = {}
    list_extra: ClassVar[Mapping[str, Any]] = {}
    colleague: ClassVar[str | None] = None

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
        self._make_things(todo_kit_owner)
        for route in self._routes():
            things = self._make_things(todo_kit_owner, self._needed_by(route))
            answer = self._do(todo_kit_owner, route, things)
            assert _is_done(answer), (route.name, answer.text)

    def test_everybody_may_do_what_the_policy_says(
        self, todo_kit_owner: Any, todo_kit_actors: Mapping[str, Actor]
    ) -> None:
        """Each actor does what `may` names, and is refused everything else, which then changes nothing."""
        for name, actor in todo_kit_actors.items():
            self._refuse_what_he_may_not(todo_kit_owner, name, actor)
            things: dict[str, str] = {}
            for route in (one for one in self._routes() if one.action in actor.may):
                things = things or self._make_things(todo_kit_owner)
                tried = self._with_personal_things(actor, route, things)
                answer = self._do(actor.client, route, tried)
                assert _is_done(answer), (name, route.name, answer.text)
                things = things if route.action.is_read and tried == things else {}  # the next ones are new

    def _refuse_what_he_may_not(self, owner: Any, name: str, actor: Actor) -> None:
        things: dict[str, str] = {}
        for route in (one for one in self._routes() if one.action not in actor.may):
            if not things:
                things = self._make_things(owner)
                before = self._seen_by(owner)
            tried = self._with_personal_things(actor, route, things)
            answer = self._do(actor.client, route, tried)
            assert answer.status_code in {403, 404}, (name, route.name, answer.text)
            assert self._seen_by(owner) == before, (name, route.name)
            things = things if tried == things else {}

    def _mounted(self) -> _Mounted:
        features, leave_out = tuple(self.features), frozenset(self.leave_out)
        return _mounted_with(features, leave_out, frozenset(self.paths.items()), frozenset(self._given()))

    def _given(self) -> dict[str, str]:
        given = {"oneself": ME, "kind_of_item": "list"}
        return given if self.colleague is None else {**given, "colleague": self.colleague}

    def _routes(self) -> Sequence[KitRoute]:
        return self._mounted().routes

    def _send(self, client: Any, method: str, feature: str, *parts: str, **options: Any) -> Any:
        path = "/".join((self.prefix, self.paths.get(feature, feature), *parts))
        headers = {**(_WHATEVER if parts else {}), **options.pop("headers", {})}
        return client.request(method, path, headers=headers, **options)

    def _extra(self, operation: str) -> dict[str, Any]:
        extra = {"create_todo": self.todo_extra, "create_list": self.list_extra}.get(operation)
        return {"extra": dict(extra)} if extra else {}

    def _todo(self, **fields: Any) -> dict[str, Any]:
        return todo_body(**self._extra("create_todo"), **fields)

    def _do(self, client: Any, route: KitRoute, things: Mapping[str, str]) -> Any:
        """Send the request of a route that would succeed on these things, if it is allowed."""
        return self._try(client, trial_of(route.name, route.path), things)

    def _try(self, client: Any, trial: Trial, things: Mapping[str, str]) -> Any:
        method = self._mounted().methods[trial.operation]
        body = {} if trial.body is None else {"json": {**filled(trial.body, things), **self._extra(trial.operation)}}
        headers = _WHATEVER if named_in(trial.path) else {}
        return client.request(method, self.prefix + filled(trial.path, things), headers=headers, **body)

    def _needed_by(self, route: KitRoute) -> Collection[str]:
        """Return the names of the things that a route needs: those made for the one before may be gone."""
        return needed_by(trial_of(route.name, route.path), self._mounted().steps)

    def _make_things(self, client: Any, only: Collection[str] = THINGS, **things: str) -> dict[str, str]:
        """Make one of each thing that a path or a body can name; return their ids."""
        things |= self._given()
        for step in self._mounted().steps:
            if step.thing in only:
                answer = self._try(client, step, things)
                assert answer.is_success, (step.operation, answer.text)
                things |= {step.thing: str(answer.json()["id"])} if step.has_id else {}
        return things

    def _with_personal_things(self, actor: Actor, route: KitRoute, things: Mapping[str, str]) -> dict[str, str]:
        """Make what a path names and only its own user sees, where the actor may; return all ids."""
        actions = {one.name: one.action for one in self._routes()}
        named = [name for name in named_in(trial_of(route.name, route.path).path) if THINGS[name].is_personal]
        may = [name for name in named if actions[THINGS[name].made_by] in actor.may]
        return self._make_things(actor.client, may, **things)

    def _seen_by(self, client: Any) -> list[Any]:
        """Return the first page of everything that a client sees."""
        return [client.request("GET", self.prefix + path).json() for path in self._mounted().pages]
