"""Taking whoever is gone off what is left of their todos: so many at a time that nobody waits long for the space.

What is done stays done: whoever begins anew goes on.
"""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi_todo_kit.core.access import team_space
from fastapi_todo_kit.features.assignees.service import TodoAssigning
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.jobs import Claimed, forget, schedule, space_of
from fastapi_todo_kit.storage.kit import Context, Kit
from fastapi_todo_kit.storage.teams import heirs_of
from fastapi_todo_kit.storage.work import Work

SWEEPING: Final = "sweep-member"
_EVERYBODY: Final = "everybody"
_BEGINNING: Final = uuid.UUID(int=0)


async def sweep_later(work: Work, user_id: str, member_id: uuid.UUID) -> None:
    """Let a worker take a user who is gone now off what is left: here, and in the spaces that inherit from this one."""
    before = await TodoAssigning(work).next_seq()
    await schedule(work, SWEEPING, member_id.hex, work.now, user_id=user_id, argument={"before": before})


async def sweep_all_later(work: Work) -> None:
    """Let a worker take everybody off the todos of this space who is no member of it now."""
    await schedule(work, SWEEPING, _EVERYBODY, work.now)


async def sweep_heirs_later(work: Work) -> None:
    """Let a worker do the same in the spaces that inherit from this one, which is about to be removed for good."""
    after = _BEGINNING
    while heirs := await heirs_of(work, work.space_id, after):
        for heir in heirs:
            await sweep_all_later(work.also_in(replace(work.access, space=team_space(heir))))
        after = heirs[-1]


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Takes users off todos."""

    kit: Kit

    async def __call__(self, job: Claimed) -> None:
        """Do a job about a user, who was a member `before` a change of the space; or else about everybody."""
        space = await self.kit.store.transact(lambda connection: space_of(connection, job))
        if space is not None and job.user_id is not None:
            await self._sweep(job.space_id, job.user_id, job.argument or {})
        elif space is not None:
            await self._sweep_all(job.space_id)
        await self.kit.store.transact(lambda connection: forget(connection, job))

    async def _sweep(self, space_id: uuid.UUID, user_id: str, argument: Mapping[str, Any]) -> None:
        await self._repeat(space_id, lambda assigning: assigning.take_off(user_id, argument["before"]))
        after = _BEGINNING
        while heirs := await self._heirs(space_id, after):
            for heir in heirs:
                await self._repeat(heir, lambda assigning: assigning.take_off_stranger(user_id))
            after = heirs[-1]

    async def _heirs(self, space_id: uuid.UUID, after: uuid.UUID) -> Sequence[uuid.UUID]:
        return await self.kit.store.transact(lambda connection: heirs_of(connection, space_id, after))

    async def _sweep_all(self, space_id: uuid.UUID) -> None:
        after = ""
        while users := await self._users(space_id, after):
            for user_id in users:
                await self._repeat(space_id, lambda assigning: assigning.take_off_stranger(user_id))  # noqa: B023  (called here)
            after = users[-1]

    async def _users(self, space_id: uuid.UUID, after: str) -> Sequence[str]:
        async def find(work: Work) -> Sequence[str]:
            work.authorise()
            return await TodoAssigning(work).users(after)

        return await self.kit.store.read(self._in(space_id), find)

    async def _repeat(self, space_id: uuid.UUID, step: Callable[[TodoAssigning], Awaitable[bool]]) -> None:
        """Do a step, each time in a unit of work of its own, until nothing is left."""

        async def do(work: Work) -> bool:
            work.authorise()
            return await step(TodoAssigning(work))

        while await self.kit.store.write(self._in(space_id), do):
            pass

    def _in(self, space_id: uuid.UUID) -> Context:
        return self.kit.as_system(team_space(space_id), Action.ASSIGN_TODO, "worker")
