"""What can be done with a todo. Runs inside a unit of work and never commits."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from fastapi_todo_kit.core.errors import InvalidInput
from fastapi_todo_kit.core.extra.field import changed_extra, checked_extra
from fastapi_todo_kit.core.fields import Id
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.features.lists.service import ListService
from fastapi_todo_kit.features.todos.base import TodoWork, list_of
from fastapi_todo_kit.features.todos.columns import plain_fields
from fastapi_todo_kit.features.todos.errors import TodoClosed, TodoNotFound
from fastapi_todo_kit.features.todos.events import TodoRescheduled
from fastapi_todo_kit.features.todos.models import OPEN
from fastapi_todo_kit.features.todos.query import SEVERAL_SPACES, Filter, Filters, filters_of, order_of
from fastapi_todo_kit.features.todos.records import place_of, records_of_page, weights_of
from fastapi_todo_kit.features.todos.recurring import with_series
from fastapi_todo_kit.features.todos.schemas import ME, TodoCreate, TodoPage, TodoQuery, TodoRead, TodoUpdate
from fastapi_todo_kit.host import LinkTarget
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.keyset import Paging
from fastapi_todo_kit.storage.ordering import keys_after
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.verbs import verb
from fastapi_todo_kit.storage.versions import ANY_VERSION, Versions

_BY_SEEN_LABELS: Final[Mapping[Filter, Filter]] = {
    "no_label": "no_seen_label",
    "some_label": "some_seen_label",
    "label_name": "seen_label_name",
}
_BY_POSITION: Final = "position"
_TIMES = {"start", "due", "deadline"}
_WHOLE = "Name the object by link.source, link.type and link.id: who may list its todos depends on which one it is."


class TodoService(TodoWork):
    """The verbs of todos, within the space of a unit of work."""

    @verb(Action.READ_TODO, spans=True)
    async def page(self, query: TodoQuery) -> TodoPage:
        """Return the todos that match, in the order asked for.

        `TodoQuery` takes the names of the API, `TodoQuery(**{"extra.amount.gte": 10})`, and those of its fields.

        Raises:
            UnknownParameter: the host's model of `extra` has no such filter.
            InvalidCursor: the cursor is damaged or belongs to another query.
            LinkTargetNotFound: the todos of an object are asked for that the principal may not reach.
            SpaceNotFound
        """
        self._work.authorise()
        query = query.read_by(self._extra_model)
        sort = self._order_for(query.sort)
        await self._check_link_filter(query)
        zone = ZoneInfo(query.tz) if query.tz else self._work.access.principal.time_zone
        asked = query.model_dump(exclude={"cursor", "limit", "count", "sort"}, exclude_defaults=True)
        asked |= {} if sort == _BY_POSITION else {"sort": sort}
        names, parameters = filters_of(query, self._work.now, zone)
        if self._work.spans:
            names = (*names, SEVERAL_SPACES)
        if parameters.get("assignee") == ME:
            parameters["assignee"] = self._work.access.principal.user_id
        order = order_of(sort, names)
        paging = Paging(order, query.limit, query.cursor, self._work.reach, asked, zone.key)
        names = await self._without_hidden_labels(names, parameters)
        rows = await self._todos.page(names, sort, parameters | paging.parameters)
        of_page, next_cursor = paging.split(rows, partial(place_of, names), weights_of, self._limits.page_bytes)
        items = records_of_page(names, of_page)
        await self._todos.hide_labels(items)
        page: TodoPage = {"items": cast("list[TodoRead]", items), "next_cursor": next_cursor}
        if query.count == "exact":
            page["count"] = await self._todos.count(names, parameters)
        return page

    @verb(Action.READ_TODO)
    async def subtasks(self, todo_id: Id, query: TodoQuery) -> TodoPage:
        """Return the direct subtasks of a todo.

        Raises:
            TodoNotFound, InvalidCursor
        """
        if self._work.decides_by_object:
            await self.get(todo_id)
        page = await self.page(query.model_copy(update={"parent": todo_id}))
        if not page["items"] and not await self._todos.exists(todo_id):
            raise TodoNotFound
        return page

    async def find(self, todo_id: uuid.UUID) -> dict[str, Any] | None:
        """Return a living todo that the principal sees, for what another feature does about it."""
        todo = await self._todos.find(todo_id)
        return None if todo is None else todo.record

    async def allowed(self, todo_ids: Sequence[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID]]:
        """Return the space and id of those of some hundred todos of which the policy allows what the call does."""
        records = [todo.record for todo in await self._todos.find_all(todo_ids)]
        action = self._work.context.action
        return {(record["space_id"], record["id"]) for record in records if self._work.may(action, record)}

    async def check_seen(self, todo_id: uuid.UUID) -> None:
        """Make sure that a todo is not hidden from the principal, wherever it is; what is gone for good is not.

        Raises:
            TodoNotFound
        """
        todo = await self._todos.find_anywhere(todo_id)
        await self._todos.check_seen(todo_id, None if todo is None else todo.record, Action.READ_TODO, TodoNotFound)

    async def hide_labels(self, shown: dict[str, Any]) -> None:
        """Leave out of a todo that was shown, as JSON, the labels that are hidden from the principal now."""
        shown["label_ids"] = list(map(uuid.UUID, shown["label_ids"]))
        await self._todos.hide_labels([shown])

    @verb(Action.CREATE_TODO)
    async def create(self, new: TodoCreate) -> TodoRead:
        """Add a todo at the end of its list; one of this id that is just so already is returned as it is.

        Raises:
            ListNotFound, TodoNotFound, LabelNotFound: what it names is not there.
            WrongReference: its list is not its parent's.
            NotAMember: somebody whom it is assigned to is not in the space.
            Forbidden: it is assigned by somebody who may not, which is `todo.assign`.
            ListArchived, TodoClosed, MoveImpossible, LimitReached, AlreadyExists
        """
        fields = plain_fields(new, new.model_dump(exclude={"list_id", "parent_id", "id", "extra"}))
        known = None if new.id is None else await self._todos.find_anywhere(new.id)
        fields["extra"] = checked_extra(self._extra_model, new.extra, None if known is None else known.record)
        if known is not None and self._work.may(Action.READ_TODO, known.record):
            list_id = await self._asked_list(new, known)
            return self._found_again(known, {**fields, "list_id": list_id, "parent_id": new.parent_id})
        parent = None if new.parent_id is None else await self._parent(new.parent_id)
        await ListService(self._work).check_named(new.list_id)
        end = await self._end(list_of(parent, new.list_id))
        await self._check(fields)
        await self._check_links(fields.get("links", ()))
        placed = {
            "id": new.id or new_id(),
            "list_id": end.list_id,
            "parent_id": new.parent_id,
            "position": keys_after(end.last, 1)[0],
        }
        todo = self._new({**fields, **placed}, 0 if parent is None else parent.depth + 1)
        self._work.authorise(todo.record)
        await self._check_assigning(todo.record)
        await self._add([todo])
        return cast("TodoRead", todo.record)

    @verb(Action.UPDATE_TODO)
    async def update(self, todo_id: Id, changes: TodoUpdate, versions: Versions = ANY_VERSION) -> TodoRead:
        """Change what the client sent.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed, LimitReached
            NotAMember: somebody whom it is assigned to from now on is not in the space.
            Forbidden: that is changed by somebody who may not, which is `todo.assign`.
            TodoClosed: the status of a closed todo is changed by `reopen`.
        """
        todo = await self._existing(todo_id, versions)
        fields = plain_fields(changes, changes.model_dump(exclude_unset=True, exclude={"extra"}))
        if "status" in fields and todo.record["status"] not in OPEN:
            raise TodoClosed
        if "extra" in changes.model_fields_set:
            fields["extra"] = changed_extra(self._extra_model, todo.record["extra"], changes.extra)
        await self._check(fields)
        await self._check_links(link for link in fields.get("links", ()) if link not in todo.record["links"])
        await self._check_assigning({**todo.record, **fields}, todo.record["assignees"])
        fields, internal = with_series(todo.record, todo.progress, fields)
        if any(fields[name] != todo.record[name] for name in fields.keys() & _TIMES):
            await self._work.emit(TodoRescheduled(todo_id, {**todo.record, **fields}))
        return await self._save(todo, fields, internal=internal)

    @verb(Action.DELETE_TODO)
    async def delete(self, todo_id: Id, versions: Versions = ANY_VERSION) -> None:
        """Send a todo and its subtasks to the trash, as one batch.

        Raises:
            TodoNotFound, PreconditionFailed
        """
        await self._existing(todo_id, versions)
        await self._todos.trash_tree(todo_id, new_id())

    @verb(Action.UPDATE_TODO)
    async def add_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Put a label on a todo; one that carries it stays as it is.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed, LimitReached
        """
        todo = await self._existing(todo_id, versions)
        fields = {"label_ids": sorted({*todo.record["label_ids"], label_id})}
        await self._check(fields)
        return await self._save(todo, fields)

    @verb(Action.UPDATE_TODO)
    async def remove_label(self, todo_id: Id, label_id: Id, versions: Versions = ANY_VERSION) -> TodoRead:
        """Take a label off a todo; one that does not carry it stays as it is.

        Raises:
            TodoNotFound, LabelNotFound, PreconditionFailed
        """
        todo = await self._existing(todo_id, versions)
        await LabelService(self._work).require([label_id])
        return await self._save(todo, {"label_ids": [one for one in todo.record["label_ids"] if one != label_id]})

    def _order_for(self, sort: str | None) -> str:
        """Return the order of a page: positions of several spaces have nothing to do with one another.

        Raises:
            InvalidInput
        """
        if not self._work.spans:
            return sort or _BY_POSITION
        if _BY_POSITION in (sort or ""):
            detail = "Todos of several spaces have no positions in common; sort by something else, such as `due`."
            raise InvalidInput(errors=[{"parameter": "sort", "code": "not_across_spaces", "detail": detail}])
        return sort or "due"

    async def _check_link_filter(self, query: TodoQuery) -> None:
        """Make sure that the principal may list the todos of the object that a query names."""
        named = {"link.source": query.link_source, "link.type": query.link_type, "link.id": query.link_id}
        missing = [name for name, value in named.items() if value is None]
        if len(missing) == len(named) or self._work.kit.host.link_policy is None:
            return
        if missing:
            raise InvalidInput(errors=[{"parameter": name, "code": "missing", "detail": _WHOLE} for name in missing])
        source, kind, object_id = map(str, named.values())
        await self._reach(LinkTarget(source, kind, object_id, "list"))

    async def _without_hidden_labels(self, names: Filters, parameters: dict[str, Any]) -> Filters:
        """Let a filter by a label that the principal does not see find what one by a label that is not there finds."""
        if "label_name" in names and not await self._work.may_ask_about(Action.READ_LABEL):
            parameters["label_name"] = []
        asked = parameters.keys() & {"label", "label_all", "label_not"}
        by_seen = _BY_SEEN_LABELS.keys() & set(names)
        visible = await LabelService(self._work).visible_ids() if asked or by_seen else None
        if visible is None:
            return names
        nothing = new_id()
        for name in asked:
            parameters[name] = [one if one in visible else nothing for one in parameters[name]]
        if by_seen:
            parameters["label_seen"] = sorted(visible)
        return tuple(_BY_SEEN_LABELS.get(name, name) for name in names)
