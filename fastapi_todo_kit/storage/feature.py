"""How a feature announces itself: by one value in its folder, each part of which has one reader.

Importing it has no effect, and nothing is global: `catalog.py` names the values, and whoever reads a part goes through
them.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from fastapi_todo_kit.core.changes import ChangeEvent
from fastapi_todo_kit.host import ExtraModels
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.examples import Examples
from fastapi_todo_kit.storage.jobs import Claimed
from fastapi_todo_kit.storage.kit import Kit, Listener
from fastapi_todo_kit.storage.tables import TableModel

JobHandler = Callable[[Claimed], Awaitable[None]]
"""Does a job; whatever it raises makes that fail, and be tried again."""


@dataclass(frozen=True, slots=True)
class Chore:
    """What is to be done now and then, for all spaces.

    Args:
        what: what is done, for the log.
        run: does it; it is told when the worker did it last, or None.
        every: how much lies between two times; by default it is done before whatever is due.
    """

    what: str
    run: Callable[[Kit, datetime | None], Awaitable[object]]
    every: timedelta | None = None


def _always(_settings: TodoKitSettings) -> bool:
    return True


def _nothing_else(_extra: ExtraModels) -> Mapping[Any, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What the library knows of a feature; every part but the name has a default."""

    name: str
    """Its folder, what it is mounted by, and the first word of its paths. `mounts/todos.py` takes its `router.py`."""
    part_of: str | None = None
    """The feature that it is mounted with, whose name its paths begin with, or `me` where they are its user's own."""
    is_on: Callable[[TodoKitSettings], bool] = _always
    """Whether the settings want it; if not, `mounts/todos.py` leaves it out."""
    tables: Sequence[type[TableModel]] = ()
    """Its tables; `tables.py` knows them all, for migrations, purges, erasure and export."""
    listeners: Mapping[type, Sequence[Listener]] = field(default_factory=dict)
    """Which of its functions hear of which event; `kit.py` brings them together."""
    jobs: Mapping[str, Callable[[Kit], JobHandler]] = field(default_factory=dict)
    """What does a job of a kind; `worker/` makes one of each."""
    chores: Sequence[Chore] = ()
    """What `worker/` does now and then."""
    changes: Sequence[type[ChangeEvent]] = ()
    """What the host hears of it; `kit.py` makes them of the rows of the change log."""
    variants: Callable[[ExtraModels], Mapping[Any, Any]] = _nothing_else
    """What stands for its schemas where the host has models for `extra`; `mounts/todos.py` puts it into the routes."""
    examples: Examples = field(default_factory=Examples)
    """How its operations are tried, for what holds for all of them; `testing/examples.py` reads it."""
