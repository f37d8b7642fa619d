"""What lists do about what happens below them, inside the same transaction."""

from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.work import Work


async def on_answer_replayed(work: Work, event: AnswerReplayed) -> None:
    """Answer about a list only whom sees it now."""
    for list_id in event.ids_of("list"):
        await ListService(work).check_seen(list_id)
