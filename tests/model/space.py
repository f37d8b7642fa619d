"""How the things of a space hang together, as the documentation says it: the ground of `World`."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tests.model.things import DEEPEST, HOUR, Refused, Reminder, Todo, TodoList


class Space:
    """One space, without its verbs."""

    def __init__(self, inbox: str) -> None:
        self.reminders: dict[str, Reminder] = {}
        self.inbox = inbox
        self.lists = {inbox: TodoList(inbox, "Inbox", is_inbox=True)}
        self.todos: dict[str, Todo] = {}
        self.labels: dict[str, str] = {}
        self.batches: dict[int, list[str]] = {}
        """The order in which todos stood that were deleted together."""
        self._numbers = itertools.count(1)

    # What is there

    def living_list(self, list_id: str) -> TodoList:
        found = self.lists.get(list_id)
        if found is None or found.deleted_with is not None:
            raise Refused(404, "list_not_found")
        return found

    def todo(self, todo_id: str) -> Todo:
        found = self.todos.get(todo_id)
        if found is None or found.deleted_with is not None:
            raise Refused(404, "todo_not_found")
        return found

    def label(self, label_id: str) -> str:
        if label_id not in self.labels:
            raise Refused(404, "label_not_found")
        return label_id

    def below(self, todo: Todo) -> list[Todo]:
        """Return the living descendants in the order of their list."""
        ids = {todo.id}
        for _ in range(DEEPEST):
            ids |= {one.id for one in self.todos.values() if one.parent in ids and one.deleted_with is None}
        return [self.todos[one] for one in self.lists[todo.list_id].order if one in ids - {todo.id}]

    def above(self, todo: Todo) -> Iterator[Todo]:
        while todo.parent is not None:
            todo = self.todos[todo.parent]
            yield todo

    def depth(self, todo: Todo) -> int:
        return sum(1 for _ in self.above(todo))

    def height(self, todo: Todo, below: Iterable[Todo]) -> int:
        return max((self.depth(one) - self.depth(todo) for one in below), default=0)

    def touch(self, *todos: Todo) -> None:
        """Forget what an undo of these, of what is above and of what is below would do."""
        for todo in todos:
            for one in (todo, *self.above(todo), *self.below(todo)):
                one.before = []

    # How it is done

    def parent_of(self, parent_id: str, *, is_open: bool) -> Todo:
        parent = self.todo(parent_id)
        if is_open and not parent.is_open:
            raise Refused(409, "todo_closed")
        return parent

    def check_depth(self, depth: int) -> None:
        if depth > DEEPEST:
            raise Refused(409, "move_impossible")

    def close(self, todo: Todo, status: str) -> None:
        if todo.status == status:
            return
        if not todo.is_open:
            raise Refused(409, "todo_closed")
        self.touch(todo)
        batch = next(self._numbers)
        for one in (todo, *(below for below in self.below(todo) if below.is_open)):
            one.status, one.closed_with = status, batch

    def reopen_one(self, todo: Todo) -> None:
        todo.status, todo.closed_with = "needs_action", None

    def reopen_above(self, todo: Todo) -> None:
        for one in self.above(todo):
            if not one.is_open:
                self.reopen_one(one)

    def end_occurrence(self, todo: Todo, now: datetime) -> None:
        assert todo.slot is not None
        assert todo.every is not None
        below = self.below(todo)
        before = [replace(one) for one in (todo, *below)]
        self.touch(todo)
        left_alone: set[str] = set()
        for one in sorted(below, key=self.depth):
            if one.every or one.parent in left_alone:
                left_alone.add(one.id)
            elif not one.is_open:
                self.reopen_one(one)
        step = timedelta(days=todo.every)
        todo.slot += step
        while todo.slot <= now.date():
            todo.slot += step
        todo.due, todo.status = todo.slot, "needs_action"
        todo.ended, todo.before = todo.ended + 1, before
        self.reschedule(todo, now)

    def own_reminder(self, reminder_id: str, user: str) -> Reminder:
        reminder = self.reminders[reminder_id]
        self.todo(reminder.todo)
        if reminder.user != user:
            raise Refused(404, "reminder_not_found")
        return reminder

    def time(self, reminder: Reminder, todo: Todo, now: datetime) -> None:
        moment = datetime.combine(todo.due, HOUR) - timedelta(days=reminder.days) if todo.due else None
        reminder.moment = reminder.rings_at = moment
        reminder.is_coming = moment is not None and moment > now and moment != reminder.done_with

    def reschedule(self, todo: Todo, now: datetime, *, is_moved: bool = False) -> None:
        """Let the reminders of a todo follow its due; one that somebody moves nearer than its lead comes at once."""
        for one in self.reminders.values():
            before = one.moment
            if one.todo == todo.id:
                was = one.is_coming, one.rings_at
                self.time(one, todo, now)
                if one.moment == before:
                    one.is_coming, one.rings_at = was
                elif is_moved and one.moment not in {None, one.done_with} and todo.due and not one.is_coming:
                    one.is_coming, one.rings_at = datetime.combine(todo.due, HOUR) > now, now

    def trash(self, todos: list[Todo], batch: int) -> None:
        self.batches[batch] = [one.id for one in todos]
        for one in todos:
            one.deleted_with = batch
            self.lists[one.list_id].order.remove(one.id)

    def carry(self, todos: list[Todo], target: TodoList) -> None:
        """Bring todos to the end of another list, in this order."""
        for one in todos:
            self.lists[one.list_id].order.remove(one.id)
            one.list_id = target.id
            target.order.append(one.id)

    def put(self, todo: Todo, end: int | None, beside: str = "", *, before: bool = False) -> None:
        order = self.lists[todo.list_id].order
        order.remove(todo.id)
        at = len(order) if end is not None else order.index(beside) + (0 if before else 1)
        order.insert(at, todo.id)

    def copy(self, todos: list[Todo], target: TodoList, user: str, now: datetime) -> None:
        """Copy todos under names that are made up here; `adopt` says what they are really called."""
        names = {one.id: f"copy-{next(self._numbers)}" for one in todos}
        for one in todos:
            copy = Todo(names[one.id], one.title, target.id, names.get(one.parent or "", one.parent))
            copy.due, copy.every, copy.labels = one.due, one.every, set(one.labels)
            copy.slot = one.due if one.every else None
            self.todos[copy.id] = copy
            target.order.append(copy.id)
            for its in [its for its in self.reminders.values() if (its.todo, its.user) == (one.id, user)]:
                made = Reminder(f"copy-{next(self._numbers)}", user, copy.id, its.days, its.moment)
                made.rings_at = made.moment
                made.is_coming = made.moment is not None and made.moment > now
                self.reminders[made.id] = made

    def adopt(self, list_id: str, ids: list[str]) -> None:
        """Call the todos of a list what the server calls them, in its order."""
        home = self.lists[list_id]
        called = {old: new for old, new in zip(home.order, ids, strict=True) if old != new}
        assert all(old.startswith("copy-") for old in called), called
        for old, new in called.items():
            self.todos[new] = replace(self.todos.pop(old), id=new)
        for todo in self.todos.values():
            todo.parent = called.get(todo.parent or "", todo.parent)
        for reminder in self.reminders.values():
            reminder.todo = called.get(reminder.todo, reminder.todo)
        home.order = ids

    def adopt_reminder(self, old: str, new: str) -> None:
        self.reminders[new] = replace(self.reminders.pop(old), id=new)
