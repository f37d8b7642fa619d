"""SQL on spaces."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Uuid, and_, bindparam, case, exists, func, select, text, update

from fastapi_todo_kit.core.access import OWNER, personal_space
from fastapi_todo_kit.features.spaces.models import UserItem
from fastapi_todo_kit.storage.keyset import Order, SortKey, rows_after
from fastapi_todo_kit.storage.log import Change, Space
from fastapi_todo_kit.storage.membership import Member, memberships, parameters_of
from fastapi_todo_kit.storage.repository import Repository
from fastapi_todo_kit.storage.tables import table_of

_spaces = table_of(Space)
_members = table_of(Member)
_items = table_of(UserItem)
_changes = table_of(Change)
_UNREAD_AMONG: Final = 1_000
"""How many of a space's last changes are looked at; whoever has made all of them has been there."""
_seen = (
    select(_items.c.seen_seq)
    .where(_items.c.space_id == bindparam("own_space", type_=Uuid()), _items.c.target_space_id == _spaces.c.id)
    .where(_items.c.target_kind == "space", _items.c.target_id == _spaces.c.id)
    .correlate(_spaces)
    .scalar_subquery()
)
_is_unread = and_(
    _spaces.c.kind == "team",
    exists().where(
        _changes.c.space_id == _spaces.c.id,
        _changes.c.seq > _spaces.c.seq - _UNREAD_AMONG,  # the first of two bounds is the one that SQLite goes by
        _changes.c.seq > func.coalesce(_seen, 0),
        _changes.c.entity != "reminder",  # which is only its user's
        _changes.c.actor_id != bindparam("reader", type_=_changes.c.actor_id.type),
    ),
)
_COLUMNS = (
    *(_spaces.c[name] for name in ("id", "kind", "key", "seq", "created_at", "name", "color")),
    *(_spaces.c[name] for name in ("inherits_id", "inherits_max_role", "created_by", "updated_at", "version")),
    _spaces.c.shared_list_id.label("list_id"),
    _spaces.c.deleted_at,
    _is_unread.label("is_unread"),
)
RANKS: Final = {"personal": 0, "host": 1, "team": 2}
_rank = case(RANKS, value=_spaces.c.kind, else_=2)
ORDER: Final[Order] = (SortKey("rank", _rank), SortKey("id", _spaces.c.id))
_HERE = select(*_COLUMNS).where(_spaces.c.id == bindparam("space", type_=Uuid()))
_BY_IDS = select(*_COLUMNS).where(_spaces.c.id.in_(bindparam("ids", expanding=True)))
_mine = memberships(*_COLUMNS, _rank.label("rank")).order_by(_rank, _spaces.c.id).limit(bindparam("limit"))
_PAGE: Final = {False: _mine, True: _mine.where(rows_after(ORDER))}
_COUNT = (
    select(func.count())
    .join_from(_members, _spaces, _spaces.c.id == _members.c.space_id)
    .where(_members.c.user_id == bindparam("user"), _spaces.c.deleted_at.is_(None))
    .where(_spaces.c.namespace == bindparam("namespace"))
)
_made = ("id", "kind", "seq", "created_at", "namespace", "name", "color", "created_by", "updated_at")
_ADDED = (*_made, "inherits_id", "inherits_max_role", "shared_list_id")
# Text, because SQLAlchemy compiles a statement with ON CONFLICT anew each time.
_ADD = text(
    f"INSERT INTO todokit_space ({', '.join(_ADDED)}) VALUES ({', '.join(f':{name}' for name in _ADDED)}) "  # noqa: S608  (names above)
    "ON CONFLICT (id) DO NOTHING"
).bindparams(*(bindparam(name, type_=_spaces.c[name].type) for name in _ADDED))
_SAVE = update(_spaces).where(_spaces.c.id == bindparam("of_space", type_=Uuid()))


class SpaceRepository(Repository):
    """Reads and writes the rows of spaces; storage makes those of users and tenants."""

    table = _spaces
    entity = "space"

    async def here(self) -> dict[str, Any] | None:
        """Return the space of this work, where it has a row."""
        row = await self.fetch_one(_HERE, **self._reader)
        return None if row is None else dict(row._mapping)

    async def by_ids(self, ids: Sequence[uuid.UUID]) -> Sequence[Row[Any]]:
        """Return those of some spaces that have a row."""
        return await self._work.fetch(_BY_IDS, {"ids": ids, **self._reader})

    async def page(self, known: Collection[uuid.UUID], parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        """Return those known spaces that have a row, and behind them teams that the principal is in and as what."""
        principal = self._work.access.principal
        mine = parameters_of(self._work.kit.settings.namespace, principal.user_id)
        return await self._work.fetch(
            _PAGE["after_0" in parameters], {**mine, **self._reader, "known": list(known), **parameters}
        )

    @property
    def _reader(self) -> dict[str, Any]:
        user_id = self._work.access.principal.user_id
        return {"reader": user_id, "own_space": personal_space(self._work.kit.settings.namespace, user_id).id}

    async def count_of_teams(self, user_id: str) -> int:
        """Return how many team spaces a user is a member of."""
        here = {"user": user_id, "namespace": self._work.kit.settings.namespace}
        return int(await self.fetch_value(_COUNT, **here))

    async def add_team(self, record: Mapping[str, Any]) -> bool:
        """Make this space one of its maker's, who owns it; say whether its id was free."""
        user_id, now = self._work.access.principal.user_id, self._work.now
        columns = {"kind": "team", "seq": 1, "namespace": self._work.kit.settings.namespace}
        here = {name: record[name] for name in _ADDED if name in record}
        row = {**here, **columns, "shared_list_id": record["list_id"]}
        if not await self._work.run(_ADD, row):
            return False
        self._work.begin_space()
        owner = {"user_id": user_id, "role": OWNER, "version": 1, "added_at": now, "added_by": user_id, "since_seq": 1}
        await self.insert_into(_members, [owner])
        self._work.record(self.entity, record["id"], "created", record["version"])
        return True

    async def give_up_list(self, record: Mapping[str, Any]) -> None:
        """Send a space to the trash, which is there for no list alone any more."""
        changed, version = {"list_id": None, "deleted_at": self._work.now}, record["version"] + 1
        stamp = {"version": version, "updated_at": self._work.now}
        await self.update(record["id"], {"shared_list_id": None, "deleted_at": self._work.now, **stamp})
        diff = {name: [record[name], value] for name, value in changed.items()}
        self._work.record(self.entity, record["id"], "deleted", version, diff)

    async def update(self, row_id: uuid.UUID, values: Mapping[str, Any]) -> None:
        """Set columns of a space."""
        await self._work.run_one(_SAVE, {"of_space": row_id, **values})
