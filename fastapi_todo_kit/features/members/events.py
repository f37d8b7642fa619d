"""What members tell the features above them, inside the transaction."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemberGone:
    """A user has no membership of its own in the space any more; `member_id` is what the log called it.

    `is_removed` is whether somebody else has ended it.
    """

    user_id: str
    member_id: uuid.UUID
    is_removed: bool = False
