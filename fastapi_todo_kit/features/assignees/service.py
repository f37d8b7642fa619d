"""Who is to do a todo. Runs inside a unit of work and never commits."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.members.schemas import UserId
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.todos.assignments import EVER
from fastapi_todo_kit.features.todos.base import TodoWork
from fastapi_todo_kit.features.todos.schemas import ME, TodoRead
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions
from fastapi_todo_kit.storage.work import Work

_IN_PATH: Final = {"parameter": "user_id"}


class TodoAssigning(TodoWork):
    """The verbs that say who is to do a todo, within the space of a unit of work."""

    @verb(Action.ASSIGN_TODO)
    async def add_assignee(self, todo_id: Id, user_id: UserId, versions: Versions = ANY_VERSION) -> TodoRead:
        """Assign a todo to one more user, or to oneself as `me`; one that is assigned to the user stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed, LimitReached
            NotAMember: the user is not in the space.
        """
        todo = await self._existing(todo_id, versions)
        user_id = self._meant(user_id)
        fields = {"assignees": sorted({*todo.record["assignees"], user_id})}
        self._check_counts(fields)
        if user_id not in todo.record["assignees"]:
            await self._check_members([user_id], _IN_PATH)
        return await self._save(todo, fields)

    @verb(Action.ASSIGN_TODO)
    async def remove_assignee(self, todo_id: Id, user_id: UserId, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a user off a todo, or oneself as `me`; one that is not assigned to the user stays as it is.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        todo = await self._existing(todo_id, versions)
        user_id = self._meant(user_id)
        return await self._save(todo, {"assignees": [one for one in todo.record["assignees"] if one != user_id]})

    async def take_off(self, user_id: str, before: int = EVER) -> bool:
        """Take a user off some hundred todos, whom no policy is asked about; say whether there may be more.

        Args:
            user_id: who is taken off.
            before: the number of a change of the space; what the user was assigned to since then stays.
        """
        return await self._assignments.take_off(user_id, before)

    async def take_off_stranger(self, user_id: str) -> bool:
        """Take a user off some hundred todos who is no member now; say whether there may be more."""
        is_member = await MemberService(self._work).is_member(user_id)
        return not is_member and await self._assignments.take_off(user_id)

    async def get_ready(self, rows: str, there: Work) -> list[str]:
        """Take off todos that go to another space who is not in that; return whom."""
        outside = await MemberService(there).outside(await self._assignments.users_of(rows))
        await self._assignments.get_ready(rows, there, outside)
        return outside

    async def users(self, after: str) -> Sequence[str]:
        """Return some of those whom todos are assigned to, behind a user, by their ids."""
        return await self._assignments.users(after)

    async def next_seq(self) -> int:
        """Return the number of the first change of this work."""
        return await self._assignments.next_seq()

    def _meant(self, user_id: str) -> str:
        return self._work.access.principal.user_id if user_id == ME else user_id
