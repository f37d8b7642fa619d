"""What happens to todos when something happens to their list or to a label."""

from fastapi_todo_kit.features.labels.events import LabelRemoved
from fastapi_todo_kit.features.lists.events import (
    CountsQuestion,
    ListDuplicated,
    ListLeaving,
    ListRestored,
    ListTrashed,
)
from fastapi_todo_kit.features.todos.moving import TodoMoving
from fastapi_todo_kit.features.todos.placement import TodoPlacement
from fastapi_todo_kit.features.todos.query import list_counts, overdue_parameters
from fastapi_todo_kit.features.todos.repository import TodoRepository
from fastapi_todo_kit.features.todos.rows import TODOS
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.storage.idempotency import AnswerReplayed
from fastapi_todo_kit.storage.work import Work


async def on_list_trashed(work: Work, event: ListTrashed) -> None:
    """Send the todos of the list along, or move them to the list that was named."""
    if event.move_to is None:
        await TodoRepository(work).trash_list(event.list_id, event.batch_id)
    else:
        await TodoPlacement(work).move_all(event.list_id, event.move_to)


async def on_list_restored(work: Work, event: ListRestored) -> None:
    """Bring back the todos that went with the list."""
    await TodoRepository(work).restore_list(event.list_id, event.batch_id)


async def on_list_duplicated(work: Work, event: ListDuplicated) -> None:
    """Copy the todos of the list, in their order."""
    await TodoPlacement(work).copy_list(event.source_id, event.copy_id)


async def on_list_leaving(work: Work, event: ListLeaving) -> None:
    """Bring what is in the list along."""
    event.dropped = await TodoMoving(work).carry_list(event.list_id, event.there)


async def on_label_removed(work: Work, event: LabelRemoved) -> None:
    """Take the label off every todo, or replace it."""
    await TodoRepository(work).drop_label(event.label_id, event.into)


async def on_answer_replayed(work: Work, event: AnswerReplayed) -> None:
    """Answer about a todo, or what is of one, only whom sees it now, and without the labels that are hidden now."""
    todos = TodoService(work)
    for todo_id in event.ids_of("todo"):
        await todos.check_seen(todo_id)
    if "label_ids" in event.shown:
        await todos.hide_labels(event.shown)


async def on_counts_question(work: Work, event: CountsQuestion) -> None:
    """Add the counts of a list's todos to the statement that reads lists."""
    visible = work.visible("todo", TODOS)
    event.is_narrowed = event.is_narrowed or visible is not None
    event.columns.extend(list_counts(visible))
    event.parameters.update(overdue_parameters(event.now, event.zone))
