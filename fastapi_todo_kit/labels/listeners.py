"""What labels do about what happens below them, inside the same transaction."""

import uuid

from fastapi_todo_kit.labels.service import LabelService
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.work import Work


async def on_answer_replayed(work: Work, event: AnswerReplayed) -> None:
    """Show a label only to whom sees it now."""
    if event.entity == "label":
        await LabelService(work).check_seen(uuid.UUID(event.shown["id"]))
