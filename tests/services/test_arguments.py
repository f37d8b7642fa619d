"""What the verbs of the services are passed is checked as the API checks it, before the database is asked."""

import inspect
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, get_type_hints

import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import ConfigurationError, TodoKitSettings, schemas, sync_todo_services, todo_services
from fastapi_todo_kit.core.fields import Id, Instant, PageCursor, PageLimit, UpcomingLimit
from fastapi_todo_kit.errors import TodoNotFound
from fastapi_todo_kit.schemas import LabelCreate, TodoCreate, TodoUpdate
from fastapi_todo_kit.storage.sessions import drive
from fastapi_todo_kit.storage.versions import Versions
from tests.support import make_app, running

BAD: list[tuple[Any, list[Any]]] = [
    (Id, ["zz", 5, None, b"x" * 16]),
    (PageLimit, [0, -3, 201, 10**30, True, 2.5, "5", None]),
    (UpcomingLimit, [0, 101]),
    (PageCursor, [5, "x" * 4_097]),
    (Instant, [datetime(2026, 3, 28), date(2026, 3, 28), "2026", 5]),  # noqa: DTZ001  (that is the point)
    (Versions, [5, '"1"', {"x"}]),
]


def verbs_of(kit: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    for feature in vars(kit).values():
        for name, verb in inspect.getmembers(feature, inspect.ismethod):
            if not name.startswith("_"):
                yield (
                    verb,
                    {one: hint for one, hint in get_type_hints(verb, include_extras=True).items() if one != "return"},
                )


def test_every_verb_refuses_what_the_api_refuses() -> None:
    tried = 0
    with (
        Session(create_engine("sqlite://")) as session,  # without tables: nothing is asked
        sync_todo_services(TodoKitSettings(), session=session, user_id="ann") as kit,
    ):
        for verb, hints in verbs_of(kit.twin):
            fine = {name: uuid.uuid4() if hint == Id else LabelCreate(name="x") for name, hint in hints.items()}
            for one, hint in hints.items():
                for value in next((values for kind, values in BAD if kind == hint), []):
                    with pytest.raises(ValidationError) as refused:
                        drive(verb(**{**fine, one: value}))
                    assert one in {place["loc"][0] for place in refused.value.errors()}
                    tried += 1
    assert tried > 200


async def test_an_id_may_be_a_text(settings: TodoKitSettings) -> None:
    engine = create_async_engine(settings.url)
    async with (
        running(make_app(settings)) as api,
        AsyncSession(engine) as session,
        todo_services(settings, session=session, user_id=api.user) as kit,
    ):
        todo = await kit.todos.create(TodoCreate(title="x"))
        written: Any = str(todo["id"])

        assert await kit.todos.get(written) == todo
        assert (await kit.todos.update(written, TodoUpdate(title="y")))["title"] == "y"
        with pytest.raises(TodoNotFound):
            await kit.todos.get(uuid.uuid4())
    await engine.dispose()


def test_a_session_of_the_other_kind_is_refused() -> None:
    session: Any = AsyncSession(create_async_engine("sqlite+aiosqlite://"))
    with (
        pytest.raises(ConfigurationError, match="todo_services"),
        sync_todo_services(TodoKitSettings(), session=session, user_id="ann"),
    ):
        pass


ASSIGNED: list[tuple[BaseModel, str, Any]] = [
    (schemas.TodoCreate(title="x"), "title", ""),
    (schemas.TodoCreate(title="x"), "priority", 11),
    (schemas.TodoCreate(title="x"), "start", "tomorrow"),
    (schemas.TodoImport(title="x"), "created_at", "then"),
    (schemas.TodoUpdate(title="x"), "title", None),
    (schemas.TodoQuery(), "limit", 10**9),
    (schemas.ListCreate(name="x"), "name", ""),
    (schemas.ListUpdate(), "color", "blue"),
    (schemas.ListQuery(), "limit", 0),
    (schemas.LabelCreate(name="x"), "name", ""),
    (schemas.TodoCreate(title="x"), "titel", "x"),
]


@pytest.mark.parametrize(("made", "name", "value"), ASSIGNED)
def test_what_is_changed_after_it_was_made_is_checked(made: BaseModel, name: str, value: Any) -> None:
    before = made.model_dump(exclude_unset=True)

    with pytest.raises(ValidationError):
        setattr(made, name, value)

    assert made.model_dump(exclude_unset=True) == before
