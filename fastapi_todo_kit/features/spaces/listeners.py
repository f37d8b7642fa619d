"""What spaces do about what happens above them, inside the same transaction."""

from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.work import Work


async def on_answer_replayed(work: Work, event: AnswerReplayed) -> None:
    """Answer about another space only whom sees it now, and with what that one is there now."""
    spaces = SpaceService(work)
    shown = event.ids_of("space") | event.ids_shown("space_id")
    for space_id in shown - {work.space_id}:
        space = await spaces.of_member(space_id)
        if event.entity == "space":
            event.shown["role"] = space["role"]
