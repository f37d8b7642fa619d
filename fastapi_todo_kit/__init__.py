"""Lists, todos and labels for any FastAPI application: `app.include_router(todo_router(settings, host))`."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fastapi_todo_kit.access import Access, Membership, Principal
    from fastapi_todo_kit.errors import ChangeRefused, ConfigurationError, RequestError, TodoKitError
    from fastapi_todo_kit.host import Clock, ExtraModels, Host, LinkTarget, OnChange, Transaction
    from fastapi_todo_kit.migrations.runner import migrate
    from fastapi_todo_kit.policy import Action, Policy, RolePolicy
    from fastapi_todo_kit.router import todo_router
    from fastapi_todo_kit.services import TodoServices, todo_services
    from fastapi_todo_kit.settings import Limits, Pool, TodoKitSettings
    from fastapi_todo_kit.sync_services import SyncTodoServices, sync_todo_services
    from fastapi_todo_kit.trash.purge import purge_trash

__all__ = [
    "Access",
    "Action",
    "ChangeRefused",
    "Clock",
    "ConfigurationError",
    "ExtraModels",
    "Host",
    "Limits",
    "LinkTarget",
    "Membership",
    "OnChange",
    "Policy",
    "Pool",
    "Principal",
    "RequestError",
    "RolePolicy",
    "SyncTodoServices",
    "TodoKitError",
    "TodoKitSettings",
    "TodoServices",
    "Transaction",
    "migrate",
    "purge_trash",
    "sync_todo_services",
    "todo_router",
    "todo_services",
]

# Imported when first asked for: pytest and Alembic load the plugins of every package, and with ours this file.
_HOMES: Final = {
    "Access": "access",
    "Action": "policy",
    "ChangeRefused": "errors",
    "Clock": "host",
    "ConfigurationError": "errors",
    "ExtraModels": "host",
    "Host": "host",
    "Limits": "settings",
    "LinkTarget": "host",
    "Membership": "access",
    "OnChange": "host",
    "Policy": "policy",
    "Pool": "settings",
    "Principal": "access",
    "RequestError": "errors",
    "RolePolicy": "policy",
    "SyncTodoServices": "sync_services",
    "TodoKitError": "errors",
    "TodoKitSettings": "settings",
    "TodoServices": "services",
    "Transaction": "host",
    "migrate": "migrations.runner",
    "purge_trash": "trash.purge",
    "sync_todo_services": "sync_services",
    "todo_router": "router",
    "todo_services": "services",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
