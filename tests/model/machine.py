"""Five users of changing roles do whatever can be done in one space, and the model says what must come of it."""

import copy
import uuid
from collections.abc import Callable
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.model.driver import (
    DAY,
    WRITERS,
    Driver,
    flags,
    intervals,
    numbers,
    offsets,
    shown_due,
    shown_rule,
    tags,
    users,
)
from tests.model.office import USERS, Office
from tests.model.things import Reminder, Todo
from tests.model.world import World
from tests.walking import number, one_of, thrown

ROLES = ("viewer", "commenter", *WRITERS)
KEPT_HOURS = 24
TITLES = ("tea", "milk", "İstanbul", "ß", "🫖")
NAMES = ("home", "Home", "work")


def machine_of(office: Office) -> type[RuleBasedStateMachine]:
    """Return the machine on an application."""

    class Machine(TodoMachine):
        def __init__(self) -> None:
            super().__init__(office)

    return Machine


class TodoMachine(Driver):
    """The rules: whatever somebody can do."""

    @initialize()
    def begin(self) -> None:
        """Two lists, a tree, a todo that recurs with subtasks, labels: what most of the verbs are about."""
        self.office.organisation.key = f"org-{uuid.uuid4().hex}"
        self.roles.update(dict.fromkeys(USERS, "owner"))
        first = self.office.send(USERS[0], "POST", "/todos", {"title": "first"}).json()
        self.world = World(first["list_id"])
        self.world.add(Todo(first["id"], "first", ""), None)
        self._create_list(USERS[0], key=False)
        for name in NAMES[1:]:
            self._create_label(USERS[0], name, key=False)
        for title, parent, every in (
            ("child", 0, None),
            ("grandchild", 1, None),
            ("other", 0, None),
            ("daily", None, 1),
        ):
            self._create(title, parent, every)
        self._create("of the daily one", 4, None)
        self._create("weekly below", 4, 7)
        first, *_, daily = (one.id for one in self.world.todos.values() if one.parent is None)
        self.do(USERS[0], "PATCH", f"/todos/{first}", {"due": shown_due(self.day(4))}, self._due_in(first, 4))
        for user, todo, days in ((USERS[0], first, 0), (USERS[0], first, 2), (USERS[1], daily, 0)):
            self._remind(user, todo, days, key=False)
        self.roles.update(zip(USERS, ("owner", "editor", "viewer", "admin", "editor"), strict=True))

    def _create(self, title: str, parent: int | None, every: int | None) -> None:
        where, number = "list" if parent is None else "parent", (1 if parent is None else parent) * 4 + 1
        days = 1 if every else None
        self._create_todo(USERS[0], where, number, title, days, every, label=len(self.world.todos) * 4 + 1, key=False)

    # Roles, time, repetition

    @thrown(user=users, role=one_of(*WRITERS, *WRITERS, *ROLES))
    def change_role(self, user: str, role: str) -> None:
        self.roles[user] = role

    @thrown(hours=number(1, 60))
    def wait(self, hours: int) -> None:
        self.office.clock.advance(hours=hours)
        self.ages = [age + hours for age in self.ages]
        kept = [one for one, age in zip(self.sent, self.ages, strict=True) if age < KEPT_HOURS]
        self.sent, self.ages = kept, [age for age in self.ages if age < KEPT_HOURS]

    @precondition(lambda self: self.sent)
    @thrown(number=numbers, changed=flags)
    def repeat(self, number: int, changed: bool) -> None:
        """What was done with a key is done once, whatever has become of it since."""
        user, method, path, body, key, first = self.sent[number % len(self.sent)]
        if changed:
            named = next((name for name in ("title", "name") if name in (body or {})), None)
            if named is None:
                return
            body = {**body, named: "another"}
        answer = self.office.send(user, method, path, body, **{"Idempotency-Key": key})
        if answer.status_code == 403:
            return  # the right to it is gone
        if changed:
            assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
        else:
            assert (answer.status_code, answer.content) == (first.status_code, first.content)
            assert answer.headers["idempotency-replayed"] == "true"

    # Lists

    @thrown(user=users, key=flags)
    def create_list(self, user: str, key: bool) -> None:
        self._create_list(user, key=key)

    def _create_list(self, user: str, *, key: bool) -> None:
        list_id = str(uuid.uuid7() if hasattr(uuid, "uuid7") else uuid.uuid4())
        if len(self.world.lists) < 6:
            self.do(
                user,
                "POST",
                "/lists",
                {"id": list_id, "name": "a list"},
                lambda w: w.add_list(list_id, "a list"),
                key=key,
            )

    @thrown(user=users, number=numbers, tag=tags, verb=one_of("archive", "unarchive", "restore"))
    def change_list(self, user: str, number: int, tag: str, verb: str) -> None:
        trashed = {one.id: one for one in self.world.lists.values() if one.deleted_with}
        one = self.pick(trashed if verb == "restore" and trashed else self.world.lists, number)
        action = {"archive": World.archive, "unarchive": World.unarchive, "restore": World.restore_list}[verb]
        self.do(user, "POST", f"/lists/{one}/{verb}", None, lambda w: action(w, one), tag=tag)

    @thrown(user=users, number=numbers, other=numbers, moves=flags, tag=tags)
    def delete_list(self, user: str, number: int, other: int, moves: bool, tag: str) -> None:
        one, to = self.pick(self.world.lists, number), self.pick(self.world.lists, other) if moves else None
        query = f"?todos=move&to={to}" if to else ""
        self.do(user, "DELETE", f"/lists/{one}{query}", None, lambda w: w.delete_list(one, to), tag=tag)

    @thrown(user=users, number=numbers, key=flags)
    def duplicate_list(self, user: str, number: int, key: bool) -> None:
        one = self.pick(self.world.lists, number)
        if len(self.world.lists) < 6 and len(self.world.todos) < 60:
            answer = self.do(user, "POST", f"/lists/{one}/duplicate", None, lambda w: w.living_list(one), key=key)
            if answer is not None:
                self.world.duplicate_list(one, answer["id"], user, self.now)
                self.adopt(answer["id"], user)

    # Todos

    @thrown(
        user=users,
        where=one_of("inbox", "list", *["parent"] * 4),
        number=numbers,
        title=one_of(*TITLES),
        days=offsets,
        every=intervals,
        label=number(0, 239, or_none=True),
        key=flags,
    )
    def create_todo(self, **arguments: Any) -> None:
        self._create_todo(**arguments)

    def _create_todo(  # noqa: PLR0917  (one for each field)
        self,
        user: str,
        where: str,
        number: int,
        title: str,
        days: int | None,
        every: int | None,
        label: int | None,
        key: bool,
    ) -> None:
        todo = Todo(str(uuid.uuid4()), title, "", due=self.day(days), every=every)
        body: dict[str, Any] = {
            "id": todo.id,
            "title": title,
            "due": shown_due(todo.due),
            "recurrence": shown_rule(every),
        }
        list_id = None
        if label is not None and self.world.labels:
            todo.labels = {self.pick(self.world.labels, label)}
            body["label_ids"] = sorted(todo.labels)
        if where == "list":
            body["list_id"] = list_id = self.pick(self.world.lists, number)
        elif where == "parent" and self.world.todos:
            body["parent_id"] = todo.parent = self.pick(self.world.todos, number)
        self.do(user, "POST", "/todos", body, lambda w: w.add(copy.deepcopy(todo), list_id), key=key)

    @precondition(lambda self: self.world.todos)
    @thrown(user=users, number=numbers, days=offsets, tag=tags)
    def change_due(self, user: str, number: int, days: int | None, tag: str) -> None:
        one, due = self.pick(self.world.todos, number), self.day(days)
        self.do(user, "PATCH", f"/todos/{one}", {"due": shown_due(due)}, self._due_in(one, days), tag=tag)
        self._look_at_reminders(one)

    def _due_in(self, todo: str, days: int | None) -> Callable[[World], None]:
        due, now = self.day(days), self.now
        return lambda world: world.set_due(todo, due, now)

    @precondition(lambda self: self.world.todos)
    @thrown(user=users, number=numbers, every=intervals, tag=tags)
    def change_rule(self, user: str, number: int, every: int | None, tag: str) -> None:
        one = self.pick(self.world.todos, number)
        body = {"recurrence": shown_rule(every)}
        self.do(user, "PATCH", f"/todos/{one}", body, lambda w: w.set_every(one, every), tag=tag)

    @precondition(lambda self: self.world.todos)
    @thrown(user=users, number=numbers, tag=tags)
    def begin_work(self, user: str, number: int, tag: str) -> None:
        one = self.pick(self.world.todos, number)
        self.do(user, "PATCH", f"/todos/{one}", {"status": "in_progress"}, lambda w: w.start(one), tag=tag)

    @precondition(lambda self: self.world.todos)
    @thrown(4, user=users, number=numbers, verb=one_of("complete", "cancel", "reopen"), tag=tags, key=flags)
    def close_or_reopen(self, user: str, number: int, verb: str, tag: str, key: bool) -> None:
        self._act(user, self.pick(self.world.todos, number), verb, tag, key=key)

    @precondition(lambda self: any(one.every for one in self.world.todos.values()))
    @thrown(8, user=users, number=numbers, verb=one_of("complete", "skip", "undo", "undo"), tag=tags, key=flags)
    def end_occurrence(self, user: str, number: int, verb: str, tag: str, key: bool) -> None:
        recurring = {one.id: one for one in self.world.todos.values() if one.every}
        undoable = {one.id: one for one in recurring.values() if one.before}
        self._act(user, self.pick(undoable if verb == "undo" and undoable else recurring, number), verb, tag, key=key)

    @precondition(lambda self: any(one.deleted_with for one in self.world.todos.values()))
    @thrown(user=users, number=numbers, tag=tags, key=flags)
    def restore_todo(self, user: str, number: int, tag: str, key: bool) -> None:
        trashed = {one.id: one for one in self.world.todos.values() if one.deleted_with}
        self._act(user, self.pick(trashed, number), "restore", tag, key=key)

    @precondition(lambda self: self.world.todos)
    @thrown(user=users, number=numbers, tag=tags)
    def delete_todo(self, user: str, number: int, tag: str) -> None:
        one = self.pick(self.world.todos, number)
        self.do(user, "DELETE", f"/todos/{one}", None, lambda w: w.delete(one), tag=tag)

    def _act(self, user: str, one: str, verb: str, tag: str, *, key: bool) -> None:
        now = self.now
        actions: dict[str, Callable[[World], None]] = {
            "complete": lambda w: w.complete(one, now),
            "skip": lambda w: w.skip(one, now),
            "undo": lambda w: w.undo(one, now),
            "cancel": lambda w: w.cancel(one),
            "reopen": lambda w: w.reopen(one),
            "restore": lambda w: w.restore(one),
        }
        self.do(user, "POST", f"/todos/{one}/{verb}", None, actions[verb], tag=tag, key=key)

    @precondition(lambda self: self.world.todos)
    @thrown(user=users, number=numbers, key=flags)
    def duplicate_todo(self, user: str, number: int, key: bool) -> None:
        one = self.pick(self.world.todos, number)
        path = f"/todos/{one}/duplicate"
        if len(self.world.todos) < 60 and self.do(
            user, "POST", path, None, lambda w: w.duplicate(one, user, self.now), key=key
        ):
            self.adopt(self.world.todos[one].list_id, user)

    @precondition(lambda self: self.world.todos)
    @thrown(
        4,
        user=users,
        number=numbers,
        to=one_of("list_id", "parent_id", "parent_id", "before", "after"),
        other=numbers,
        tag=tags,
        key=flags,
    )
    def move_todo(self, *, user: str, number: int, to: str, other: int, tag: str, key: bool) -> None:
        one = self.pick(self.world.todos, number)
        target = self.pick(self.world.lists, other) if to == "list_id" else self.pick_near(one, other)
        actions: dict[str, Callable[[World], None]] = {
            "list_id": lambda w: w.move_to_list(one, target),
            "parent_id": lambda w: w.move_below(one, target),
            "before": lambda w: w.move_beside(one, target, before=True),
            "after": lambda w: w.move_beside(one, target, before=False),
        }
        self.do(user, "POST", f"/todos/{one}/move", {to: target}, actions[to], tag=tag, key=key)

    # Labels

    @thrown(user=users, name=one_of(*NAMES), key=flags)
    def create_label(self, user: str, name: str, key: bool) -> None:
        self._create_label(user, name, key=key)

    def _create_label(self, user: str, name: str, *, key: bool) -> None:
        label_id = str(uuid.uuid4())
        body = {"id": label_id, "name": name}
        self.do(user, "POST", "/labels", body, lambda w: w.name_label(label_id, name), key=key)

    @precondition(lambda self: self.world.labels)
    @thrown(user=users, number=numbers, name=one_of(*NAMES), tag=tags)
    def rename_label(self, user: str, number: int, name: str, tag: str) -> None:
        one = self.pick(self.world.labels, number)
        self.do(user, "PATCH", f"/labels/{one}", {"name": name}, lambda w: w.name_label(one, name), tag=tag)

    @precondition(lambda self: self.world.labels and self.world.todos)
    @thrown(user=users, number=numbers, label=numbers, puts=flags, tag=tags)
    def label_todo(self, user: str, number: int, label: int, puts: bool, tag: str) -> None:
        one, of = self.pick(self.world.todos, number), self.pick(self.world.labels, label)
        action = World.put_label if puts else World.drop_label
        path = f"/todos/{one}/labels/{of}"
        self.do(user, "PUT" if puts else "DELETE", path, None, lambda w: action(w, one, of), tag=tag)

    @precondition(lambda self: self.world.labels)
    @thrown(user=users, number=numbers, into=number(0, 239, or_none=True), tag=tags, key=flags)
    def remove_label(self, user: str, number: int, into: int | None, tag: str, key: bool) -> None:
        one = self.pick(self.world.labels, number)
        if into is None:
            self.do(user, "DELETE", f"/labels/{one}", None, lambda w: w.remove_label(one), tag=tag)
            return
        other = self.pick(self.world.labels, into)
        path, body = f"/labels/{one}/merge", {"into": other}
        self.do(user, "POST", path, body, lambda w: w.remove_label(one, other), tag=tag, key=key)

    # Reminders

    @precondition(lambda self: self.world.todos)
    @thrown(user=users, number=numbers, days=number(0, 2), key=flags)
    def remind(self, user: str, number: int, days: int, key: bool) -> None:
        dated = {one.id: one for one in self.world.todos.values() if one.due}
        self._remind(user, self.pick(dated or self.world.todos, number), days, key=key)

    def _remind(self, user: str, todo: str, days: int, *, key: bool) -> None:
        made = Reminder(str(uuid.uuid4()), user, todo, days)
        path, body = f"/todos/{made.todo}/reminders", {"id": made.id, "minutes_before": days * DAY}
        self.do(user, "POST", path, body, lambda w: w.remind(copy.copy(made), self.now), key=key, of=ROLES)

    @precondition(lambda self: self.world.reminders)
    @thrown(user=users, number=numbers, dismisses=flags)
    def end_reminder(self, user: str, number: int, dismisses: bool) -> None:
        """Its own user may, whatever the role; of another's nobody knows."""
        one = self.world.reminders[self.pick(self.world.reminders, number)]
        user = one.user if number % 2 else user
        path = f"/todos/{one.todo}/reminders/{one.id}"
        if dismisses:
            self.do(user, "POST", f"{path}/dismiss", None, lambda w: w.dismiss(one.id, user), of=ROLES)
        else:
            self.do(user, "DELETE", path, None, lambda w: w.forget(one.id, user), of=ROLES)

    @rule()
    def work(self) -> None:
        """A worker tells everybody once."""
        expected = self.world.work(self.now)
        told = self.office.work()
        assert sorted(str(one.reminder_id) for one in told) == sorted(expected)
        assert {one.title for one in told} <= {todo.title for todo in self.world.todos.values()}

    @precondition(lambda self: self.world.reminders)
    @thrown(number=numbers)
    def look_at_reminders(self, number: int) -> None:
        self._look_at_reminders(self.world.reminders[self.pick(self.world.reminders, number)].todo)

    def _look_at_reminders(self, todo: str) -> None:
        of_todo = [one for one in self.world.reminders.values() if one.todo == todo]
        if self.world.todos[todo].deleted_with is not None:
            return
        for user in {one.user for one in of_todo}:
            shown = self.office.send(user, "GET", f"/todos/{todo}/reminders").json()["items"]
            closed = {} if self.world.todos[todo].is_open else {"pending": "todo_closed"}
            assert {its["id"]: its["state"] for its in shown} == {
                one.id: closed.get(one.state, one.state) for one in of_todo if one.user == user
            }

    # The trash

    @precondition(lambda self: len(self.world.trashed()) > 3)
    @thrown(user=users)
    def purge_trash(self, user: str) -> None:
        self.do(user, "DELETE", "/trash", None, World.purge, of=("admin", "owner"))
