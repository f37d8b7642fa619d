"""The commands `todo-kit alembic ...`: the kit's revisions in the Alembic history of a host."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from fastapi_todo_kit.cli.console import Url, given_settings, reporting, run, say
from fastapi_todo_kit.cli.doctor.examination import in_plugins
from fastapi_todo_kit.migrations.branch import BRANCHES, TODOS
from fastapi_todo_kit.migrations.host import database
from fastapi_todo_kit.migrations.host.config import HostConfig, find_host
from fastapi_todo_kit.migrations.host.edits import Edit, joining_edits, parting_edits
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.migrations.runner import in_transaction
from fastapi_todo_kit.tables import droppable_tables

app: typer.Typer = typer.Typer(no_args_is_help=True, help="The kit's revisions in your own Alembic history.")

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="alembic.ini or pyproject.toml, if not in this folder", show_default=False),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask")]


@app.command()
def init(
    config: ConfigFile = None,
    auth: Annotated[bool, typer.Option("--auth", help="Those of the kit's accounts too")] = False,
    yes: Yes = False,
) -> None:
    """Add the kit's revisions to your version locations. Shows the change first."""
    with reporting():
        host = find_host(config)
        edits = joining_edits(host, BRANCHES if auth else (TODOS,))
        if not edits:
            say("There is nothing to do: Alembic sees the kit's revisions already.")
            return
        _apply(edits, yes=yes)
        for found in in_plugins(host):  # the doctor says it too, but by then autogenerate may have run
            say(f"{found.problem} {found.advice}")
        say("Next: `todo-kit alembic merge`, then `alembic upgrade head`.")


@app.command()
def merge(
    config: ConfigFile = None,
    message: Annotated[str | None, typer.Option("--message", "-m", help="Of the revision", show_default=False)] = None,
) -> None:
    """Write the revision that joins your head with the kit's: after each init, and after each upgrade of the kit."""
    with reporting():
        path = HostHistory(find_host(config)).merge(message)
    if path is None:
        say("There is nothing to merge: your history stands on the kit's newest.")
    else:
        say(f"Wrote {path.name}. Commit it, and run `alembic upgrade head`.")


@app.command()
def adopt(config: ConfigFile = None, database_url: Url = None) -> None:
    """Move the kit's revisions from its own version tables into yours, for tables that `todo-kit migrate` made."""
    with reporting():
        host = find_host(config)
        revisions = run(in_transaction(given_settings(database_url), partial(database.adopt, host=host)))
    say(f"{host.version_table} names {' and '.join(revisions)} now, and the kit's own version table is gone.")


@app.command()
def uninstall(
    config: ConfigFile = None,
    database_url: Url = None,
    drop_tables: Annotated[bool, typer.Option("--drop-tables", help="Write a revision that drops them")] = False,
    yes: Yes = False,
) -> None:
    """Part your history from the kit's, so that it works without the package. Shows the changes first.

    With --database-url, also removes the kit's revision from the version table there.
    """
    with reporting():
        host = find_host(config)
        tables = _tables_to_drop(host) if drop_tables else []
        edits = parting_edits(host)
        if edits:
            _apply(edits, yes=yes)
        else:
            say("Your files name nothing of the kit.")
        if tables:
            _drop_tables(config, tables, yes=yes)
        if database_url is not None:
            removed = run(in_transaction(given_settings(database_url), partial(database.forget, host=host)))
            say(f"Removed {removed} revision(s) of the kit from {host.version_table}.")
    if "fastapi_todo_kit" in host.env_source:
        say("Your env.py still names fastapi_todo_kit: take that out by hand.")
    say(_AFTERWARDS if drop_tables else _KEPT + _AFTERWARDS)


def _apply(edits: list[Edit], *, yes: bool) -> None:
    for edit in edits:
        typer.echo(edit.diff)
    if not yes:
        typer.confirm("Change this?", abort=True)
    for edit in edits:
        edit.write()


def _tables_to_drop(host: HostConfig) -> list[str]:
    """Return them before the files have changed; refuses now what would be refused when half is done."""
    history = HostHistory(host)
    history.own_head()
    # Where the histories have parted before, the files do not tell which branches there were.
    return droppable_tables(history.branches or [TODOS])


def _drop_tables(config: Path | None, tables: list[str], *, yes: bool) -> None:
    if not yes:
        typer.confirm("Write a revision that drops every table of the kit, with all that is in them?", abort=True)
    path = HostHistory(find_host(config)).drop_tables(tables)
    say(f"Wrote {path.name}: your next `alembic upgrade head` drops the tables.")


_KEPT = (
    "The tables todokit_* stay, with what is in them. Once the package is gone, autogenerate proposes to drop them. "
)
_AFTERWARDS = (
    "A database whose version table still names a revision todokit_* needs "
    "`todo-kit alembic uninstall --database-url ...` before the package goes."
)
