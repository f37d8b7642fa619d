"""SQL on members."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    Row,
    String,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    type_coerce,
    union_all,
    update,
)

from fastapi_todo_kit.core.access import OWNER
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import NEXT_SEQ, About, Space
from fastapi_todo_kit.storage.membership import Member
from fastapi_todo_kit.storage.repository import Repository, in_space
from fastapi_todo_kit.storage.tables import table_of

_members = table_of(Member)
_spaces = table_of(Space)
_above = _members.alias("above")
_parents = _spaces.alias("parents")
_COLUMNS: Final = ("user_id", "role", "version", "added_at", "added_by")
_own = select(
    *(_members.c[name] for name in _COLUMNS),
    literal(False).label("is_inherited"),
    type_coerce(null(), String()).label("most"),
).where(in_space(_members))
_inherited = (
    select(
        *(_above.c[name] for name in _COLUMNS),
        literal(True).label("is_inherited"),
        _spaces.c.inherits_max_role.label("most"),
    )
    .join_from(_spaces, _parents, and_(_parents.c.id == _spaces.c.inherits_id, _parents.c.deleted_at.is_(None)))
    .join(_above, _above.c.space_id == _parents.c.id)
    .where(
        _spaces.c.id == bindparam("space", type_=Uuid()),
        ~exists().where(_members.c.space_id == _spaces.c.id, _members.c.user_id == _above.c.user_id),
    )
)
_all = union_all(_own, _inherited).subquery("everybody")
ORDER: Final[Order] = (SortKey("user_id", _all.c.user_id),)
_everybody = select(_all).order_by(_all.c.user_id).limit(bindparam("limit"))
_PAGE: Final = {False: _everybody, True: _everybody.where(rows_after(ORDER))}
_SOME = select(_all.c.user_id, _all.c.role, _all.c.most).where(_all.c.user_id.in_(bindparam("users", expanding=True)))
_user = bindparam("user", type_=_members.c.user_id.type)
_owners = select(func.count()).where(in_space(_members), _members.c.role == OWNER).scalar_subquery()
_one = and_(in_space(_members), _members.c.user_id == _user)
_FIND = select(*(_members.c[name] for name in _COLUMNS), _owners.label("owners")).where(_one)
_LONGEST = (
    select(*(_members.c[name] for name in _COLUMNS))
    .where(in_space(_members), _members.c.role == bindparam("role"))
    .order_by(_members.c.added_at, _members.c.user_id)
    .limit(1)
)
_COUNT = select(func.count()).where(in_space(_members))
_ADD = insert(_members).values(
    space_id=bindparam("space", type_=Uuid()),
    user_id=_user,
    **{name: bindparam(f"new_{name}", type_=_members.c[name].type) for name in _COLUMNS if name != "user_id"},
    since_seq=NEXT_SEQ.scalar_subquery(),
)
_SAVE = update(_members).where(_one)
_REMOVE = delete(_members).where(_one)


class MemberRepository(Repository):
    """Reads and writes the members of a space."""

    table = _members
    entity = "member"

    async def page(self, parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return members by their ids: of this space, and of that which it takes members from."""
        return await self.fetch_all(_PAGE["after_0" in parameters], **parameters)

    async def some(self, user_ids: Sequence[str]) -> Sequence[Row[Any]]:
        """Return which of some hundred users are members, of this space or of that which it takes members from."""
        return await self.fetch_all(_SOME, users=list(user_ids))

    async def find(self, user_id: str) -> dict[str, Any] | None:
        """Return a member of this space itself, with the number of its `owners`."""
        row = await self.fetch_one(_FIND, user=user_id)
        return None if row is None else {"id": self.id_of(user_id), **row._asdict()}

    async def heir(self, *roles: str) -> dict[str, Any] | None:
        """Return the member who has been there for longest in the first of these roles that anybody has."""
        for role in roles:
            row = await self.fetch_one(_LONGEST, role=role)
            if row is not None:
                return row._asdict()
        return None

    async def count(self) -> int:
        """Return how many members the space itself has."""
        return int(await self.fetch_value(_COUNT))

    async def add_member(self, user_id: str, role: str, added_by: str | None = None) -> dict[str, Any]:
        """Add a member, by default as one that the principal adds."""
        record = {
            "id": self.id_of(user_id),
            "user_id": user_id,
            "role": role,
            "version": 1,
            "added_at": self._work.now,
            "added_by": added_by or self._work.access.principal.user_id,
        }
        new = {f"new_{name}": record[name] for name in _COLUMNS if name != "user_id"}
        await self.run(_ADD, user=user_id, drawn=self._work.drawn, **new)
        self._log("added", 1, user_id, None, role)
        return record

    async def set_role(self, record: Mapping[str, Any], role: str) -> dict[str, Any]:
        """Give a member another role."""
        version = record["version"] + 1
        here = {"space": self._work.space_id, "user": record["user_id"]}
        await self._work.run_one(_SAVE, {**here, "role": role, "version": version})
        self._log("changed", version, record["user_id"], record["role"], role)
        return {**record, "role": role, "version": version}

    async def remove(self, record: Mapping[str, Any], op: str) -> None:
        """Remove a member."""
        await self._work.run_one(_REMOVE, {"space": self._work.space_id, "user": record["user_id"]})
        self._log(op, record["version"] + 1, record["user_id"], record["role"], None)

    def _log(self, op: str, version: int, user_id: str, before: str | None, after: str | None) -> None:
        known = [None if before is None else user_id, None if after is None else user_id]
        diff = {"user_id": known, "role": [before, after]}
        self._work.record(self.entity, self.id_of(user_id), op, version, diff, about=About(self._work.space_id))

    def id_of(self, user_id: str) -> uuid.UUID:
        """Return what a member is called in the log: always the same for a user in a space."""
        return uuid.uuid5(self._work.space_id, user_id)
