"""The verbs of todos.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from collections.abc import Sequence

from fastapi_todo_kit.core.fields import Id, Instant, PageCursor, PageLimit, UpcomingLimit
from fastapi_todo_kit.features.assignees.service import TodoAssigning
from fastapi_todo_kit.features.members.schemas import UserId
from fastapi_todo_kit.features.occurrences.schemas import (
    OccurrencePage,
    RecurrencePreview,
    RecurrencePreviewed,
    Upcoming,
)
from fastapi_todo_kit.features.occurrences.service import TodoCompletion
from fastapi_todo_kit.features.todos.base import TodoWork
from fastapi_todo_kit.features.todos.bulk import TodoBulk
from fastapi_todo_kit.features.todos.moving import TodoMoving
from fastapi_todo_kit.features.todos.placement import TodoPlacement
from fastapi_todo_kit.features.todos.schemas import (
    TodoCreate,
    TodoImport,
    TodoMove,
    TodoPage,
    TodoQuery,
    TodoRead,
    TodoUpdate,
)
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.services.base import SyncVerbs, Verbs
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions


class Todos(Verbs):
    """What can be done with todos."""

    async def get(self, todo_id: Id) -> TodoRead:
        """Return a living todo.

        Raises:
            TodoNotFound: there is none of this id in the space.
        """
        return await self._run(Action.READ_TODO, lambda work: TodoWork(work).get(todo_id))

    async def page(self, query: TodoQuery) -> TodoPage:
        """Return the todos that match, in the order asked for.

        `TodoQuery` takes the names of the API, `TodoQuery(**{"extra.amount.gte": 10})`, and those of its fields.

        Raises:
            UnknownParameter: the host's model of `extra` has no such filter.
            InvalidCursor: the cursor is damaged or belongs to another query.
            LinkTargetNotFound: the todos of an object are asked for that the principal may not reach.
            SpaceNotFound
        """
        return await self._run(Action.READ_TODO, lambda work: TodoService(work).page(query), spans=True)

    async def subtasks(self, todo_id: Id, query: TodoQuery) -> TodoPage:
        """Return the direct subtasks of a todo.

        Raises:
            TodoNotFound, InvalidCursor
        """
        return await self._run(Action.READ_TODO, lambda work: TodoService(work).subtasks(todo_id, query))

    async def create(self, new: TodoCreate) -> TodoRead:
        """Add a todo at the end of its list; one of this id that is just so already is returned as it is.

        Raises:
            ListNotFound, TodoNotFound, LabelNotFound: what it names is not there.
            WrongReference: its list is not its parent's.
            NotAMember: somebody whom it is assigned to is not in the space.
            Forbidden: it is assigned by somebody who may not, which is `todo.assign`.
            ListArchived, TodoClosed, MoveImpossible, LimitReached, AlreadyExists
        """
        return await self._run(Action.CREATE_TODO, lambda work: TodoService(work).create(new))

    async def update(self, todo_id: Id, changes: TodoUpdate, versions: Versions = ANY_VERSION) -> TodoRead:
        """Change what the client sent.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed, LimitReached
            NotAMember: somebody whom it is assigned to from now on is not in the space.
            Forbidden: that is changed by somebody who may not, which is `todo.assign`.
            TodoClosed: the status of a closed todo is changed by `reopen`.
        """
        return await self._run(Action.UPDATE_TODO, lambda work: TodoService(work).update(todo_id, changes, versions))

    async def delete(self, todo_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Send a todo and its subtasks to the trash, as one batch.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        return await self._run(Action.DELETE_TODO, lambda work: TodoService(work).delete(todo_id, versions))

    async def add_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a label on a todo; one that carries it stays as it is.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed, LimitReached
        """
        return await self._run(
            Action.UPDATE_TODO, lambda work: TodoService(work).add_label(todo_id, label_id, versions)
        )

    async def remove_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a label off a todo; one that does not carry it stays as it is.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed
        """
        return await self._run(
            Action.UPDATE_TODO, lambda work: TodoService(work).remove_label(todo_id, label_id, versions)
        )

    async def create_many(self, items: Sequence[TodoImport]) -> list[TodoRead]:
        """Add todos at the end of their lists, in the order of the items; what is there just so already stays.

        All of them or none, under one lock of the space, `settings.limits.bulk_items` at most. Subtasks may stand
        before their parents.

        Returns:
            The todos, in the order of the items.

        Raises:
            LimitReached: there are too many items.
            RequestError: whatever `create` raises; `item` among its members is the index of the item at fault.
            Forbidden: something of the past is said by somebody who may not, which is `todo.backdate`, or something is
                assigned by somebody who may not.
        """
        return await self._run(Action.CREATE_TODO, lambda work: TodoBulk(work).create_many(items))

    async def move(self, todo_id: Id, target: TodoMove, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, in another place, or another space.

        Raises:
            TodoNotFound, ListNotFound, PreconditionFailed, ListArchived, LimitReached
            MoveImpossible: it would be its own ancestor, or too deep.
            TodoClosed: an open todo cannot go below a closed one.
            WrongReference: the list is not the parent's, or the neighbour is not a sibling there.
            SpaceNotFound: the other space is none of the principal's.
            StaysWithTenant, TooLargeToMove, HiddenParts: it cannot go to another space.
            AlreadyExists: an id is taken there.
        """
        return await self._run(
            Action.UPDATE_TODO,
            lambda work: TodoMoving(work).move(todo_id, target, versions),
            (target.space_id, Action.CREATE_TODO),
        )

    async def restore(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Bring a todo back from the trash with exactly the subtasks that went with it, at the end of its list.

        It becomes a root where its parent is gone, or was moved too deep meanwhile.

        Raises:
            TodoNotFound: it is not in the trash, or the principal does not see its parent.
            ListDeleted, ListArchived, LimitReached, PreconditionFailed
        """
        return await self._run(Action.UPDATE_TODO, lambda work: TodoPlacement(work).restore(todo_id, versions))

    async def duplicate(self, todo_id: Id) -> TodoRead:
        """Copy a todo and its subtasks to the end of its list; the copies are open.

        Raises:
            TodoNotFound, ListArchived, LimitReached
            TodoClosed: its parent is closed.
        """
        return await self._run(Action.CREATE_TODO, lambda work: TodoPlacement(work).duplicate(todo_id))

    async def complete(
        self,
        todo_id: Id,
        versions: Versions = ANY_VERSION,
        occurrence: str | None = None,
        completed_at: Instant | None = None,
    ) -> TodoRead:
        """Complete a todo and its open subtasks, or the present occurrence of a todo that recurs.

        What is completed stays as it is: the todo, or the occurrence that is named by its slot or by a version.

        Args:
            todo_id: which todo.
            versions: those that the caller knows.
            occurrence: the slot that is meant.
            completed_at: when it was really done; by default now. A subtask that is newer was done when it was made.

        Raises:
            TodoNotFound, PreconditionFailed
            TodoClosed: it is cancelled.
            WrongOccurrence: the todo is at another one, and never was at this.
            InvalidInput: `completed_at` lies in the future, or before the todo was created.
            Forbidden: the user may not say when it was done, which is `todo.backdate`.
        """
        return await self._run(
            Action.COMPLETE_TODO,
            lambda work: TodoCompletion(work).complete(todo_id, versions, occurrence, completed_at),
        )

    async def skip(self, todo_id: Id, versions: Versions = ANY_VERSION, occurrence: str | None = None) -> TodoRead:
        """Leave out the present occurrence of a todo that recurs; the last one cancels it.

        Raises:
            TodoNotFound, PreconditionFailed, TodoDoesNotRecur, TodoClosed, WrongOccurrence
        """
        return await self._run(
            Action.COMPLETE_TODO, lambda work: TodoCompletion(work).skip(todo_id, versions, occurrence)
        )

    async def undo(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take back what was done last with an occurrence of a todo: its values and its subtasks are as before.

        Raises:
            TodoNotFound, PreconditionFailed
            NothingToUndo: nothing was done with any, or its recurrence was changed since.
            TodoClosed: it was closed since, by itself or with its parent.
        """
        return await self._run(Action.COMPLETE_TODO, lambda work: TodoCompletion(work).undo(todo_id, versions))

    async def cancel(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Cancel a todo and its open subtasks, with all occurrences to come; a cancelled one stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed
            TodoClosed: it is completed.
        """
        return await self._run(Action.COMPLETE_TODO, lambda work: TodoCompletion(work).cancel(todo_id, versions))

    async def reopen(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        return await self._run(Action.COMPLETE_TODO, lambda work: TodoCompletion(work).reopen(todo_id, versions))

    async def occurrences(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> OccurrencePage:
        """Return the occurrences of a todo that are done with, the last one first.

        Raises:
            TodoNotFound, InvalidCursor
        """
        return await self._run(Action.READ_TODO, lambda work: TodoCompletion(work).occurrences(todo_id, limit, cursor))

    async def upcoming(self, todo_id: Id, limit: UpcomingLimit = 10) -> Upcoming:
        """Return the occurrences behind the present one; none where the todo does not recur, or is closed.

        Raises:
            TodoNotFound
        """
        return await self._run(Action.READ_TODO, lambda work: TodoCompletion(work).upcoming(todo_id, limit))

    async def preview_recurrence(self, asked: RecurrencePreview) -> RecurrencePreviewed:
        """Return a recurrence as it would be stored, in words, and its first occurrences.

        Raises:
            InvalidInput: the rule does not go with the due.
        """
        return await self._run(Action.READ_TODO, lambda work: TodoCompletion(work).preview_recurrence(asked))

    async def add_assignee(self, todo_id: Id, user_id: UserId, versions: Versions = ANY_VERSION) -> TodoRead:
        """Assign a todo to one more user, or to oneself as `me`; one that is assigned to the user stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed, LimitReached
            NotAMember: the user is not in the space.
        """
        return await self._run(
            Action.ASSIGN_TODO, lambda work: TodoAssigning(work).add_assignee(todo_id, user_id, versions)
        )

    async def remove_assignee(self, todo_id: Id, user_id: UserId, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a user off a todo, or oneself as `me`; one that is not assigned to the user stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        return await self._run(
            Action.ASSIGN_TODO, lambda work: TodoAssigning(work).remove_assignee(todo_id, user_id, versions)
        )


class SyncTodos(SyncVerbs[Todos]):
    """The sync twin, which raises the same errors."""

    def get(self, todo_id: Id) -> TodoRead:
        """Return a living todo."""
        return self._drive(self._twin.get(todo_id))

    def page(self, query: TodoQuery) -> TodoPage:
        """Return the todos that match, in the order asked for."""
        return self._drive(self._twin.page(query))

    def subtasks(self, todo_id: Id, query: TodoQuery) -> TodoPage:
        """Return the direct subtasks of a todo."""
        return self._drive(self._twin.subtasks(todo_id, query))

    def create(self, new: TodoCreate) -> TodoRead:
        """Add a todo at the end of its list; one of this id that is just so already is returned as it is."""
        return self._drive(self._twin.create(new))

    def update(self, todo_id: Id, changes: TodoUpdate, versions: Versions = ANY_VERSION) -> TodoRead:
        """Change what the client sent."""
        return self._drive(self._twin.update(todo_id, changes, versions))

    def delete(self, todo_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Send a todo and its subtasks to the trash, as one batch."""
        return self._drive(self._twin.delete(todo_id, versions))

    def add_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a label on a todo; one that carries it stays as it is."""
        return self._drive(self._twin.add_label(todo_id, label_id, versions))

    def remove_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a label off a todo; one that does not carry it stays as it is."""
        return self._drive(self._twin.remove_label(todo_id, label_id, versions))

    def create_many(self, items: Sequence[TodoImport]) -> list[TodoRead]:
        """Add todos at the end of their lists, in the order of the items; what is there just so already stays."""
        return self._drive(self._twin.create_many(items))

    def move(self, todo_id: Id, target: TodoMove, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a todo, with its subtasks, into another list, below another todo, in another place, or another space."""
        return self._drive(self._twin.move(todo_id, target, versions))

    def restore(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Bring a todo back from the trash with exactly the subtasks that went with it, at the end of its list."""
        return self._drive(self._twin.restore(todo_id, versions))

    def duplicate(self, todo_id: Id) -> TodoRead:
        """Copy a todo and its subtasks to the end of its list; the copies are open."""
        return self._drive(self._twin.duplicate(todo_id))

    def complete(
        self,
        todo_id: Id,
        versions: Versions = ANY_VERSION,
        occurrence: str | None = None,
        completed_at: Instant | None = None,
    ) -> TodoRead:
        """Complete a todo and its open subtasks, or the present occurrence of a todo that recurs."""
        return self._drive(self._twin.complete(todo_id, versions, occurrence, completed_at))

    def skip(self, todo_id: Id, versions: Versions = ANY_VERSION, occurrence: str | None = None) -> TodoRead:
        """Leave out the present occurrence of a todo that recurs; the last one cancels it."""
        return self._drive(self._twin.skip(todo_id, versions, occurrence))

    def undo(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take back what was done last with an occurrence of a todo: its values and its subtasks are as before."""
        return self._drive(self._twin.undo(todo_id, versions))

    def cancel(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Cancel a todo and its open subtasks, with all occurrences to come; a cancelled one stays as it is."""
        return self._drive(self._twin.cancel(todo_id, versions))

    def reopen(self, todo_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Reopen a todo, exactly the subtasks that were closed with it, and its closed ancestors."""
        return self._drive(self._twin.reopen(todo_id, versions))

    def occurrences(self, todo_id: Id, limit: PageLimit = 50, cursor: PageCursor = None) -> OccurrencePage:
        """Return the occurrences of a todo that are done with, the last one first."""
        return self._drive(self._twin.occurrences(todo_id, limit, cursor))

    def upcoming(self, todo_id: Id, limit: UpcomingLimit = 10) -> Upcoming:
        """Return the occurrences behind the present one; none where the todo does not recur, or is closed."""
        return self._drive(self._twin.upcoming(todo_id, limit))

    def preview_recurrence(self, asked: RecurrencePreview) -> RecurrencePreviewed:
        """Return a recurrence as it would be stored, in words, and its first occurrences."""
        return self._drive(self._twin.preview_recurrence(asked))

    def add_assignee(self, todo_id: Id, user_id: UserId, versions: Versions = ANY_VERSION) -> TodoRead:
        """Assign a todo to one more user, or to oneself as `me`; one that is assigned to the user stays as it is."""
        return self._drive(self._twin.add_assignee(todo_id, user_id, versions))

    def remove_assignee(self, todo_id: Id, user_id: UserId, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a user off a todo, or oneself as `me`; one that is not assigned to the user stays as it is."""
        return self._drive(self._twin.remove_assignee(todo_id, user_id, versions))
