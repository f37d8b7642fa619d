"""What labels do about what happens below them, inside the same transaction."""

from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.work import Work


async def on_answer_replayed(work: Work, event: AnswerReplayed) -> None:
    """Answer about a label only whom sees it now."""
    for label_id in event.ids_of("label"):
        await LabelService(work).check_seen(label_id)
