"""`hatch run demo`: migrate, add a little sample data, serve, and say where."""

import asyncio
import sys
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from rich.markup import escape
from sqlalchemy.exc import SQLAlchemyError

from example_app.app import create_app
from example_app.sample import add_sample
from fastapi_todo_kit import ConfigurationError, TodoKitSettings, migrate

_say = Console(highlight=False, soft_wrap=True)


def demo(
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on")] = 8000,
) -> None:
    """Serve the example application. TODO_KIT_DATABASE_URL chooses the database; SQLite is the default."""
    try:
        settings = TodoKitSettings()
        asyncio.run(_prepare(settings))
    except (ConfigurationError, SQLAlchemyError, OSError) as error:
        _say.print(f"[red]{escape(str(error))}[/red]")
        sys.exit(1)
    url = f"http://{host}:{port}"
    _say.print(f"\n[bold]Todos[/bold] on {escape(settings.url.render_as_string())}")
    _say.print(f"  API   {url}/api\n  Docs  {url}/docs   (Authorize with the token ann or bob)")
    _say.print(f"  Try   curl -H 'Authorization: Bearer ann' {url}/api/todos\n")
    uvicorn.run(create_app(settings), host=host, port=port, log_level="info")


async def _prepare(settings: TodoKitSettings) -> None:
    await migrate(settings)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        await add_sample(app, "ann")


if __name__ == "__main__":
    typer.run(demo)
