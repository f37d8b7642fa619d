"""What the API takes and shows of todos."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal, NotRequired, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType, TypedDict

from fastapi_todo_kit.calendar.schemas import Recurrence, RecurrenceRead
from fastapi_todo_kit.calendar.times import TimeValue
from fastapi_todo_kit.core.access import user_key
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.core.extra.field import (
    ExtraQuery,
    typed_create,
    typed_page,
    typed_query,
    typed_read,
    typed_update,
)
from fastapi_todo_kit.core.fields import (
    Day,
    Description,
    Extra,
    Id,
    Instant,
    LinkKey,
    Moment,
    Neighbour,
    PriorityNumber,
    SearchText,
    Url,
    ZoneName,
    absent,
    name_of,
    name_schema,
    text_of,
)
from fastapi_todo_kit.features.labels.schemas import LabelName
from fastapi_todo_kit.features.lists.schemas import Dropped
from fastapi_todo_kit.features.members.schemas import UserId as MemberId

# No host calls a model of its own like this: the filters name it, and could not follow if FastAPI renamed both.
Title = Annotated[str, name_of(500), name_schema(500)]


AnyTodoStatus = TypeAliasType(
    "AnyTodoStatus",
    Annotated[
        Literal["needs_action", "in_progress", "completed", "cancelled"],
        Field(title="AnyTodoStatus", description="How far a todo is"),
    ],
)
OpenTodoStatus = TypeAliasType(
    "OpenTodoStatus",
    Annotated[
        Literal["needs_action", "in_progress"],
        Field(title="OpenTodoStatus", description="How far a todo is that is not closed: what a write may set"),
    ],
)
SORT_NAMES: Final = (
    "position",
    "due",
    "start",
    "deadline",
    "priority",
    "title",
    "created_at",
    "updated_at",
    "completed_at",
)


class Link(BaseModel):
    """An object of the host: "the todos of invoice 42" are those with the link (billing, invoice, 42)."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    source: LinkKey
    type: LinkKey
    id: LinkKey
    url: Url | None = None
    title: Title | None = None


def _distinct(items: list[Any]) -> list[Any]:
    keys = [(item.source, item.type, item.id) if isinstance(item, Link) else item for item in items]
    if len(set(keys)) < len(keys):
        raise PydanticCustomError("repeated_item", "Name each only once.")
    return items


# What settings allow at most. Each mount has limits of its own, usually smaller ones.
_MOST: Final = 1_000
LabelIds = Annotated[
    list[Id],
    Field(max_length=_MOST),
    AfterValidator(_distinct),
    WithJsonSchema(
        {"type": "array", "items": {"type": "string", "format": "uuid"}, "maxItems": _MOST, "uniqueItems": True}
    ),
]
Links = Annotated[list[Link], Field(max_length=_MOST), AfterValidator(_distinct)]
Assignees = Annotated[
    list[MemberId],
    Field(
        max_length=_MOST, description="The ids of the users who are to do it", json_schema_extra={"uniqueItems": True}
    ),
    AfterValidator(_distinct),
]


class TodoCreate(BaseModel):
    """A new todo. Without a list it goes to the inbox, or to the list of its parent."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    id: Id | None = None
    list_id: Id | None = None
    parent_id: Id | None = None
    title: Title
    description: Description = ""
    status: OpenTodoStatus = "needs_action"
    priority: PriorityNumber = Field(default=0)
    start: TimeValue | None = None
    due: TimeValue | None = None
    deadline: Day | None = None
    recurrence: Recurrence | None = None
    label_ids: LabelIds = Field(default=[])
    assignees: Assignees = Field(default=[])
    links: Links = Field(default=[])
    extra: Extra = Field(default={})


def _user_id(value: Any) -> str:
    try:
        return user_key(value)
    except ConfigurationError:
        raise PydanticCustomError("user_id_type", "Write the id of a user: a str, an int or a UUID.") from None


UserId = Annotated[str, BeforeValidator(_user_id), Field(min_length=1), text_of(255)]


class TodoImport(TodoCreate):
    """A todo as it was somewhere else, for `todos.create_many`: it may be closed, and say what happened in the past.

    Without `created_at` and `created_by` it is created now, by whoever brings it; one that is completed is so now, and
    by the same, without `completed_at` and `completed_by`. With an `id`, it can be brought again.
    """

    status: AnyTodoStatus = "needs_action"  # type: ignore[assignment]  # wider: what is new is open
    created_at: Instant | None = None
    created_by: UserId | None = None
    completed_at: Instant | None = None
    completed_by: UserId | None = None

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.status != "completed" and (self.completed_at, self.completed_by) != (None, None):
            raise PydanticCustomError("not_completed", "Only what has the status completed says when, or by whom.")
        if self.recurrence is not None and self.status in {"completed", "cancelled"}:
            raise PydanticCustomError("closed_series", "What recurs is open: bring its next occurrence.")
        return self


class TodoUpdate(BaseModel):
    """Changes of a todo: what is absent stays, null clears (RFC 7396). Closing and moving are verbs of their own."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", validate_assignment=True)

    title: Title = Field(default_factory=absent)
    description: Description = Field(default_factory=absent)
    status: OpenTodoStatus = Field(default_factory=absent)
    priority: PriorityNumber = Field(default_factory=absent)
    start: TimeValue | None = Field(default_factory=absent)
    due: TimeValue | None = Field(default_factory=absent)
    deadline: Day | None = Field(default_factory=absent)
    recurrence: Recurrence | None = Field(default_factory=absent)
    label_ids: LabelIds = Field(default_factory=absent)
    assignees: Assignees = Field(default_factory=absent)
    links: Links = Field(default_factory=absent)
    extra: Extra = Field(default_factory=absent)


