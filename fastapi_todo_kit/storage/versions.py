"""Optimistic concurrency: which versions of an object a change may be made on."""

from typing import Final

from fastapi_todo_kit.core.errors import PreconditionFailed

Versions = frozenset[int] | None
"""The acceptable versions; None accepts each."""

ANY_VERSION: Final[Versions] = None


def check_version(current: int, acceptable: Versions) -> None:
    """Compare what is stored with what the client saw.

    Raises:
        PreconditionFailed: the object has changed since.
    """
    if acceptable is not None and current not in acceptable:
        raise PreconditionFailed(version=current)
