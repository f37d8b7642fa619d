"""Stored answers of requests that change something, written in the same transaction as the change they answer.

Source: IETF draft-ietf-httpapi-idempotency-key-header. Two requests with one key cannot overlap: the second waits for
the lock of the space and then finds the answer of the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary, bindparam, delete, select
from sqlmodel import Field

from fastapi_todo_kit.encoding import decode
from fastapi_todo_kit.errors import IdempotencyKeyReused
from fastapi_todo_kit.storage.repository import Repository, in_space
from fastapi_todo_kit.storage.tables import (
    Instant,
    Json,
    TableModel,
    id_column,
    instant_column,
    key_text,
    table_of,
)
from fastapi_todo_kit.storage.work import Work


class StoredAnswer(TableModel, table=True):
    """The answer to one request: scoped to the space and the user, bound to the request by a digest."""

    __tablename__: ClassVar[Any] = "todokit_idempotency"
    __table_args__: ClassVar[Any] = (Index(None, "created_at"),)

    space_id: Any = id_column(primary_key=True, foreign_key="todokit_space.id")
    actor_id: str = Field(sa_type=key_text(255), primary_key=True)
    key: str = Field(sa_type=key_text(255), primary_key=True)
    fingerprint: str = Field(max_length=64)
    status: int
    headers: dict[str, str] = Field(sa_type=Json, nullable=False)
    body: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = instant_column()


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves: the status, the headers and the bytes of a response."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class AnswerReplayed:
    """A stored answer is about to be sent again; whose object it shows may refuse, as if it were asked for now."""

    entity: str
    """The first part of the call's action: todo, list, label or reminder."""
    shown: Mapping[str, Any]
    """What the answer shows, as JSON."""


_answers = table_of(StoredAnswer)
_same_key = (
    in_space(_answers),
    _answers.c.actor_id == bindparam("actor"),
    _answers.c.key == bindparam("idempotency_key"),
)
_FIND = select(
    _answers.c.fingerprint,
    _answers.c.status,
    _answers.c.headers,
    _answers.c.body,
    _answers.c.created_at,
).where(*_same_key)
_FORGET = delete(_answers).where(*_same_key)
_PURGE = delete(_answers).where(in_space(_answers), _answers.c.created_at < bindparam("cutoff", type_=Instant()))


class StoredAnswers(Repository):
    """Finds and keeps the answers of one principal in one space."""

    table = _answers

    def __init__(self, work: Work, key: str, fingerprint: str) -> None:
        super().__init__(work)
        self._actor = work.access.principal.user_id
        self._key = key
        self._fingerprint = fingerprint

    async def find(self) -> Answer | None:
        """Return the stored answer of this key; forget one that is past its retention.

        Raises:
            IdempotencyKeyReused: the key was used for another request.
        """
        context = self._work.context
        row = await self.fetch_one(_FIND, actor=self._actor, idempotency_key=self._key)
        if row is None:
            return None
        if row.created_at < self._work.now - context.settings.idempotency_retention:
            await self.run(_FORGET, actor=self._actor, idempotency_key=self._key)
            return None
        if row.fingerprint != self._fingerprint:
            raise IdempotencyKeyReused
        return Answer(row.status, row.headers, row.body)

    async def check(self, answer: Answer) -> None:
        """Make sure that the principal still has the right to do this, and still sees the object that is shown.

        Raises:
            Forbidden, NotFound
        """
        self._work.authorise()
        if answer.body:
            entity = self._work.context.action.partition(".")[0]
            await self._work.emit(AnswerReplayed(entity, decode(answer.body)))

    async def keep(self, answer: Answer) -> None:
        """Store the answer beside the change it describes."""
        await self.insert_into(
            self.table,
            [
                {
                    "actor_id": self._actor,
                    "key": self._key,
                    "fingerprint": self._fingerprint,
                    "status": answer.status,
                    "headers": answer.headers,
                    "body": answer.body,
                    "created_at": self._work.now,
                }
            ],
        )


SPACES_WITH_OLD_ANSWERS = select(_answers.c.space_id).where(
    _answers.c.created_at < bindparam("answers_cutoff", type_=Instant())
)


async def purge_answers(work: Work, older_than: timedelta) -> int:
    """Delete the stored answers of the space that are older; return how many."""
    return await work.run(_PURGE, {"space": work.space_id, "cutoff": work.now - older_than})
