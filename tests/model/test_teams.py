"""Whatever five users do with four spaces that they share: each of them sees what a model says, and nothing else.

The model knows only the documentation: who may do what, and who is in a space by the space above it.
"""

import asyncio
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant

from fastapi_todo_kit import TodoKitSettings, erase_user, run_due
from tests.invariants import assert_invariants
from tests.support import Api, make_app, running
from tests.walking import explore, number, one_of, thrown

pytestmark = [pytest.mark.thorough, pytest.mark.survival]

T = TypeVar("T")
ROLES = ["viewer", "commenter", "completer", "contributor", "editor", "admin", "owner"]
USERS, SPACES = 5, 4
Answer = tuple[int, str | None]
NOT_FOUND: Answer = (404, "space_not_found")
FORBIDDEN: Answer = (403, "forbidden")


@dataclass
class Item:
    """What a todo is by the model."""

    id: str
    made_by: str | None
    assignees: set[str]


@dataclass
class Team:
    """What a space is by the model."""

    id: str
    members: dict[str, str]
    above: "Team | None" = None
    is_trashed: bool = False
    is_of_list: bool = False
    todos: dict[str, Item] = field(default_factory=dict)
    """By their titles."""

    def role_of(self, user: str) -> str | None:
        """What a user is here: at most an editor by the space above."""
        if self.is_trashed:
            return None
        if user in self.members:
            return self.members[user]
        if self.above is None or self.above.is_trashed or user not in self.above.members:
            return None
        return min(self.above.members[user], "editor", key=ROLES.index)

    def has(self, user: str) -> bool:
        """Whether a user is a member, though the space may be in the trash."""
        inherited = {} if self.above is None or self.above.is_trashed else self.above.members
        return user in self.members or user in inherited

    @property
    def owners(self) -> list[str]:
        return [user for user, role in self.members.items() if role == "owner"]


@dataclass
class World:
    """What all walks share."""

    runner: asyncio.Runner
    api: Api
    settings: TodoKitSettings

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    def ask(self, user: str, method: str, path: str, body: Any = None) -> Any:
        return self.run(Api(self.api.client, user).send(method, path, body))


