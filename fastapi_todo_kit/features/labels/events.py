"""What labels tell the features above them, inside the transaction."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelRemoved:
    """A label is about to go; what carries it loses it, or carries `into` instead."""

    label_id: uuid.UUID
    into: uuid.UUID | None