class TodoMove(Neighbour):
    """Where a todo goes, with its subtasks; without `before` or `after` to the end.

    `parent_id: null` makes it a root. Naming another list alone makes it a root of that list. In another space it goes
    to the inbox where no list is named.
    """

    space_id: Id = Field(default_factory=absent)
    list_id: Id = Field(default_factory=absent)
    parent_id: Id | None = Field(default_factory=absent)


class LinkRead(TypedDict):
    """A link of a todo."""

    source: str
    type: str
    id: str
    url: str | None
    title: str | None


class TodoRead(TypedDict):
    """A todo.

    `occurrence` is the slot of the present occurrence of a todo that recurs. `occurrence_of` is there in completed
    occurrences, which a query for completed todos finds too: `id` is then that of the occurrence. `dropped` is there
    once the todo has moved to another space.
    """

    id: uuid.UUID
    space_id: uuid.UUID
    list_id: uuid.UUID
    parent_id: uuid.UUID | None
    title: str
    description: str
    status: AnyTodoStatus
    priority: int
    start: TimeValue | None
    due: TimeValue | None
    deadline: date | None
    recurrence: RecurrenceRead | None
    occurrence: str | None
    position: str
    label_ids: list[uuid.UUID]
    assignees: list[str]
    links: list[LinkRead]
    extra: dict[str, Any]
    completed_at: datetime | None
    completed_by: str | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    version: int
    deleted_at: datetime | None
    occurrence_of: NotRequired[uuid.UUID]
    dropped: NotRequired[Dropped]


class TodoPage(TypedDict):
    """A page of todos. `count` is there with count=exact."""

    items: list[TodoRead]
    next_cursor: str | None
    count: NotRequired[int]


_ONE_SORT: Final = f"-?({'|'.join(SORT_NAMES)})"
_SORT: Final = rf"^{_ONE_SORT}(,{_ONE_SORT})*$"
_ORDER: Final = "Comma-separated, `-` for descending. No value counts as the largest. Ends in the id of the todo"
Sort = Annotated[
    str,
    Field(
        pattern=_SORT,
        max_length=200,
        examples=["-due,position"],
    ),
]
_WORDS: Final = (
    "Words that title and description have, in any order, also as parts of words; case and accents are ignored"
)
_Ids = Annotated[list[Id], Field(max_length=50)]
ME: Final = "me"
"""Stands for the principal where the id of an assignee is asked for."""
NOBODY: Final = "none"


class TodoQuery(ExtraQuery):
    """Which todos, in which order. Every filter narrows; dates are days of the viewer's zone."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str | None, Field(max_length=4_096)] = None
    sort: Annotated[
        Sort | None,
        Field(description=f"{_ORDER}. By `position` if it is left out, and with `space=all`, which has none, by `due`"),
    ] = None
    count: Literal["exact"] | None = None
    tz: Annotated[ZoneName | None, Field(description="The viewer's zone; the principal's by default")] = None
    status: list[AnyTodoStatus] = Field(default_factory=list, max_length=50)
    list_id: Annotated[Id | None, Field(alias="list")] = None
    parent: Annotated[Id | Literal["none"] | None, Field(description="`none` for roots")] = None
    label: _Ids = Field(default_factory=list, description="Any of these")
    label_all: _Ids = Field(default_factory=list, alias="label.all", description="All of these")
    label_not: _Ids = Field(default_factory=list, alias="label.not", description="None of these")
    label_name: Annotated[
        list[LabelName],
        Field(alias="label.name", max_length=50, description="Labels of any of these names, in whatever space"),
    ] = Field(default_factory=list)
    no_label: Annotated[bool | None, Field(description="Without any label")] = None
    assignee: Annotated[MemberId | None, Field(description=f"`{ME}` for oneself, `{NOBODY}`, or the id of a user")] = (
        None
    )
    priority_lte: Annotated[int | None, Field(alias="priority.lte", ge=1, le=9)] = None
    start_gte: Annotated[Moment | None, Field(alias="start.gte")] = None
    start_lt: Annotated[Moment | None, Field(alias="start.lt")] = None
    due_gte: Annotated[Moment | None, Field(alias="due.gte")] = None
    due_lt: Annotated[Moment | None, Field(alias="due.lt")] = None
    overdue: bool | None = None
    today: Annotated[bool | None, Field(description="Due on the viewer's present day")] = None
    no_due: bool | None = None
    deadline_gte: Annotated[Day | None, Field(alias="deadline.gte")] = None
    deadline_lt: Annotated[Day | None, Field(alias="deadline.lt")] = None
    completed_gte: Annotated[Moment | None, Field(alias="completed.gte")] = None
    completed_lt: Annotated[Moment | None, Field(alias="completed.lt")] = None
    updated_since: Moment | None = None
    link_source: Annotated[LinkKey | None, Field(alias="link.source")] = None
    link_type: Annotated[LinkKey | None, Field(alias="link.type")] = None
    link_id: Annotated[LinkKey | None, Field(alias="link.id")] = None
    q: Annotated[SearchText | None, Field(description=_WORDS)] = None


@cache
def with_extra(extra: type[BaseModel]) -> Mapping[Any, Any]:
    """Return what stands for the schemas of todos where the host has a model for `extra`."""
    read = typed_read(TodoRead, extra)
    return {
        TodoCreate: typed_create(TodoCreate, extra),
        TodoUpdate: typed_update(TodoUpdate, extra),
        TodoQuery: typed_query(TodoQuery, extra),
        TodoRead: read,
        TodoPage: typed_page(TodoPage, read, extra),
    }
