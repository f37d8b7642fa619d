"""Policies by object and by row, at every operation: asked about what is and what would be, and never told around."""

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from sqlalchemy import ColumnElement, FromClause

from fastapi_todo_kit import Access, Action, RolePolicy, TodoKitSettings
from fastapi_todo_kit.policy import Entity
from fastapi_todo_kit.settings import Sharing
from tests.house.operations import (
    Operation,
    each_operation,
    each_write,
    everything,
    foreign_requests,
    make_things,
    own_requests,
    send,
)
from tests.house.test_roles import Member, a_member, member, membership, new_org
from tests.support import Api, TestClock, make_app, running

pytestmark = pytest.mark.thorough


@dataclass
class Asked(RolePolicy):
    """Remembers what it was asked about, refuses one of the times, and hides what it is told to."""

    about: list[Any] = field(default_factory=list)
    refuse_at: int = 0
    hidden: set[uuid.UUID] = field(default_factory=set)
    unreadable: set[uuid.UUID] = field(default_factory=set)
    untouchable: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def begin(self, refuse_at: int = 0) -> None:
        self.about, self.refuse_at = [], refuse_at

    def allows(self, access: Access, action: Action, record: Mapping[str, Any] | None) -> bool:
        self.about.append(msgspec.json.decode(msgspec.json.encode(record)))
        is_unreadable = record is not None and action.is_read and record["id"] in self.unreadable
        is_unreadable |= record is not None and str(record["id"]) in self.untouchable
        is_unreadable |= str(access.space.id) in self.untouchable  # which is in what it is asked with, too
        return len(self.about) != self.refuse_at and not is_unreadable and super().allows(access, action, record)

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG002  (the protocol's)
        return rows.c.id.not_in(self.hidden) if self.hidden else None


class OwnLabels(RolePolicy):
    """Shows everybody the labels that they made themselves, and everything else."""

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:
        return rows.c.created_by == access.principal.user_id if entity == "label" else None


@dataclass
class Served:
    policy: Asked
    api: Api
    own_labels: Api


@pytest.fixture(scope="module")
async def both(sqlite_url: str, postgres_url: str) -> AsyncIterator[dict[str, Served]]:
    """For each database an application with either policy."""
    policies = {"sqlite": Asked(), "postgresql": Asked()}

    def app(url: str, policy: RolePolicy) -> Any:
        sharing = Sharing(add_directly=True, across_tenants=True)
        settings, host = (
            TodoKitSettings(database_url=url, sharing=sharing),
            {"space": membership, "recipient": a_member},
        )
        return make_app(settings, clock=TestClock(), policy=policy, **host)

    async with (
        running(app(sqlite_url, policies["sqlite"])) as sqlite,
        running(app(postgres_url, policies["postgresql"])) as postgresql,
        running(app(sqlite_url, OwnLabels())) as sqlite_labels,
        running(app(postgres_url, OwnLabels())) as postgresql_labels,
    ):
        yield {
            "sqlite": Served(policies["sqlite"], sqlite, sqlite_labels),
            "postgresql": Served(policies["postgresql"], postgresql, postgresql_labels),
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, both: dict[str, Served]) -> Served:
    """An application whose policy is asked, and one that hides labels."""
    return anew(both[request.param])


@pytest.fixture
def asked(both: dict[str, Served]) -> Served:
    """The same on SQLite, for what a policy is asked: the database has no part in it."""
    return anew(both["sqlite"])


def anew(chosen: Served) -> Served:
    chosen.policy.begin()
    chosen.policy.hidden, chosen.policy.unreadable, chosen.policy.untouchable = set(), set(), set()
    return chosen


@each_write
async def test_each_time_that_a_policy_is_asked_it_can_refuse(asked: Served, operation: Operation) -> None:
    """Whatever it is asked about, the answer is 403 or 404 and nothing has changed."""
    policy = asked.policy
    refuse_at, is_done = 0, False

    while not is_done:
        owner = member(asked.api, new_org())
        things = await make_things(owner)
        before = await everything(owner)
        refuse_at += 1
        policy.begin(refuse_at)
        answer = await send(owner, operation, own_requests(operation, things)[0])
        is_done = len(policy.about) < refuse_at
        refused = {} if is_done else policy.about[refuse_at - 1] or {}
        policy.begin()
        if is_done:
            assert answer.is_success, answer.text
        elif answer.is_success:  # a label that cannot go along to another space is left behind
            assert "dropped" in answer.json() and refused.keys() >= {"name", "color"} and "position" not in refused  # noqa: PT018
        else:
            assert answer.status_code in {403, 404}, (refuse_at, answer.text)
            assert await everything(owner) == before
    assert refuse_at > 1, "it was never asked"


@each_operation
async def test_a_policy_is_asked_about_every_object_that_a_request_names(asked: Served, operation: Operation) -> None:
    """Whatever it refuses everything about is 403 or 404, in the path as well as in the body."""
    owner = member(asked.api, new_org())
    own, others = await make_things(owner), await make_things(owner)
    before = await everything(owner)
    # A filter of a page is not asked about: it finds nothing that the page does not show.
    naming = [
        one
        for one in foreign_requests(operation, own, others)
        if set(one.params) <= {"to", "todos"} and others["space"] not in one.path  # both are in that
    ]

    asked.policy.untouchable = {*others.values()} - {others["space"]}
    answers = [(request, await send(owner, operation, request)) for request in naming]
    asked.policy.untouchable = set()

    assert {answer.status_code for _, answer in answers} <= {403, 404}, answers
    assert await everything(owner) == before


async def test_reminders_of_a_todo_that_may_not_be_read_are_on_no_page(served: Served) -> None:
    owner = member(served.api, new_org())
    kept, shown = [await owner.todo(due={"date": "2199-01-01"}) for _ in range(2)]
    for todo in (kept, shown):
        await owner.post(f"/todos/{todo['id']}/reminders", {})

    served.policy.untouchable = {kept["id"]}

    assert [one["todo_id"] for one in (await owner.get("/reminders"))["items"]] == [shown["id"]]
    await owner.get(f"/todos/{kept['id']}/reminders", 404)


def is_asked_about(policy: Asked, shown: Mapping[str, Any]) -> bool:
    # The lock has drawn the next number of a space when the policy is asked, and nothing has moved yet.
    said = {name: value for name, value in shown.items() if name not in {"seq", "dropped"}}.items()
    return any(record is not None and said <= record.items() for record in policy.about)


def is_of_members(operation: Operation) -> bool:
    """Whether it is about members, or who may be one: the policy hears what is kept, no names, and no token."""
    named = ("member" in operation.name, "invitation" in operation.name)
    return any(named) or operation.name in {"leave_space", "transfer_space"}


@each_write
async def test_a_policy_is_asked_about_what_is_and_what_becomes_of_it(asked: Served, operation: Operation) -> None:
    owner = member(asked.api, new_org())
    things = await make_things(owner)
    for request in own_requests(operation, things)[:1]:
        path = "/".join(request.path.split("/")[:3])
        before = await owner.send("GET", path)
        asked.policy.begin()

        answer = await send(owner, operation, request)

        assert answer.is_success, answer.text
        if before.status_code == 200 and "version" in before.json() and not is_of_members(operation):  # not a page
            assert is_asked_about(asked.policy, before.json())
        if operation.name.startswith("restore_"):  # of what is in the trash there is nothing to be seen
            versions = {record["version"] for record in asked.policy.about if record is not None}
            assert answer.json()["version"] - 1 in versions
        is_own = "reminder" in operation.name or is_of_members(operation)
        if answer.content and "version" in answer.json() and not is_own:
            assert answer.json() != before.json()
            # What a label is merged into stays what it is.
            assert operation.name == "merge_label" or is_asked_about(asked.policy, answer.json())


@dataclass
class Shared:
    """Somebody who does not see a label of a colleague's, and the todos that carry it."""

    ann: Member
    bob: Member
    things: dict[str, str]
    label: str
    carriers: list[str]


async def shared(served: Served) -> Shared:
    org = new_org()
    ann, bob = member(served.own_labels, org), member(served.api, org)
    things, label = await make_things(ann), await bob.label("hidden")
    carriers = [things[name] for name in ("todo", "subtask", "recurring_todo", "neighbour")]
    for todo_id in carriers:
        await bob.put(f"/todos/{todo_id}/labels/{label['id']}")
    await bob.post(f"/todos/{things['trashed_todo']}/restore")
    await bob.put(f"/todos/{things['trashed_todo']}/labels/{label['id']}")
    await bob.delete(f"/todos/{things['trashed_todo']}")
    await bob.post(f"/todos/{things['recurring_todo']}/complete")
    return Shared(ann, bob, things, label["id"], [*carriers, things["trashed_todo"]])


@each_operation
async def test_a_hidden_label_is_shown_by_no_operation_and_taken_off_by_none(
    served: Served, operation: Operation
) -> None:
    space = await shared(served)

    for request in own_requests(operation, space.things)[:1]:
        answer = await send(space.ann, operation, request)

    # What goes to another space would lose it.
    assert answer.is_success or answer.json()["code"] == "hidden_parts", answer.text
    assert space.label not in answer.text
    for todo_id in space.carriers:
        seen = await space.bob.send("GET", f"/todos/{todo_id}")
        assert seen.status_code == 404 or space.label in seen.json()["label_ids"], todo_id


async def test_a_hidden_label_filters_as_one_that_is_not_there(served: Served) -> None:
    space = await shared(served)
    mine = space.things["label"]
    assert (await space.bob.get("/todos", label=space.label, count="exact"))["count"] == 4

    for statuses in ([], ["completed", "needs_action"]):
        for name, values in (
            ("label", [space.label]),
            ("label.all", [space.label]),
            ("label.all", [mine, space.label]),
        ):
            query: dict[str, Any] = {"count": "exact", "status": statuses, name: values}
            page = await space.ann.get("/todos", **query)
            assert (page["items"], page["count"]) == ([], 0), name
        either = await space.ann.get("/todos", count="exact", status=statuses, label=[mine, space.label])
        assert [one["id"] for one in either["items"]] == [space.things["todo"]]
        assert either["items"][0]["label_ids"] == [mine]
        everything = await space.ann.get("/todos", count="exact", status=statuses)
        for query in ({"label.not": [space.label]}, {"label.not": [uuid.uuid4()]}):
            assert (await space.ann.get("/todos", count="exact", status=statuses, **query)) == everything
        labelled = await space.ann.get("/todos", count="exact", status=statuses, no_label=False)
        assert labelled["items"] == [one for one in everything["items"] if one["label_ids"]]
        none = await space.ann.get("/todos", count="exact", status=statuses, no_label=True)
        assert none["items"] == [one for one in everything["items"] if not one["label_ids"]]


async def test_labels_are_changed_beside_one_that_is_hidden(served: Served) -> None:
    space = await shared(served)
    path, mine, other = f"/todos/{space.things['todo']}", space.things["label"], space.things["other_label"]

    assert (await space.ann.put(f"{path}/labels/{other}"))["label_ids"] == sorted([mine, other])
    assert (await space.ann.delete(f"{path}/labels/{mine}"))["label_ids"] == [other]
    assert (await space.ann.patch(path, {"label_ids": [mine]}))["label_ids"] == [mine]
    assert (await space.ann.patch(path, {"label_ids": []}))["label_ids"] == []
    await space.ann.patch(path, {"label_ids": [space.label]}, 404)
    await space.ann.send("PUT", f"{path}/labels/{space.label}")
    assert (await space.ann.send("DELETE", f"{path}/labels/{space.label}")).status_code == 404

    assert (await space.bob.get(path))["label_ids"] == [space.label]


async def test_a_todo_is_not_restored_below_or_beside_a_parent_that_is_hidden(served: Served) -> None:
    ann = member(served.api, new_org())
    parent = await ann.todo("parent")
    child = await ann.todo("child", parent_id=parent["id"])
    await ann.delete(f"/todos/{child['id']}")
    served.policy.hidden = {uuid.UUID(parent["id"])}

    assert (await ann.post(f"/todos/{child['id']}/restore", expect=404))["code"] == "todo_not_found"

    served.policy.hidden = set()
    assert (await ann.post(f"/todos/{child['id']}/restore"))["parent_id"] == parent["id"]


async def test_a_stored_answer_is_sent_without_a_label_that_is_hidden_since(served: Served) -> None:
    ann = member(served.api, new_org())
    things = await make_things(ann)
    path, label = f"/todos/{things['todo']}", things["label"]
    key = {"Idempotency-Key": "once"}
    first = await ann.send("PATCH", path, {"title": "x"}, headers=key)
    served.policy.hidden = {uuid.UUID(label)}

    again = await ann.send("PATCH", path, {"title": "x"}, headers=key)

    assert first.json()["label_ids"] == [label]
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == {**first.json(), "label_ids": []} == await ann.get(path)
    assert again.headers["content-length"] == str(len(again.content))


@pytest.mark.parametrize(
    ("method", "path", "hidden"),
    [
        ("PUT", "/todos/{neighbour}/labels/{label}", "label"),
        ("DELETE", "/todos/{todo}/labels/{label}", "label"),
        ("DELETE", "/todos/{todo}", "todo"),
        ("POST", "/todos/{todo}/duplicate", "todo"),
        ("DELETE", "/lists/{list}", "list"),
        ("DELETE", "/todos/{todo}/reminders/{reminder}", "todo"),
    ],
)
async def test_a_stored_answer_is_not_sent_when_what_the_path_names_is_hidden(
    served: Served, method: str, path: str, hidden: str
) -> None:
    ann = member(served.api, new_org())
    things = await make_things(ann)
    key = {"Idempotency-Key": "once"}
    first = await ann.send(method, path.format(**things), headers=key)
    served.policy.hidden = {uuid.UUID(things[hidden])}
    refused = await ann.send(method, path.format(**things), headers=key)
    served.policy.hidden = set()

    assert first.is_success, first.text
    assert refused.status_code == 404, refused.text
    assert (await ann.send(method, path.format(**things), headers=key)).content == first.content


async def test_a_role_that_may_add_and_not_read_can_add_below_what_it_names(sqlite_url: str) -> None:
    grants = {"bot": {Action.CREATE_TODO}}
    app = make_app(TodoKitSettings(database_url=sqlite_url), space=membership, policy=RolePolicy(grants))
    async with running(app) as api:
        owner = member(api, new_org())
        home, label = await owner.list(), await owner.label("bots")
        parent = await owner.todo(list_id=home["id"])
        bot = member(api, owner.org, "bot")

        created = await bot.todo(parent_id=parent["id"], list_id=home["id"], label_ids=[label["id"]])

    assert created["parent_id"] == parent["id"]


CREATIONS = [
    ("/todos", {"title": "x"}),
    ("/lists", {"name": "x"}),
    ("/labels", {"name": "x"}),
    ("/todos/{todo}/complete", None),
    ("/todos/{todo}/duplicate", None),
    ("/todos/{todo}/reminders", {"minutes_before": 5}),
    ("/lists/{list}/archive", None),
    ("/labels/{label}/merge", {"into": "{other_label}"}),
]


@pytest.mark.parametrize(("path", "body"), CREATIONS)
@pytest.mark.parametrize("how", ["hidden", "unreadable"])
async def test_a_stored_answer_is_not_sent_when_its_object_is_hidden(
    served: Served, path: str, body: Any, how: str
) -> None:
    ann = member(served.api, new_org())
    things = await make_things(ann)
    filled = body and {
        name: value.format(**things) if isinstance(value, str) else value for name, value in body.items()
    }

    async def send() -> Any:
        return await ann.send("POST", path.format(**things), filled, headers={"Idempotency-Key": "once"})

    first = await send()
    shown = first.json().get("todo_id") or first.json()["id"]
    setattr(served.policy, how, {uuid.UUID(shown)})
    refused = await send()
    setattr(served.policy, how, set())

    assert first.is_success, first.text
    assert refused.status_code == 404, refused.text
    assert (await send()).content == first.content


async def test_a_stored_answer_is_sent_when_its_object_is_gone(served: Served) -> None:
    ann = member(served.api, new_org())
    key = {"Idempotency-Key": "once"}
    first = await ann.send("POST", "/todos", {"title": "x"}, headers=key)
    await ann.delete(f"/todos/{first.json()['id']}")

    assert (await ann.send("POST", "/todos", {"title": "x"}, headers=key)).content == first.content
    await ann.delete("/trash")
    served.policy.hidden = {uuid.uuid4()}
    assert (await ann.send("POST", "/todos", {"title": "x"}, headers=key)).content == first.content
