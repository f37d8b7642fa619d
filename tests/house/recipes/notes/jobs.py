"""What a worker does for notes: it removes those whose time is over."""

import uuid
from dataclasses import dataclass

from fastapi_todo_kit.features.notes.service import NoteService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.jobs import Claimed, forget, space_of
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.work import Work


@dataclass(frozen=True, slots=True)
class Expiring:
    """Removes notes."""

    kit: Kit

    async def __call__(self, job: Claimed) -> None:
        """Do a job whose key is the id of a note, and forget it in the same transaction."""

        async def expire(work: Work) -> None:
            if await forget(work, job):
                await NoteService(work).expire(uuid.UUID(job.key))

        space = await self.kit.store.transact(lambda connection: space_of(connection, job))
        if space is not None:
            await self.kit.store.write(self.kit.as_system(space, Action.CREATE_NOTE, "worker"), expire)
