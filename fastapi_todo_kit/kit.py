"""Making what the kit works with, of settings and a host: for a mount, a worker, a command."""

from importlib import import_module
from typing import cast

from fastapi_todo_kit.core.observing.observer import NOBODY, Observer
from fastapi_todo_kit.errors import MissingExtra
from fastapi_todo_kit.settings import TodoKitSettings


def observer_of(settings: TodoKitSettings) -> Observer:
    """Return who measures a mount.

    Raises:
        MissingExtra: metrics are wanted, and the extra is not installed.
    """
    if not settings.metrics:
        return NOBODY
    try:
        # Not imported above: it needs the extra.
        metrics = import_module("fastapi_todo_kit.core.observing.metrics")
    except ModuleNotFoundError as error:
        if error.name != "prometheus_client":
            raise
        raise MissingExtra("Metrics need: pip install 'fastapi-todo-kit[metrics]'") from None
    return cast("Observer", metrics.metrics_of(settings.name))