class Sharing(RuleBasedStateMachine):
    """Users make spaces, let others in and out, and write into them."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        mark = uuid.uuid4().hex
        self.users = [f"user-{n}-{mark}" for n in range(USERS)]
        self.teams: list[Team] = []
        self.dice = Random(0)
        self.made = 0

    def ask(self, user: str, method: str, path: str, body: Any = None) -> Answer:
        answer = self.world.ask(user, method, path, body)
        self.last = answer
        return answer.status_code, None if answer.is_success else answer.json()["code"]

    def pick(self, user: int, space: int) -> tuple[str, Team | None]:
        return self.users[user], self.teams[-1 - space % len(self.teams)] if self.teams else None

    @thrown(5, user=number(0, USERS - 1), above=number(0, SPACES - 1, or_none=True))
    def make(self, user: int, above: int | None) -> None:
        """Make a space, where there are not enough that anybody is left in."""
        name, parent = self.pick(user, above or 0)
        living = [team for team in self.teams if not team.is_trashed]
        if len(living) >= SPACES:
            return
        if above is not None and parent is not None and parent.owners:
            name = parent.owners[0]  # or hardly anything would ever be below anything
        body = {"name": "a team"} | ({} if above is None or parent is None else {"inherits_id": parent.id})
        answer = self.ask(name, "POST", "/spaces", body)
        if "inherits_id" in body and parent is not None:
            if parent.role_of(name) != "owner":
                assert answer == NOT_FOUND
                return
            if parent.above is not None:
                assert answer == (409, "inheritance_too_deep")
                return
        assert answer == (201, None)
        self.teams.append(Team(self.last.json()["id"], {name: "owner"}, parent if "inherits_id" in body else None))

    @thrown(
        12,
        actor=number(0, USERS - 1),
        space=number(0, SPACES - 1),
        user=number(0, USERS - 1),
        role=one_of(*ROLES, "admin", "admin"),
    )
    def put(self, actor: int, space: int, user: int, role: str) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        other = self.users[user]
        answer = self.ask(me, "PUT", f"/spaces/{team.id}/members/{other}", {"role": role})
        assert answer == self.expected_of_put(team, me, other, role), (me, other, role)
        if answer == (200, None):
            team.members[other] = role

    def expected_of_put(self, team: Team, me: str, other: str, role: str) -> Answer:
        mine, present = team.role_of(me), team.members.get(other)
        if mine is None:
            return NOT_FOUND
        if me == other:
            return (409, "not_oneself")
        if mine not in {"admin", "owner"}:
            return FORBIDDEN
        present = present or team.role_of(other)
        if mine == "admin" and (role == "owner" or present in {"admin", "owner"}):
            return (403, "role_too_high")
        return (409, "last_owner") if team.owners == [other] and role != "owner" else (200, None)

    @thrown(3, actor=number(0, USERS - 1), space=number(0, SPACES - 1), user=number(0, USERS - 1))
    def remove(self, actor: int, space: int, user: int) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        other = self.users[user]
        answer = self.ask(me, "DELETE", f"/spaces/{team.id}/members/{other}")
        mine, present = team.role_of(me), team.members.get(other)
        if mine is None:
            assert answer == NOT_FOUND
        elif mine not in {"admin", "owner"}:
            assert answer == FORBIDDEN
        elif present is None:
            assert answer == (404, "member_not_found")
        elif me == other:
            assert answer == (409, "not_oneself")
        elif mine == "admin" and present in {"admin", "owner"}:
            assert answer == (403, "role_too_high")
        elif team.owners == [other]:
            assert answer == (409, "last_owner")
        else:
            assert answer == (204, None)
            self.take_off(team, other)

    @thrown(3, actor=number(0, USERS - 1), space=number(0, SPACES - 1))
    def leave(self, actor: int, space: int) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        answer = self.ask(me, "POST", f"/spaces/{team.id}/leave")
        if team.role_of(me) is None:
            assert answer == NOT_FOUND
        elif me not in team.members:
            assert answer == (404, "member_not_found")
        elif team.owners == [me]:
            assert answer == (409, "last_owner")
        else:
            assert answer == (204, None)
            self.take_off(team, me)

    def take_off(self, team: Team, *users: str) -> None:
        """Let users be no members by themselves any more, who are to do nothing here and below if they are none at all.

        Without any, whoever is none is to do nothing. Who is none while the space above is in the trash may come back.
        """
        for user in users:
            team.members.pop(user, None)
        self.world.run(run_due(self.world.settings))
        for one in self.teams:
            if one is team or one.above is team:
                for todo in one.todos.values():
                    todo.assignees -= {user for user in users or self.users if not one.has(user)}

    @thrown(2, actor=number(0, USERS - 1), space=number(0, SPACES - 1), user=number(0, USERS - 1))
    def transfer(self, actor: int, space: int, user: int) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        other = self.users[user]
        answer = self.ask(me, "POST", f"/spaces/{team.id}/transfer", {"user_id": other})
        if team.role_of(me) is None:
            assert answer == NOT_FOUND
        elif team.role_of(me) != "owner":
            assert answer == FORBIDDEN
        elif other not in team.members:
            assert answer == (404, "member_not_found")
        elif me == other:
            assert answer == (409, "not_oneself")
        else:
            assert answer == (200, None)
            team.members |= {other: "owner", me: "admin"}

    @thrown(2, actor=number(0, USERS - 1), space=number(0, SPACES - 1))
    def trash(self, actor: int, space: int) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        answer = self.ask(me, "DELETE", f"/spaces/{team.id}")
        if team.role_of(me) is None:
            assert answer == NOT_FOUND
        elif team.role_of(me) != "owner":
            assert answer == FORBIDDEN
        else:
            assert answer == (204, None)
            team.is_trashed = True

    @thrown(4, actor=number(0, USERS - 1), space=number(0, SPACES - 1))
    def restore(self, actor: int, space: int) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        answer = self.ask(me, "POST", f"/spaces/{team.id}/restore")
        was, team.is_trashed = team.is_trashed, False
        role = team.role_of(me)
        team.is_trashed = was
        if role is None or (not was and role == "owner"):
            assert answer == NOT_FOUND
        elif role != "owner":
            assert answer == (FORBIDDEN if was else NOT_FOUND)
        else:
            assert answer == (200, None)
            team.is_trashed = False

    @thrown(1, actor=number(0, USERS - 1), space=number(0, SPACES - 1))
    def detach(self, actor: int, space: int) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        answer = self.ask(me, "PATCH", f"/spaces/{team.id}", {"inherits_id": None})
        if team.role_of(me) is None:
            assert answer == NOT_FOUND
        elif team.role_of(me) not in {"admin", "owner"}:
            assert answer in {FORBIDDEN, (403, "role_too_high")}
        elif team.role_of(me) == "admin":
            assert answer == (403, "role_too_high")
        else:
            assert answer == (200, None)
            team.above = None
            self.take_off(team)

    @thrown(
        9,
        actor=number(0, USERS - 1),
        space=number(0, SPACES - 1),
        user=number(0, USERS - 1, or_none=True),
    )
    def write(self, actor: int, space: int, user: int | None) -> None:
        me, team = self.pick(actor, space)
        if team is None:
            return
        title, assignees = self.new_title(), [] if user is None else [self.users[user]]
        answer = self.ask(me, "POST", f"/todos?space={team.id}", {"title": title, "assignees": assignees})
        least = "editor" if assignees else "contributor"
        if (role := team.role_of(me)) is None:
            assert answer == NOT_FOUND
        elif ROLES.index(role) < ROLES.index(least):
            assert answer == FORBIDDEN
        elif not all(map(team.has, assignees)):
            assert answer == (422, "not_a_member")
        else:
            assert answer == (201, None)
            team.todos[title] = Item(self.last.json()["id"], me, {*assignees})

    def new_title(self) -> str:
        self.made += 1
        return f"todo {self.made}"

    @thrown(9, actor=number(0, USERS - 1), space=number(0, SPACES - 1), to=number(0, SPACES - 1), todo=number(0, 9))
    def move(self, actor: int, space: int, to: int, todo: int) -> None:
        full = [one for one in self.teams if one.todos]
        pairs = [(one, other) for one in full for other in self.teams if one is not other]
        tries = [(one, other, user) for one, other in pairs for user in self.users]
        able = [(one, other, user) for one, other, user in tries if may_write(one, user) and may_write(other, user)]
        if todo % 3 and able:
            tries = able  # or hardly anybody could ever do it
        if not tries:
            return
        team, target, me = tries[(actor + USERS * (space + SPACES * to)) % len(tries)]
        title = [*team.todos][todo % len(team.todos)]
        item = team.todos[title]
        path = f"/todos/{item.id}"
        answer = self.ask(me, "POST", f"{path}/move?space={team.id}", {"space_id": target.id})
        assert answer == self.expected_of_move(team, target, me, item), (me, title)
        if answer != (200, None):
            return
        gone = {one for one in item.assignees if not target.has(one)}
        assert {*self.last.json()["dropped"]["assignees"]} == gone
        item.assignees -= gone
        target.todos[title] = team.todos.pop(title)
        for user in self.users:
            old = self.ask(user, "GET", f"{path}?space={team.id}")
            if team.role_of(user) is None:
                assert old == NOT_FOUND
            else:
                assert old == ((308, "moved_elsewhere") if target.role_of(user) else (404, "todo_not_found"))

    def expected_of_move(self, team: Team, target: Team, me: str, item: Item) -> Answer:
        role, there = team.role_of(me), target.role_of(me)
        if role is None:
            return NOT_FOUND
        is_own = role == "contributor" and (item.made_by == me or me in item.assignees)
        if ROLES.index(role) < ROLES.index("editor") and not is_own:
            return FORBIDDEN
        if there is None:
            return NOT_FOUND
        return FORBIDDEN if ROLES.index(there) < ROLES.index("contributor") else (200, None)

    @thrown(3, actor=number(0, USERS - 1), space=number(0, SPACES - 1))
    def share(self, actor: int, space: int) -> None:
        """Share a list of a space, where there are not enough spaces that anybody is left in."""
        me, team = self.pick(actor, space)
        if team is None or len([one for one in self.teams if not one.is_trashed]) >= SPACES + 1:
            return
        role = team.role_of(me)
        answer = self.ask(me, "POST", f"/lists?space={team.id}", {"name": "a list"})
        if role is None or ROLES.index(role) < ROLES.index("editor"):
            assert answer == (NOT_FOUND if role is None else FORBIDDEN)
            return
        if team.is_of_list:
            assert answer == (409, "space_holds_one_list")
            return
        assert answer == (201, None)
        made, title = self.last.json()["id"], self.new_title()
        assert self.ask(me, "POST", f"/todos?space={team.id}", {"title": title, "list_id": made}) == (201, None)
        team.todos[title] = Item(self.last.json()["id"], me, set())
        answer = self.ask(me, "POST", f"/lists/{made}/share?space={team.id}", {})
        if role == "editor":
            assert answer == FORBIDDEN
            return
        assert answer == (200, None)
        shared = Team(self.last.json()["space_id"], {me: "owner"}, is_of_list=True)
        shared.todos[title] = team.todos.pop(title)
        self.teams.append(shared)

    @thrown(1, user=number(0, USERS - 1), sole_owner=one_of("promote", "delete"))
    def erase(self, user: int, sole_owner: Any) -> None:
        gone = self.users[user]
        self.world.run(erase_user(self.world.settings, gone, sole_owner=sole_owner))
        for team in self.teams:
            if team.owners == [gone] and not team.is_trashed:
                heirs = [one for role in ("admin", "editor") for one in team.members if team.members[one] == role]
                if sole_owner == "promote" and heirs:
                    self.take_heir(team, heirs)
                else:
                    team.is_trashed = True
            team.members.pop(gone, None)
            for todo in team.todos.values():
                todo.assignees.discard(gone)
                todo.made_by = None if todo.made_by == gone else todo.made_by

    def take_heir(self, team: Team, heirs: list[str]) -> None:
        """Who has been there for longest is not in the model: one of those of the higher role."""
        role = team.members[heirs[0]]
        (heir,) = [
            one
            for one in heirs
            if team.members[one] == role and self.world.ask(one, "GET", f"/spaces/{team.id}").json()["role"] == "owner"
        ]
        team.members[heir] = "owner"

    @invariant()
    def everybody_sees_what_the_model_says(self) -> None:
        for user in self.users:
            page = self.world.ask(user, "GET", "/spaces").json()["items"]
            seen = {one["id"]: one["role"] for one in page if one["kind"] == "team"}
            assert seen == {team.id: role for team in self.teams if (role := team.role_of(user))}, user
            visible = [team for team in self.teams if team.role_of(user)]
            answer = self.world.ask(user, "GET", "/todos?space=all&limit=200&count=exact").json()
            found = {(one["space_id"], one["title"], one["id"]) for one in answer["items"]}
            assert found == {(team.id, title, one.id) for team in visible for title, one in team.todos.items()}, user
            assert answer["count"] == len(answer["items"]) == len(found), user
        if self.teams:
            user, team = self.dice.choice(self.users), self.dice.choice(self.teams)
            answer = self.world.ask(user, "GET", f"/todos?space={team.id}&limit=200&count=exact")
            if team.role_of(user) is None:
                assert (answer.status_code, answer.json()["code"]) == NOT_FOUND
            else:
                shown = {one["title"]: (one["id"], {*one["assignees"]}) for one in answer.json()["items"]}
                assert shown == {title: (one.id, one.assignees) for title, one in team.todos.items()}
                assert all(one["space_id"] == team.id for one in answer.json()["items"])
                assert answer.json()["count"] == len(team.todos)


def may_write(team: Team, user: str) -> bool:
    return ROLES.index(team.role_of(user) or "viewer") >= ROLES.index("editor")


def test_everybody_sees_what_is_shared_with_him_and_nothing_else(database: TodoKitSettings) -> None:
    with asyncio.Runner() as runner:
        application = running(make_app(database))
        Sharing.world = World(runner, runner.run(application.__aenter__()), database)
        try:
            explore(Sharing, walks=3, steps=150, examples=1_000)
            runner.run(assert_invariants(database))
        finally:
            runner.run(application.__aexit__(None, None, None))
