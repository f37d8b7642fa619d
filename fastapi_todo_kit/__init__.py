"""Lists, todos and labels for any FastAPI application: `app.include_router(todo_router(settings, host))`."""

from fastapi_todo_kit.access import Access, Membership, Principal
from fastapi_todo_kit.errors import ChangeRefused, ConfigurationError, RequestError, TodoKitError
from fastapi_todo_kit.host import Clock, ExtraModels, Host, LinkTarget, OnChange, Transaction
from fastapi_todo_kit.migrations.runner import migrate
from fastapi_todo_kit.policy import Action, Policy, RolePolicy
from fastapi_todo_kit.router import todo_router
from fastapi_todo_kit.services import SyncTodoServices, TodoServices, sync_todo_services, todo_services
from fastapi_todo_kit.settings import Limits, Pool, TodoKitSettings
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
