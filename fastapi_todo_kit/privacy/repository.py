"""SQL over every table of the kit at once: it goes by what columns are called, so that a new table is not forgotten."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Delete,
    LargeBinary,
    Select,
    Table,
    Text,
    Update,
    Uuid,
    bindparam,
    cast,
    delete,
    or_,
    select,
    tuple_,
    update,
)

from fastapi_todo_kit.core.access import ERASED
from fastapi_todo_kit.core.addresses import address_key
from fastapi_todo_kit.core.encoding import decode, encode
from fastapi_todo_kit.storage.idempotency import StoredAnswer
from fastapi_todo_kit.storage.jobs import Job
from fastapi_todo_kit.storage.log import Change
from fastapi_todo_kit.storage.repository import one_off
from fastapi_todo_kit.storage.tables import PERSONAL, Position, table_of
from fastapi_todo_kit.storage.teams import remove_space
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.tables import tables_of_spaces

USER_COLUMNS: Final = (
    "created_by",
    "completed_by",
    "ended_by",
    "actor_id",
    "audience",
    "user_id",
    "added_by",
    "assigned_by",
)
"""Columns that hold the id of a user."""
_USER_LISTS: Final = frozenset({"assignees"})
"""Fields that hold the ids of several."""
_BATCH: Final = 500
_answers = table_of(StoredAnswer)
_changes = table_of(Change)

_KEY_OF_ANSWER = (_answers.c.space_id, _answers.c.actor_id, _answers.c.key)
_THIS_ANSWER = tuple(column == bindparam(f"of_{column.name}", type_=column.type) for column in _KEY_OF_ANSWER)
_NAMING_ANSWERS = select(*_KEY_OF_ANSWER).where(Position(bindparam("words", type_=LargeBinary()), _answers.c.body) > 0)
_ANSWER = select(_answers.c.headers, _answers.c.body).where(*_THIS_ANSWER)
_REWRITE_ANSWER = update(_answers).where(*_THIS_ANSWER)
_FORGET_ANSWERS = delete(_answers).where(_answers.c.actor_id == bindparam("user"))
_jobs = table_of(Job)
_FORGET_JOBS = delete(_jobs).where(_jobs.c.user_id == bindparam("user"))
_FORGET_JOB_OF = delete(_jobs).where(
    _jobs.c.space_id == bindparam("space", type_=Uuid()), _jobs.c.key == bindparam("of")
)
_DIFFS = select(_changes.c.space_id, _changes.c.seq, _changes.c.diff)
_REWRITE = update(_changes).where(_changes.c.space_id == bindparam("space"), _changes.c.seq == bindparam("at_seq"))


@cache
def _personal_keys(table: Table) -> Select[Any]:
    return select(table.c.space_id, table.c.id).where(table.c.user_id == bindparam("user"))


@cache
def _delete_personal(table: Table) -> Delete:
    return delete(table).where(table.c.user_id == bindparam("user"))


@cache
def _forget_address(table: Table) -> Delete:
    return delete(table).where(table.c.email_key == bindparam("key"))


@cache
def _rename_in(table: Table, name: str) -> Update | Delete:
    """Return what makes a user unrecognisable; a row of which the user is the key would be that of two users then."""
    is_user = table.c[name] == bindparam("user")
    return (
        delete(table).where(is_user)
        if table.c[name].primary_key
        else update(table).where(is_user).values({name: ERASED})
    )


class PrivacyRepository:
    """Finds and removes what belongs to one user, or names one."""

    def __init__(self, work: Work, user_id: str) -> None:
        self._work = work
        self._user_id = user_id

    async def delete_space(self) -> int:
        """Remove the space of this work with everything in it; return how many rows there were."""
        return await remove_space(self._work)

    async def forget_address(self, address: str) -> int:
        """Remove what waits in other spaces for whoever has an address; return how many rows there were."""
        tables = [table for table in tables_of_spaces() if "email_key" in table.c]
        return sum([await self._work.run(_forget_address(table), {"key": address_key(address)}) for table in tables])

    async def rename_elsewhere(self) -> int:
        """Put `ERASED` where the user is named in other spaces; return how many rows there were."""
        user = {"user": self._user_id}
        await self._work.run(_FORGET_ANSWERS, user)
        await self._work.run(_FORGET_JOBS, user)
        for table in tables_of_spaces():
            if PERSONAL in table.info:
                await self._remove_personal(table)
        changed = 0
        for table in tables_of_spaces():
            for column in _user_columns(table):
                changed += await self._work.run(_rename_in(table, column.name), user)
        return changed + await self._rename_in_log() + await self._rename_in_answers()

    async def _remove_personal(self, table: Table) -> None:
        """Remove rows that are nobody's but the user's, and their jobs, whose errors may say who that is."""
        user = {"user": self._user_id}
        rows = await self._work.fetch(_personal_keys(table), user)
        await self._work.run_many(_FORGET_JOB_OF, ({"space": row.space_id, "of": row.id.hex} for row in rows))
        await self._work.run(_delete_personal(table), user)

    async def _rename_in_answers(self) -> int:
        """Rewrite stored answers of others: they go on to be given to whoever asks again."""
        renamed = 0
        for key in await self._work.fetch(_NAMING_ANSWERS, {"words": encode(self._user_id)}):
            this = {f"of_{name}": value for name, value in key._mapping.items()}
            (answer,) = await self._work.fetch(_ANSWER, this)
            body = encode(_renamed(decode(answer.body), self._user_id))
            if body != answer.body:
                headers = {name: _length(name, value, body) for name, value in answer.headers.items()}
                renamed += await self._work.run(_REWRITE_ANSWER, {**this, "headers": headers, "body": body})
        return renamed

    async def _rename_in_log(self) -> int:
        # As SQLAlchemy writes it into the column; what only looks alike is told apart by the decoded diff.
        mentions = cast(_changes.c.diff, Text).contains(json.dumps(self._user_id), autoescape=True)
        rows = await self._work.fetch(one_off(_DIFFS.where(mentions)), {})
        renamed = [(row, _without(row.diff, self._user_id)) for row in rows]
        changed = [(row, diff) for row, diff in renamed if diff != row.diff]
        for row, diff in changed:
            await self._work.run(_REWRITE, {"space": row.space_id, "at_seq": row.seq, "diff": diff})
        return len(changed)

    async def page_of_space(self, table: Table, after: Sequence[Any] | None) -> list[dict[str, Any]]:
        """Return rows of the space of this work, in the order of their keys."""
        column = table.c.space_id if "space_id" in table.c else table.c.id
        statement = select(table).where(column == self._work.space_id)
        return await self._page(table, statement, after)

    async def page_elsewhere(self, table: Table, after: Sequence[Any] | None) -> list[dict[str, Any]]:
        """Return the keys of rows in other spaces that name the user."""
        named = or_(*(column == self._user_id for column in _user_columns(table)))
        keys = (*table.primary_key.columns, *(column for column in _user_columns(table) if not column.primary_key))
        statement = select(*keys).where(named, table.c.space_id != self._work.space_id)
        return await self._page(table, statement, after)

    async def _page(self, table: Table, statement: Select[Any], after: Sequence[Any] | None) -> list[dict[str, Any]]:
        keys = table.primary_key.columns
        if after is not None:
            statement = statement.where(tuple_(*keys) > tuple_(*after))
        rows = await self._work.fetch(one_off(statement.order_by(*keys).limit(_BATCH)), {})
        return [row._asdict() for row in rows]


def tables_that_name_users() -> list[Table]:
    """Return the tables that hold ids of users."""
    return [table for table in tables_of_spaces() if _user_columns(table) and "space_id" in table.c]


def _user_columns(table: Table) -> list[Any]:
    return [table.c[name] for name in USER_COLUMNS if name in table.c]


def _without(value: Any, user_id: str) -> Any:
    """Return a diff in which nobody is this user."""
    return {name: [_erased(name, one, user_id) for one in pair] for name, pair in value.items()}


def _erased(name: str, value: Any, user_id: str) -> Any:
    """Return the value of a field, with nobody in it who is this user."""
    if name in _USER_LISTS and isinstance(value, list):
        return [ERASED if one == user_id else one for one in value]
    return ERASED if name in USER_COLUMNS and value == user_id else value


def _renamed(value: Any, user_id: str) -> Any:
    """Return what was answered, with nobody in it who is this user."""
    if isinstance(value, list):
        return [_renamed(one, user_id) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _renamed(_erased(name, one, user_id), user_id) for name, one in value.items()}


def _length(name: str, value: str, body: bytes) -> str:
    return str(len(body)) if name.lower() == "content-length" else value


def key_of(table: Table, row: dict[str, Any]) -> list[Any]:
    """Return the primary key of a row, as the place after which the next page begins."""
    return [row[column.name] for column in table.primary_key.columns]
