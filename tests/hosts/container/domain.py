import uuid
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class UserDTO:
    uid: uuid.UUID
    email: str


@dataclass(frozen=True, slots=True)
class TicketDTO:
    number: int
    subject: str
    author: uuid.UUID


class ApplicationError(Exception):
    status = 400
    code = "application_error"


class NotAuthenticated(ApplicationError):
    """Sign in first."""

    status = 401
    code = "not_authenticated"


class TicketNotFound(ApplicationError):
    """There is no such ticket."""

    status = 404
    code = "ticket_not_found"


class Users(Protocol):
    async def sign_in(self, email: str) -> str: ...

    async def of_token(self, token: str) -> UserDTO | None: ...


class Tickets(Protocol):
    async def open(self, subject: str, author: UserDTO) -> TicketDTO: ...

    async def get(self, number: int) -> TicketDTO | None: ...

    async def of(self, author: UserDTO) -> list[TicketDTO]: ...
