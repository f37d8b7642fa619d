"""What is told of the kit's work to whoever measures it."""

from typing import Literal, Protocol


class Observer(Protocol):
    """Hears how operations ended. It must be quick and raise nothing: it is called in the middle of requests."""

    def operation(self, name: str, status: int, seconds: float) -> None:
        """An operation was answered."""
        ...

    def changes(self, count: int, lag: float) -> None:
        """Changes were committed, so many seconds after they were made."""
        ...

    def repeated(self) -> None:
        """A unit of work is run again, because the database refused to serialise it or its connection was lost."""
        ...

    def connections(self, in_use: int, idle: int) -> None:
        """The pool has so many connections."""
        ...

    def fell_back(self, reason: Literal["behind", "unavailable"]) -> None:
        """The primary answered a read, because the replica had not come so far, or could not answer."""
        ...

    def limited(self, group: str) -> None:
        """A request was one too many of its group."""
        ...

    def job(self, kind: str, outcome: str, seconds: float) -> None:
        """A job of a worker was done, failed and is tried again, or failed too often and was parked."""
        ...

    def begun(self, kind: str, lag: float) -> None:
        """A job was begun for the first time, so many seconds after it was due."""
        ...

    def waiting(self, due: int, parked: int, oldest: float) -> None:
        """So many jobs are due, the oldest since so many seconds, and so many are parked."""
        ...


class Nobody:
    """The observer of a mount that is not measured."""

    def operation(self, name: str, status: int, seconds: float) -> None:
        """Do nothing."""

    def changes(self, count: int, lag: float) -> None:
        """Do nothing."""

    def repeated(self) -> None:
        """Do nothing."""

    def connections(self, in_use: int, idle: int) -> None:
        """Do nothing."""

    def fell_back(self, reason: Literal["behind", "unavailable"]) -> None:
        """Do nothing."""

    def limited(self, group: str) -> None:
        """Do nothing."""

    def job(self, kind: str, outcome: str, seconds: float) -> None:
        """Do nothing."""

    def begun(self, kind: str, lag: float) -> None:
        """Do nothing."""

    def waiting(self, due: int, parked: int, oldest: float) -> None:
        """Do nothing."""


NOBODY: Observer = Nobody()
