"""Every verb by its name: the one list for whoever offers them in another way.

Made by `.ci/generate.py` (`hatch run fix`); change what it is made of.
"""

from collections.abc import Mapping
from typing import Final

from fastapi_todo_kit.features.assignees.service import TodoAssigning
from fastapi_todo_kit.features.founding.service import SpaceFounding
from fastapi_todo_kit.features.invitations.answering import InvitationAnswers
from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.features.items.service import ItemService
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.moving import ListMoving
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.features.occurrences.service import TodoCompletion
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.features.sharing.service import ListSharing
from fastapi_todo_kit.features.spaces.service import SpaceService
from fastapi_todo_kit.features.todos.base import TodoWork
from fastapi_todo_kit.features.todos.bulk import TodoBulk
from fastapi_todo_kit.features.todos.moving import TodoMoving
from fastapi_todo_kit.features.todos.placement import TodoPlacement
from fastapi_todo_kit.features.todos.service import TodoService
from fastapi_todo_kit.features.trash.service import TrashService
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.verbs import Verb

VERBS: Final[Mapping[str, Verb]] = {
    "todos.get": Verb(Action.READ_TODO, TodoWork, TodoWork.get),
    "todos.page": Verb(Action.READ_TODO, TodoService, TodoService.page, spans=True),
    "todos.subtasks": Verb(Action.READ_TODO, TodoService, TodoService.subtasks),
    "todos.create": Verb(Action.CREATE_TODO, TodoService, TodoService.create),
    "todos.update": Verb(Action.UPDATE_TODO, TodoService, TodoService.update),
    "todos.delete": Verb(Action.DELETE_TODO, TodoService, TodoService.delete),
    "todos.add_label": Verb(Action.UPDATE_TODO, TodoService, TodoService.add_label),
    "todos.remove_label": Verb(Action.UPDATE_TODO, TodoService, TodoService.remove_label),
    "todos.create_many": Verb(Action.CREATE_TODO, TodoBulk, TodoBulk.create_many),
    "todos.move": Verb(Action.UPDATE_TODO, TodoMoving, TodoMoving.move, Action.CREATE_TODO),
    "todos.restore": Verb(Action.UPDATE_TODO, TodoPlacement, TodoPlacement.restore),
    "todos.duplicate": Verb(Action.CREATE_TODO, TodoPlacement, TodoPlacement.duplicate),
    "todos.complete": Verb(Action.COMPLETE_TODO, TodoCompletion, TodoCompletion.complete),
    "todos.skip": Verb(Action.COMPLETE_TODO, TodoCompletion, TodoCompletion.skip),
    "todos.undo": Verb(Action.COMPLETE_TODO, TodoCompletion, TodoCompletion.undo),
    "todos.cancel": Verb(Action.COMPLETE_TODO, TodoCompletion, TodoCompletion.cancel),
    "todos.reopen": Verb(Action.COMPLETE_TODO, TodoCompletion, TodoCompletion.reopen),
    "todos.occurrences": Verb(Action.READ_TODO, TodoCompletion, TodoCompletion.occurrences),
    "todos.upcoming": Verb(Action.READ_TODO, TodoCompletion, TodoCompletion.upcoming),
    "todos.preview_recurrence": Verb(Action.READ_TODO, TodoCompletion, TodoCompletion.preview_recurrence),
    "todos.add_assignee": Verb(Action.ASSIGN_TODO, TodoAssigning, TodoAssigning.add_assignee),
    "todos.remove_assignee": Verb(Action.ASSIGN_TODO, TodoAssigning, TodoAssigning.remove_assignee),
    "lists.page": Verb(Action.READ_LIST, ListService, ListService.page, spans=True),
    "lists.get": Verb(Action.READ_LIST, ListService, ListService.get),
    "lists.create": Verb(Action.CREATE_LIST, ListService, ListService.create),
    "lists.update": Verb(Action.UPDATE_LIST, ListService, ListService.update),
    "lists.delete": Verb(Action.DELETE_LIST, ListService, ListService.delete),
    "lists.archive": Verb(Action.UPDATE_LIST, ListService, ListService.archive),
    "lists.unarchive": Verb(Action.UPDATE_LIST, ListService, ListService.unarchive),
    "lists.restore": Verb(Action.UPDATE_LIST, ListService, ListService.restore),
    "lists.duplicate": Verb(Action.CREATE_LIST, ListService, ListService.duplicate),
    "lists.move": Verb(Action.UPDATE_LIST, ListMoving, ListMoving.move, Action.CREATE_LIST),
    "lists.share": Verb(Action.SHARE_LIST, ListSharing, ListSharing.share),
    "reminders.mine": Verb(Action.READ_REMINDER, ReminderService, ReminderService.mine, spans=True),
    "reminders.page": Verb(Action.READ_REMINDER, ReminderService, ReminderService.page),
    "reminders.get": Verb(Action.READ_REMINDER, ReminderService, ReminderService.get),
    "reminders.create": Verb(Action.SET_REMINDER, ReminderService, ReminderService.create),
    "reminders.update": Verb(Action.SET_REMINDER, ReminderService, ReminderService.update),
    "reminders.delete": Verb(Action.SET_REMINDER, ReminderService, ReminderService.delete),
    "reminders.snooze": Verb(Action.SET_REMINDER, ReminderService, ReminderService.snooze),
    "reminders.dismiss": Verb(Action.SET_REMINDER, ReminderService, ReminderService.dismiss),
    "labels.page": Verb(Action.READ_LABEL, LabelService, LabelService.page, spans=True),
    "labels.get": Verb(Action.READ_LABEL, LabelService, LabelService.get),
    "labels.create": Verb(Action.CREATE_LABEL, LabelService, LabelService.create),
    "labels.update": Verb(Action.UPDATE_LABEL, LabelService, LabelService.update),
    "labels.delete": Verb(Action.DELETE_LABEL, LabelService, LabelService.delete),
    "labels.merge": Verb(Action.DELETE_LABEL, LabelService, LabelService.merge),
    "trash.page": Verb(Action.READ_TRASH, TrashService, TrashService.page),
    "trash.purge": Verb(Action.PURGE_TRASH, TrashService, TrashService.purge),
    "spaces.page": Verb(Action.READ_SPACE, SpaceService, SpaceService.page),
    "spaces.current": Verb(Action.READ_SPACE, SpaceService, SpaceService.current),
    "spaces.update": Verb(Action.UPDATE_SPACE, SpaceService, SpaceService.update),
    "spaces.delete": Verb(Action.DELETE_SPACE, SpaceService, SpaceService.delete),
    "spaces.restore": Verb(Action.RESTORE_SPACE, SpaceService, SpaceService.restore),
    "spaces.create": Verb(Action.CREATE_SPACE, SpaceFounding, SpaceFounding.create),
    "spaces.members": Verb(Action.READ_MEMBER, MemberService, MemberService.members),
    "spaces.put_member": Verb(Action.MANAGE_MEMBER, MemberService, MemberService.put_member),
    "spaces.remove_member": Verb(Action.MANAGE_MEMBER, MemberService, MemberService.remove_member),
    "spaces.leave": Verb(Action.LEAVE_SPACE, MemberService, MemberService.leave),
    "spaces.transfer": Verb(Action.TRANSFER_SPACE, MemberService, MemberService.transfer),
    "spaces.items": Verb(Action.READ_ITEM, ItemService, ItemService.items),
    "spaces.update_item": Verb(Action.UPDATE_ITEM, ItemService, ItemService.update_item),
    "spaces.see": Verb(Action.UPDATE_ITEM, ItemService, ItemService.see),
    "spaces.reset_item": Verb(Action.UPDATE_ITEM, ItemService, ItemService.reset_item),
    "invitations.page": Verb(Action.READ_INVITATION, InvitationService, InvitationService.page),
    "invitations.invite": Verb(Action.INVITE_MEMBER, InvitationService, InvitationService.invite),
    "invitations.revoke": Verb(Action.INVITE_MEMBER, InvitationService, InvitationService.revoke),
    "invitations.resend": Verb(Action.INVITE_MEMBER, InvitationService, InvitationService.resend),
    "invitations.mine": Verb(Action.READ_INVITATION, InvitationAnswers, InvitationAnswers.mine),
    "invitations.preview": Verb(Action.READ_INVITATION, InvitationAnswers, InvitationAnswers.preview),
    "invitations.accept": Verb(Action.ANSWER_INVITATION, InvitationAnswers, InvitationAnswers.accept),
    "invitations.decline": Verb(Action.ANSWER_INVITATION, InvitationAnswers, InvitationAnswers.decline),
}
