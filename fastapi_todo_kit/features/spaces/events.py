"""What spaces tell the features above them, inside the transaction."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InheritanceEnded:
    """The space of this work takes its members from no other one any more."""
