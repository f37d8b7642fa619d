"""The command `todo-kit` with everything that it knows: tables, the worker, and the accounts of the kit."""

import asyncio
import signal
import sys
import uuid
from importlib import import_module
from typing import Annotated

import typer

from fastapi_todo_kit.cli.console import Url, console, given_settings, reporting, run, say
from fastapi_todo_kit.cli.tables import app
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.core.observing.logs import configure_logging
from fastapi_todo_kit.features.lists.offline import move_list_of_any_size
from fastapi_todo_kit.features.lists.schemas import ListRead
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import observer_of, running_kit
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.worker import calls
from fastapi_todo_kit.worker.loop import working

__all__ = ["app"]

HostName = Annotated[
    str | None, typer.Option("--host", help="Your Host, as in `my_app.main:host`: who is told of reminders")
]

MetricsPort = Annotated[
    int | None,
    typer.Option("--metrics-port", min=1, max=65_535, help="Answer Prometheus there; TODO_KIT_WORKER__METRICS_PORT"),
]


@app.command()
def worker(host: HostName = None, database_url: Url = None, metrics_port: MetricsPort = None) -> None:
    """Remind users, and remove what has been kept long enough, until SIGTERM or SIGINT. Many may run at once."""
    with reporting():
        configure_logging()  # before the host is imported, which may want it otherwise
        settings = given_settings(database_url)
        port = metrics_port or settings.worker.metrics_port
        if port is None:
            run(_work(settings, _host_of(host)))
            return
        settings = settings.model_copy(update={"metrics": True})
        observer_of(settings)  # says so where the extra is missing
        named = "--metrics-port" if metrics_port else "TODO_KIT_WORKER__METRICS_PORT"
        with import_module("fastapi_todo_kit.core.observing.metrics").serving(
            settings.worker.metrics_address, port, named
        ):
            run(_work(settings, _host_of(host)))


@app.command()
def redrive(database_url: Url = None) -> None:
    """Let everything that failed too often be tried again."""
    with reporting():
        count = run(calls.redrive_jobs(given_settings(database_url)))
    say(f"{count} jobs are tried again.", style="green")


@app.command()
def move_list(
    list_id: Annotated[uuid.UUID, typer.Argument(help="The id of the list")],
    source: Annotated[uuid.UUID | None, typer.Option("--from", help="The id of the space that it is in")] = None,
    target: Annotated[uuid.UUID | None, typer.Option("--to", help="The id of the space that it goes to")] = None,
    host: HostName = None,
    database_url: Url = None,
) -> None:
    """Move a list of any size to another space. Whoever writes into either of them waits meanwhile."""
    if source is None or target is None:  # not all releases of Typer require what has no default
        raise typer.BadParameter("Name both spaces: --from and --to")
    with reporting():
        settings = given_settings(database_url)
        with console.status("Moving the list; both spaces take no writes until it is done."):
            moved = run(_move_list(settings, _host_of(host), list_id, source, target))
    dropped = moved["dropped"]
    say(f"{moved['name']!r} is in {moved['space_id']}, at version {moved['version']}.", style="green")
    left = [
        *(f"the label {one!r}" for one in dropped["labels"]),
        *(f"the assignee {one}" for one in dropped["assignees"]),
    ]
    left += [f"{dropped[name]} {name}" for name in ("links", "reminders") if dropped[name]]
    if left:
        say(f"Left behind: {', '.join(left)}.", style="yellow")


async def _move_list(
    settings: TodoKitSettings, host: Host, list_id: uuid.UUID, source: uuid.UUID, target: uuid.UUID
) -> ListRead:
    async with running_kit(settings, host) as kit:
        return await move_list_of_any_size(kit, list_id, source, target)


async def _work(settings: TodoKitSettings, host: Host) -> None:
    stopped = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    async with working(settings, host):
        say(f"Working on {settings.url.render_as_string(hide_password=True)}.", style="green")
        await stopped.wait()
        say("Finishing what was begun.")


def _host_of(name: str | None) -> Host:
    if name is None:
        return Host()
    sys.path.insert(0, "")  # as `uvicorn my_app.main:app` does
    module, _, attribute = name.partition(":")
    if not module or not attribute:
        raise ConfigurationError(f"--host names {name!r}; write the module and its Host, as in `my_app.main:host`.")
    try:
        host = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigurationError(f"--host names {name!r}, which cannot be imported: {error}") from None
    if not isinstance(host, Host):
        raise ConfigurationError(f"--host must name a Host, not {host!r}")
    return host


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
