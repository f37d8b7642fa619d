"""The hand-written application without its authentication: it tells what token and user query cost."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Header

from benchmarks.peers.handwritten import app, current_active_user

__all__ = ["app"]


@dataclass(frozen=True)
class NamedUser:
    """Whoever the request names."""

    id: UUID


async def named_user(x_user: Annotated[UUID, Header()]) -> NamedUser:
    """Trust the header, as the kit's host does in this benchmark."""
    return NamedUser(x_user)


app.dependency_overrides[current_active_user] = named_user
