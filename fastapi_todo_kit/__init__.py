"""Lists, todos and labels for any FastAPI application: `app.include_router(todo_router(settings, host))`."""

from fastapi_todo_kit.errors import ConfigurationError, RequestError, TodoKitError
from fastapi_todo_kit.host import Clock, Host, Principal
from fastapi_todo_kit.migrations.runner import migrate
from fastapi_todo_kit.router import todo_router
from fastapi_todo_kit.settings import Limits, Pool, TodoKitSettings
from fastapi_todo_kit.trash.purge import purge_trash

__all__ = [
    "Clock",
    "ConfigurationError",
    "Host",
    "Limits",
    "Pool",
    "Principal",
    "RequestError",
    "TodoKitError",
    "TodoKitSettings",
    "migrate",
    "purge_trash",
    "todo_router",
]
