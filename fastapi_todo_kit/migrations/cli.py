"""The command `todo-kit`: migrations for a host that has no Alembic of its own."""

import asyncio
import sys
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from fastapi_todo_kit.errors import ConfigurationError
from fastapi_todo_kit.migrations import runner
from fastapi_todo_kit.settings import TodoKitSettings

app = typer.Typer(no_args_is_help=True, help="Tables of fastapi-todo-kit. Settings come from TODO_KIT_* or .env.")
_say = Console(stderr=True, highlight=False)

Url = Annotated[
    str | None,
    typer.Option("--database-url", help="Instead of TODO_KIT_DATABASE_URL", show_default=False),
]


class Dialect(StrEnum):
    """The databases that SQL can be written for."""

    postgresql = "postgresql"
    sqlite = "sqlite"


@app.command()
def migrate(database_url: Url = None) -> None:
    """Create or upgrade the tables. Several processes may run this at once."""
    settings = _settings(database_url)
    where = settings.url.render_as_string(hide_password=True)
    with _say.status(f"Migrating {where}"):
        _run(runner.migrate(settings))
    _say.print(f"{where} is at {_run(runner.current_revision(settings))}.", style="green", markup=False, soft_wrap=True)


@app.command()
def current(database_url: Url = None) -> None:
    """Print the revision that the database is at."""
    revision = _run(runner.current_revision(_settings(database_url)))
    typer.echo(revision or "none: run `todo-kit migrate`")


@app.command()
def sql(dialect: Annotated[Dialect, typer.Option(help="For which database")] = Dialect.postgresql) -> None:
    """Print the statements instead of running them, for a reviewed change of the schema."""
    runner.write_sql(dialect.value, sys.stdout)


def _settings(database_url: str | None) -> TodoKitSettings:
    try:
        return TodoKitSettings() if database_url is None else TodoKitSettings(database_url=database_url)
    except ConfigurationError as error:
        _fail(error)


def _run(task: Any) -> Any:
    try:
        return asyncio.run(task)
    except (SQLAlchemyError, OSError) as error:
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    _say.print(str(error), style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
