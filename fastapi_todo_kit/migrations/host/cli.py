"""The commands `todo-kit alembic ...`: the kit's revisions in the Alembic history of a host."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from fastapi_todo_kit.migrations.console import Url, given_settings, reporting, run, say
from fastapi_todo_kit.migrations.host import database
from fastapi_todo_kit.migrations.host.config import find_host
from fastapi_todo_kit.migrations.host.edits import Edit, joining_edits, parting_edits
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.migrations.runner import in_transaction

app: typer.Typer = typer.Typer(no_args_is_help=True, help="The kit's revisions in your own Alembic history.")

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", help="alembic.ini or pyproject.toml, if not in this folder", show_default=False),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask")]


@app.command()
def init(config: ConfigFile = None, yes: Yes = False) -> None:
    """Add the kit's revisions to your version locations. Shows the change first."""
    with reporting():
        edits = joining_edits(find_host(config))
        if not edits:
            say("There is nothing to do: Alembic sees the kit's revisions already.")
            return
        _apply(edits, yes=yes)
        say("Next: `todo-kit alembic merge`, then `alembic upgrade head`.")


@app.command()
def merge(
    config: ConfigFile = None,
    message: Annotated[str | None, typer.Option("--message", "-m", help="Of the revision", show_default=False)] = None,
) -> None:
    """Write the revision that joins your head with the kit's: once after init, and after each upgrade of the kit."""
    with reporting():
        path = HostHistory(find_host(config)).merge(message)
    if path is None:
        say("There is nothing to merge: your history stands on the kit's newest revision.")
    else:
        say(f"Wrote {path.name}. Commit it, and run `alembic upgrade head`.")


@app.command()
def adopt(config: ConfigFile = None, database_url: Url = None) -> None:
    """Move the kit's revision from its own version table into yours, for tables that `todo-kit migrate` made."""
    with reporting():
        host = find_host(config)
        revision = run(in_transaction(given_settings(database_url), partial(database.adopt, host=host)))
    say(f"{host.version_table} names {revision} now, and the kit's own version table is gone.")


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
        if drop_tables:
            HostHistory(host).own_head()  # refuses now what would be refused when half is done
        edits = parting_edits(host)
        if edits:
            _apply(edits, yes=yes)
        else:
            say("Your files name nothing of the kit.")
        if drop_tables:
            _drop_tables(config, yes=yes)
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


def _drop_tables(config: Path | None, *, yes: bool) -> None:
    if not yes:
        typer.confirm("Write a revision that drops every table of the kit, with all that is in them?", abort=True)
    path = HostHistory(find_host(config)).drop_tables()
    say(f"Wrote {path.name}: your next `alembic upgrade head` drops the tables.")


_KEPT = (
    "The tables todokit_* stay, with what is in them. Once the package is gone, autogenerate proposes to drop them. "
)
_AFTERWARDS = (
    "A database whose version table still names a revision todokit_* needs "
    "`todo-kit alembic uninstall --database-url ...` before the package goes."
)
