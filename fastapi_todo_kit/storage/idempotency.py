"""Stored answers of requests that change something, written in the same transaction as the change they answer.

Source: IETF draft-ietf-httpapi-idempotency-key-header. Two requests with one key cannot overlap: the second waits for
the lock of the space and then finds the answer of the first.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary, bindparam, delete, select
from sqlmodel import Field

from fastapi_todo_kit.core.encoding import decode, encode
from fastapi_todo_kit.core.errors import IdempotencyKeyReused
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
    """A stored answer is about to be sent again; whose object it shows or names may refuse, or take out what is hidden.

    It is as if it were asked for now.
    """

    entity: str
    """The first part of the call's action: todo, list, label or reminder."""
    named: Mapping[str, Any]
    """What the path of the request names: ids, by `todo_id` and so on."""
    shown: dict[str, Any]
    """What the answer shows, as JSON; empty where it shows nothing."""

    def ids_of(self, entity: str) -> set[uuid.UUID]:
        """Return the ids of the objects of a kind that the path names or that the answer is about."""
        found = {self.named.get(f"{entity}_id")}
        if self.entity == entity:
            found.add(self.shown.get("id"))
        return {uuid.UUID(str(one)) for one in found - {None}}

    def ids_shown(self, name: str) -> set[uuid.UUID]:
        """Return the id that a field of the answer has, if it is there."""
        return {uuid.UUID(self.shown[name])} if self.shown.get(name) else set()


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
        mine = {"space": self._work.space_id, "actor": self._actor, "idempotency_key": self._key}
        row = next(iter(await self._work.fetch_own(_FIND, mine)), None)
        if row is None:
            return None
        if row.created_at < self._work.now - self._work.kit.settings.idempotency_retention:
            await self.run(_FORGET, actor=self._actor, idempotency_key=self._key)
            return None
        if row.fingerprint != self._fingerprint:
            raise IdempotencyKeyReused
        return Answer(row.status, row.headers, row.body)

    async def check(self, answer: Answer, named: Mapping[str, Any]) -> Answer:
        """Return an answer as it may be sent now, to a principal who still has the right to do this.

        Where doing it has ended that right, the principal gets what it got before.

        Args:
            answer: as it was stored.
            named: what the path of the request names.

        Raises:
            Forbidden
            NotFound: what it shows, or the path names, is hidden now.
        """
        if self._work.context.action.ends_right:
            self._work.excuse()
            return answer
        self._work.authorise()
        shown = decode(answer.body) if answer.body else {}
        before = encode(shown)
        await self._work.emit(AnswerReplayed(self._work.context.action.partition(".")[0], named, shown))
        body = encode(shown)
        if body == before:
            return answer
        headers = {name: value for name, value in answer.headers.items() if name.lower() != "content-length"}
        return Answer(answer.status, {**headers, "content-length": str(len(body))}, body)

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
