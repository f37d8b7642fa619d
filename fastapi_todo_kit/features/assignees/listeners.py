"""What becomes of assignments when somebody is no member any more, inside the same transaction."""

from fastapi_todo_kit.features.assignees.jobs import sweep_all_later, sweep_later
from fastapi_todo_kit.features.assignees.service import TodoAssigning
from fastapi_todo_kit.features.members.events import MemberGone
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.spaces.events import InheritanceEnded
from fastapi_todo_kit.features.todos.events import TodosLeaving
from fastapi_todo_kit.features.todos.models import Assignee
from fastapi_todo_kit.storage.teams import heirs_of
from fastapi_todo_kit.storage.work import Work


async def on_member_gone(work: Work, event: MemberGone) -> None:
    """Take the user off todos; what is too much for now, and the spaces that inherit from this one, are a worker's."""
    if await MemberService(work).is_member(event.user_id):
        return  # still, as one of the space above
    if await TodoAssigning(work).take_off(event.user_id) or await heirs_of(work, work.space_id):
        await sweep_later(work, event.user_id, event.member_id)


async def on_todos_leaving(work: Work, event: TodosLeaving) -> None:
    """Let only those go on to be assigned to todos of another space who are in that."""
    if Assignee.__tablename__ in event.tables:
        event.dropped["assignees"] = await TodoAssigning(work).get_ready(event.rows, event.there)


async def on_inheritance_ended(work: Work, _event: InheritanceEnded) -> None:
    """Let a worker find out who was a member only as one of the space above."""
    await sweep_all_later(work)
