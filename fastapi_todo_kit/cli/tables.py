"""The command `todo-kit`: migrations for a host that has no Alembic of its own, and a doctor for all."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from fastapi_todo_kit.cli import alembic as host_cli
from fastapi_todo_kit.cli.alembic import ConfigFile
from fastapi_todo_kit.cli.console import Url, console, given_settings, reporting, run, say, source_of_url
from fastapi_todo_kit.cli.doctor.examination import examine
from fastapi_todo_kit.migrations import runner
from fastapi_todo_kit.migrations.branch import BRANCHES

app: typer.Typer = typer.Typer(
    no_args_is_help=True, help="Tables of fastapi-todo-kit. Settings come from TODO_KIT_* or .env."
)
app.add_typer(host_cli.app, name="alembic")


class Dialect(StrEnum):
    """The databases that SQL can be written for."""

    postgresql = "postgresql"
    sqlite = "sqlite"


class Label(StrEnum):
    """The branches that SQL can be written for."""

    todo_kit = "todo_kit"
    todo_kit_auth = "todo_kit_auth"


@app.command()
def migrate(database_url: Url = None) -> None:
    """Create or upgrade the tables, those of accounts too where the settings have a secret or keys for them.

    Several processes may run this at once.
    """
    with reporting():
        settings = given_settings(database_url)
        where = settings.url.render_as_string(hide_password=True)
        with console.status(f"Migrating {where}"):
            run(runner.migrate(settings))
        for branch in runner.branches_of(settings):
            revision = run(runner.current_revision(settings, branch))
            say(
                f"{where} is at {revision}." if revision else str(run(runner.why_no_revision(settings, branch))),
                style="green",
            )


@app.command()
def current(database_url: Url = None) -> None:
    """Print the revision that the database is at, and in a second line that of accounts where it has those."""
    with reporting():
        settings = given_settings(database_url)
        todos, accounts = (run(runner.current_revision(settings, branch)) for branch in BRANCHES)
        words = None if todos is not None else run(runner.why_no_revision(settings))
    typer.echo(todos or words or "none: run `todo-kit migrate`")
    if accounts is not None:
        typer.echo(accounts)


@app.command()
def sql(
    dialect: Annotated[Dialect, typer.Option(help="For which database")] = Dialect.postgresql,
    branch: Annotated[Label, typer.Option(help="Todos, or accounts")] = Label.todo_kit,
) -> None:
    """Print the statements instead of running them, for a reviewed change of the schema."""
    runner.write_sql(dialect.value, sys.stdout, f"{branch.value}@head")


@app.command()
def doctor(config: ConfigFile = None, database_url: Url = None) -> None:
    """Name what is wrong between the kit, your Alembic and the database. Ends with 1 if anything is."""
    with reporting():
        settings = given_settings(database_url)
        findings = examine(config, settings, source_of_url())
    for finding in findings:
        typer.echo(f"{finding.code}: {finding.problem} {finding.advice}")
    if any(not finding.is_hint for finding in findings):
        raise typer.Exit(1)
    say("Nothing is wrong.", style="green")
