"""What the commands share: the options, the words on the terminal, and how an error is told."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer
from alembic.util import CommandError
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from fastapi_todo_kit.core.errors import ConfigurationError, TodoKitError
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.settings.variables import Sources
from fastapi_todo_kit.storage.failures import POOLER_ADVICE, is_away, is_of_pooler, reason

T = TypeVar("T")
console: Console = Console(stderr=True, highlight=False)

Url = Annotated[
    str | None,
    typer.Option("--database-url", help="Instead of TODO_KIT_DATABASE_URL", show_default=False),
]


_OPTIONS: Final = {"database_url": "--database-url"}
_url_is_of: ContextVar[str | None] = ContextVar("url_is_of", default=None)


def given_settings(database_url: str | None) -> TodoKitSettings:
    """Return the settings of the environment, with another database if one is given.

    Raises:
        ConfigurationError: a value is wrong, or there is no folder where a SQLite file is to be.
    """
    arguments = {} if database_url is None else {"database_url": database_url}
    settings = TodoKitSettings(**arguments, _options=_OPTIONS)
    _url_is_of.set(Sources(arguments, _OPTIONS, ".env").find(("database_url",)))
    if settings.is_sqlite and not settings.is_in_memory:
        folder = Path(settings.url.database or "").absolute().parent
        if not folder.is_dir():
            raise ConfigurationError(
                f"{source_of_url()}: There is no folder {folder} for the SQLite database; make it, or name another."
            )
    return settings


def source_of_url() -> str | None:
    """Return what has named the database of the settings that a command was given: an option, a variable; or None."""
    return _url_is_of.get()


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
    except Exception as error:
        words = _words(error)
        if words is None:
            raise
        say(words, style="red")
        raise typer.Exit(1) from None


def _words(error: Exception) -> str | None:
    """Return what to say of an error; nothing, where it is a fault of the kit's, of which all must be seen."""
    cause: BaseException | None = error
    while isinstance(cause, TodoKitError) and cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(cause, Exception) and getattr(cause, "filename", None) is None and is_away(cause):
        said = POOLER_ADVICE if is_of_pooler(cause) else "the database does not answer"
        return f"{source_of_url() or 'The default'}: {said}: {reason(cause)}"
    return str(error) if isinstance(error, TodoKitError | CommandError | SQLAlchemyError | OSError) else None
