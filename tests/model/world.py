"""What can be done in a space, and what must come of it: the verbs of the API in plain Python."""

from datetime import date, datetime

from tests.model.space import Space
from tests.model.things import DEEPEST, NotPredicted, Refused, Reminder, Todo, TodoList


class World(Space):
    """One space, and what is done in it."""

    # Lists

    def add_list(self, list_id: str, name: str) -> None:
        self.lists[list_id] = TodoList(list_id, name)

    def archive(self, list_id: str) -> None:
        home = self.living_list(list_id)
        if home.is_inbox:
            raise Refused(409, "inbox_protected")
        home.is_archived = True

    def unarchive(self, list_id: str) -> None:
        self.living_list(list_id).is_archived = False

    def delete_list(self, list_id: str, to: str | None) -> None:
        home = self.living_list(list_id)
        if home.is_inbox:
            raise Refused(409, "inbox_protected")
        if to == list_id:
            raise Refused(422, "wrong_reference")
        batch = next(self._numbers)
        if to is None:
            self.trash([self.todos[one] for one in home.order], batch)
        else:
            target = self.living_list(to)
            if home.order and target.is_archived:
                raise Refused(409, "list_archived")
            self.carry([self.todos[one] for one in home.order], target)
        home.deleted_with = batch

    def restore_list(self, list_id: str) -> None:
        home = self.lists.get(list_id)
        if home is None or home.deleted_with is None:
            raise Refused(404, "list_not_found")
        home.order = list(self.batches.pop(home.deleted_with, []))
        for one in home.order:
            self.todos[one].deleted_with = None
        home.deleted_with = None

    def duplicate_list(self, list_id: str, copy_id: str, user: str, now: datetime) -> None:
        home = self.living_list(list_id)
        self.add_list(copy_id, home.name)
        self.copy([self.todos[one] for one in home.order], self.lists[copy_id], user, now)

    # Todos

    def add(self, todo: Todo, list_id: str | None) -> None:
        if todo.parent is not None:
            parent = self.parent_of(todo.parent, is_open=True)
            list_id = parent.list_id
            self.check_depth(self.depth(parent) + 1)
        home = self.living_list(list_id or self.inbox)
        if home.is_archived:
            raise Refused(409, "list_archived")
        for label in todo.labels:
            self.label(label)
        if todo.every is not None and todo.due is None:
            raise Refused(422, "invalid_input")
        todo.list_id, todo.slot = home.id, todo.due if todo.every else None
        self.todos[todo.id] = todo
        home.order.append(todo.id)
        self.touch(todo)

    def set_due(self, todo_id: str, due: date | None, now: datetime) -> None:
        todo = self.todo(todo_id)
        todo.due = due
        self.reschedule(todo, now, is_moved=True)
        if due is None:
            todo.every = todo.slot = None
        self.touch(todo)

    def set_every(self, todo_id: str, every: int | None) -> None:
        todo = self.todo(todo_id)
        if every is not None and todo.due is None:
            raise Refused(422, "invalid_input")
        if every == todo.every:
            raise NotPredicted
        todo.every, todo.slot, todo.ended = every, todo.due if every else None, 0
        self.touch(todo)

    def start(self, todo_id: str) -> None:
        todo = self.todo(todo_id)
        if not todo.is_open:
            raise Refused(409, "todo_closed")
        todo.status = "in_progress"
        self.touch(todo)

    def complete(self, todo_id: str, now: datetime) -> None:
        todo = self.todo(todo_id)
        if todo.every and todo.is_open:
            self.end_occurrence(todo, now)
        else:
            self.close(todo, "completed")

    def cancel(self, todo_id: str) -> None:
        self.close(self.todo(todo_id), "cancelled")

    def skip(self, todo_id: str, now: datetime) -> None:
        todo = self.todo(todo_id)
        if not todo.every:
            raise Refused(409, "todo_does_not_recur")
        if not todo.is_open:
            raise Refused(409, "todo_closed")
        self.end_occurrence(todo, now)

    def undo(self, todo_id: str, now: datetime) -> None:
        todo = self.todo(todo_id)
        if not todo.every or not todo.ended:
            raise Refused(409, "nothing_to_undo")
        if not todo.before:
            raise NotPredicted
        before = todo.before
        self.touch(todo)
        for was in before:
            one = self.todos[was.id]
            one.status, one.due, one.slot = was.status, was.due, was.slot
            one.closed_with, one.ended = was.closed_with, was.ended
        self.reschedule(todo, now)

    def reopen(self, todo_id: str) -> None:
        todo = self.todo(todo_id)
        if todo.is_open:
            return
        batch, reached = todo.closed_with, {todo.id}
        for _ in range(DEEPEST):
            reached |= {one.id for one in self.below(todo) if one.parent in reached and one.closed_with == batch}
        for one in reached:
            self.reopen_one(self.todos[one])
        self.reopen_above(todo)
        self.touch(todo)

    def delete(self, todo_id: str) -> None:
        todo = self.todo(todo_id)
        self.touch(todo)
        below = {todo.id, *(one.id for one in self.below(todo))}
        self.trash([self.todos[one] for one in self.lists[todo.list_id].order if one in below], next(self._numbers))

    def restore(self, todo_id: str) -> None:
        todo = self.todos.get(todo_id)
        if todo is None or todo.deleted_with is None:
            raise Refused(404, "todo_not_found")
        home = self.lists[todo.list_id]
        if home.deleted_with is not None:
            raise Refused(409, "list_deleted")
        if home.is_archived:
            raise Refused(409, "list_archived")
        batch, ids = self.batches[todo.deleted_with], {todo.id}
        for _ in range(DEEPEST):
            ids |= {one for one in batch if self.todos[one].parent in ids}
        coming = [todo, *(self.todos[one] for one in batch if one in ids and one != todo.id)]
        height = self.height(todo, coming)
        self.batches[todo.deleted_with] = [one for one in batch if one not in ids]
        for one in coming:
            one.deleted_with, one.before = None, []
        home.order += [one.id for one in coming]
        parent = self.todos.get(todo.parent or "")
        fits = parent and parent.deleted_with is None and parent.list_id == todo.list_id
        if not fits or self.depth(todo) + height > DEEPEST:
            todo.parent = None
        self.touch(todo)
        if todo.is_open:
            self.reopen_above(todo)

    def duplicate(self, todo_id: str, user: str, now: datetime) -> None:
        todo = self.todo(todo_id)
        if todo.parent is not None:
            self.parent_of(todo.parent, is_open=True)
        home = self.lists[todo.list_id]
        if home.is_archived:
            raise Refused(409, "list_archived")
        self.copy([todo, *self.below(todo)], home, user, now)
        self.touch(todo)

    def move_to_list(self, todo_id: str, list_id: str) -> None:
        todo = self.todo(todo_id)
        target, below = self.living_list(list_id), self.below(todo)
        if list_id == todo.list_id:
            self.put(todo, len(target.order))
            return
        if target.is_archived:
            raise Refused(409, "list_archived")
        self.touch(todo)
        todo.parent = None
        self.carry([todo, *below], target)

    def move_below(self, todo_id: str, parent_id: str) -> None:
        todo = self.todo(todo_id)
        below = self.below(todo)
        if parent_id in {todo.id, *(one.id for one in below)}:
            raise Refused(409, "move_impossible")
        parent = self.parent_of(parent_id, is_open=todo.is_open or any(one.is_open for one in below))
        self.check_depth(self.depth(parent) + 1 + self.height(todo, below))
        home = self.lists[parent.list_id]
        self.touch(todo, parent)
        if home.id == todo.list_id:
            self.put(todo, len(home.order))
        elif home.is_archived:
            raise Refused(409, "list_archived")
        else:
            self.carry([todo, *below], home)
        todo.parent = parent_id

    def move_beside(self, todo_id: str, neighbour_id: str, *, before: bool) -> None:
        todo = self.todo(todo_id)
        if neighbour_id == todo_id:
            raise Refused(422, "wrong_reference")
        neighbour = self.todo(neighbour_id)
        if (neighbour.list_id, neighbour.parent) != (todo.list_id, todo.parent):
            raise Refused(422, "wrong_reference")
        self.put(todo, None, neighbour_id, before=before)

    # Labels

    def put_label(self, todo_id: str, label_id: str) -> None:
        todo = self.todo(todo_id)
        todo.labels.add(self.label(label_id))

    def drop_label(self, todo_id: str, label_id: str) -> None:
        todo = self.todo(todo_id)
        todo.labels.discard(self.label(label_id))

    def name_label(self, label_id: str, name: str) -> None:
        if any(one != label_id and taken.casefold() == name.casefold() for one, taken in self.labels.items()):
            raise Refused(409, "already_exists")
        self.labels[label_id] = name

    def remove_label(self, label_id: str, into: str | None = None) -> None:
        self.label(label_id)
        if into is not None:
            if into == label_id:
                raise Refused(422, "wrong_reference")
            self.label(into)
        for todo in (one for one in self.todos.values() if label_id in one.labels):
            todo.labels = (todo.labels - {label_id}) | ({into} if into else set())
        del self.labels[label_id]

    # Reminders

    def remind(self, reminder: Reminder, now: datetime) -> None:
        todo = self.todo(reminder.todo)
        if not todo.is_open:
            raise Refused(409, "todo_closed")
        self.time(reminder, todo, now)
        for one in self.reminders.values():
            is_equal = one.days == reminder.days and one.state not in {"fired", "dismissed"}
            is_at_once = one.is_coming and reminder.is_coming and one.rings_at == reminder.rings_at
            if (one.user, one.todo) == (reminder.user, reminder.todo) and (is_equal or is_at_once):
                raise Refused(409, "already_exists")
        self.reminders[reminder.id] = reminder

    def dismiss(self, reminder_id: str, user: str) -> None:
        reminder = self.own_reminder(reminder_id, user)
        if reminder.done_with != reminder.moment:
            reminder.fired_at = None
        reminder.done_with, reminder.is_coming = reminder.moment, False

    def forget(self, reminder_id: str, user: str) -> None:
        self.own_reminder(reminder_id, user)
        del self.reminders[reminder_id]

    def work(self, now: datetime) -> set[str]:
        """Do what a worker does; return the reminders that it tells somebody of, once where some ring together."""
        told: dict[tuple[str, str, datetime | None], str] = {}
        for one in sorted(self.reminders.values(), key=lambda one: one.id):
            todo = self.todos[one.todo]
            if not one.is_coming or (one.rings_at or now) > now:
                continue
            one.is_coming = False
            if todo.deleted_with is None and todo.is_open:
                one.done_with, one.fired_at = one.moment, now
                told.setdefault((one.user, one.todo, one.rings_at), one.id)
        return set(told.values())

    # The trash

    def trashed(self) -> set[str]:
        lists = {one.id for one in self.lists.values() if one.deleted_with is not None}
        return lists | {one.id for one in self.todos.values() if one.deleted_with is not None}

    def purge(self) -> None:
        for one in self.trashed():
            self.lists.pop(one, None)
            self.todos.pop(one, None)
        self.batches.clear()
        self.reminders = {one.id: one for one in self.reminders.values() if one.todo in self.todos}
        for todo in self.todos.values():
            if todo.parent is not None and todo.parent not in self.todos:
                raise AssertionError("what lives hangs from what was purged")
