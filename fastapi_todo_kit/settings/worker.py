"""The work that nobody waits for."""

from typing import Annotated

from pydantic import Field

from fastapi_todo_kit.settings.group import Group


class Worker(Group):
    """What does the work that nobody waits for, such as reminding."""

    in_app: bool = False
    """Whether the application does it beside its requests; if not, `todo-kit worker` does, or your own scheduler."""
    poll: Annotated[float, Field(gt=0, le=3_600)] = 5.0
    """Seconds between two looks for what is due."""
    at_once: Annotated[int, Field(ge=1, le=1_000)] = 20
    """How many things are done side by side, each on a connection of its own."""
    timeout: Annotated[float, Field(gt=0)] = 60.0
    """Seconds after which something that is not done, such as telling a user, has failed."""
    metrics_port: Annotated[int | None, Field(ge=1, le=65_535)] = None
    """Where `todo-kit worker` answers Prometheus, at `/metrics`; nowhere by default. Needs the extra `metrics`."""
    metrics_address: Annotated[str, Field(min_length=1, max_length=255)] = "127.0.0.1"
    """The address of this machine that it listens on: this machine's own processes only, by default."""
