"""The pytest plugin: fixtures for the tests of a host. Nothing of the kit is imported until one of them is used."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from fastapi_todo_kit.core.changes import ChangeEvent
    from fastapi_todo_kit.testing import FrozenClock, MemoryKit


@pytest.fixture
def todo_kit_memory() -> "MemoryKit":
    """A kit of the test's own in memory; give its `app` to a test client."""
    from fastapi_todo_kit.testing import memory_kit  # noqa: PLC0415  (the plugin is loaded by every pytest run)

    return memory_kit()


@pytest.fixture
def todo_kit_clock() -> "Iterator[FrozenClock]":
    """A clock that stands still, for every kit of the process; `advance(days=1)` moves it."""
    from fastapi_todo_kit.testing import frozen_clock  # noqa: PLC0415  (the same)

    with frozen_clock() as clock:
        yield clock


@pytest.fixture
def todo_kit_changes() -> "Iterator[list[ChangeEvent]]":
    """The changes that were committed during the test."""
    from fastapi_todo_kit.testing import captured_changes  # noqa: PLC0415  (the same)

    with captured_changes() as changes:
        yield changes


@pytest.fixture
def todo_kit_as_user() -> "Callable[..., AbstractContextManager[None]]":
    """Returns `as_user`: inside of it every request of an application comes from one user."""
    from fastapi_todo_kit.testing import as_user  # noqa: PLC0415  (the same)

    return as_user


@pytest.fixture
def todo_kit_todo_body() -> Callable[..., dict[str, Any]]:
    """Returns JSON bodies of new todos, each with a title of its own."""
    from fastapi_todo_kit.testing import todo_body  # noqa: PLC0415  (the same)

    return todo_body
