"""What lists do about what happens below them, inside the same transaction."""

import uuid

from fastapi_todo_kit.lists.service import ListService
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.work import Work


async def on_answer_replayed(work: Work, event: AnswerReplayed) -> None:
    """Show a list only to whom sees it now."""
    if event.entity == "list":
        await ListService(work).check_seen(uuid.UUID(event.shown["id"]))
