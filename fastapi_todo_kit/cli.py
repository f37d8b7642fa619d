"""The command `todo-kit` with everything that it knows: tables, and the accounts of the kit."""

from typing import Annotated

import typer

from fastapi_todo_kit.migrations.cli import app
from fastapi_todo_kit.migrations.console import Url, given_settings, reporting, run, say

__all__ = ["app"]

users: typer.Typer = typer.Typer(no_args_is_help=True, help="Accounts of the kit; needs the extra `auth`.")
app.add_typer(users, name="users")

Email = Annotated[str, typer.Argument(help="The address of mail")]


@users.command("create")
def create_user(
    email: Email,
    superuser: Annotated[bool, typer.Option("--superuser", help="Let it administer users")] = False,
    database_url: Url = None,
) -> None:
    """Make an account, and mail its owner a link to choose a password; without an SMTP server the mail is printed."""
    with reporting():
        from fastapi_todo_kit.auth.admin import commands  # noqa: PLC0415  (needs the extra)

        user = run(commands.create(given_settings(database_url), email, superuser=superuser))
        say(f"{user['email']} is user {user['id']}.", style="green")


@users.command("promote")
def promote_user(email: Email, database_url: Url = None) -> None:
    """Let an account administer users."""
    with reporting():
        from fastapi_todo_kit.auth.admin import commands  # noqa: PLC0415  (the same)

        user = run(commands.promote(given_settings(database_url), email))
        say(f"{user['email']} is a superuser.", style="green")
