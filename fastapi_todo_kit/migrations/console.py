"""What the commands share: the options, the words on the terminal, and how an error is told."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from alembic.util import CommandError
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from fastapi_todo_kit.errors import ConfigurationError, TodoKitError
from fastapi_todo_kit.settings import TodoKitSettings

T = TypeVar("T")
console: Console = Console(stderr=True, highlight=False)

Url = Annotated[
    str | None,
    typer.Option("--database-url", help="Instead of TODO_KIT_DATABASE_URL", show_default=False),
]


def given_settings(database_url: str | None) -> TodoKitSettings:
    """Return the settings of the environment, with another database if one is given.

    Raises:
        ConfigurationError: a value is wrong, or there is no folder where a SQLite file is to be.
    """
    settings = TodoKitSettings() if database_url is None else TodoKitSettings(database_url=database_url)
    if settings.is_sqlite and not settings.is_in_memory:
        folder = Path(settings.url.database or "").absolute().parent
        if not folder.is_dir():
            raise ConfigurationError(f"There is no folder {folder} for the SQLite database; make it, or name another.")
    return settings


def run(task: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end."""
    return asyncio.run(task)


def say(words: str, style: str | None = None) -> None:
    """Write to the error stream: the output stream is for what another program may read."""
    console.print(words, style=style, markup=False, soft_wrap=True)


@contextmanager
def reporting() -> Iterator[None]:
    """End the command with an error's message where something is wrong with the configuration or the database."""
    # What is logged of a failure is the message; where nobody has configured logging, Python would print that too.
    logging.getLogger("fastapi_todo_kit").addHandler(logging.NullHandler())
    try:
        yield
    except (TodoKitError, CommandError, SQLAlchemyError, OSError) as error:
        say(str(error), style="red")
        raise typer.Exit(1) from None
