"""What the host hears of members. `changes` has the `user_id` and the `role`."""

from collections.abc import Sequence
from typing import Final

from fastapi_todo_kit.core.changes import ChangeEvent


class MemberAdded(ChangeEvent, frozen=True, tag="member.added"):
    """Somebody became a member."""


class MemberChanged(ChangeEvent, frozen=True, tag="member.changed"):
    """A member got another role."""


class MemberRemoved(ChangeEvent, frozen=True, tag="member.removed"):
    """A member was removed."""


class MemberLeft(ChangeEvent, frozen=True, tag="member.left"):
    """A member left."""


CHANGES: Final[Sequence[type[ChangeEvent]]] = (
    MemberAdded,
    MemberChanged,
    MemberRemoved,
    MemberLeft,
)
