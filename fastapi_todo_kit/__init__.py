"""Lists, todos and labels for any FastAPI application: `app.include_router(todo_router(settings, host))`."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fastapi_todo_kit.auth.authentication.user import AuthUser as AuthUser
    from fastapi_todo_kit.auth.dependencies import current_user as current_user
    from fastapi_todo_kit.auth.dependencies import fresh_user as fresh_user
    from fastapi_todo_kit.auth.dependencies import optional_user as optional_user
    from fastapi_todo_kit.auth.dependencies import require_scope as require_scope
    from fastapi_todo_kit.auth.external.dependencies import ExternalUser as ExternalUser
    from fastapi_todo_kit.auth.external.dependencies import jwt_user as jwt_user
    from fastapi_todo_kit.auth.mail.delivery import send_mails as send_mails
    from fastapi_todo_kit.auth.oauth.providers import OAuthLogin as OAuthLogin
    from fastapi_todo_kit.auth.oauth.providers import OpenIDLogin as OpenIDLogin
    from fastapi_todo_kit.core.access import Access, Membership, Principal
    from fastapi_todo_kit.core.errors import ChangeRefused, ConfigurationError, RequestError, TodoKitError
    from fastapi_todo_kit.core.garbage import spare_collections
    from fastapi_todo_kit.core.observing.logs import configure_logging
    from fastapi_todo_kit.core.people import People, Person
    from fastapi_todo_kit.features.reminders.notifiers import MailNotifier
    from fastapi_todo_kit.host import (
        Clock,
        ExtraModels,
        Host,
        Identity,
        LinkTarget,
        LoginProvider,
        Mailer,
        Message,
        Notification,
        Notifier,
        OnAccount,
        OnChange,
        Recipient,
        Transaction,
    )
    from fastapi_todo_kit.http.headers import EXPOSED_HEADERS
    from fastapi_todo_kit.http.problems import answer_problem
    from fastapi_todo_kit.migrations.runner import migrate
    from fastapi_todo_kit.mounts.auth import auth_router as auth_router
    from fastapi_todo_kit.mounts.health.router import health_router
    from fastapi_todo_kit.mounts.production.middleware import production_middleware as production_middleware
    from fastapi_todo_kit.mounts.todos import todo_router
    from fastapi_todo_kit.policy import Action, Policy, RolePolicy
    from fastapi_todo_kit.privacy.purge import purge_accounts as purge_accounts
    from fastapi_todo_kit.privacy.service import erase_user, export_user
    from fastapi_todo_kit.services import SyncTodoServices, TodoServices, sync_todo_services, todo_services
    from fastapi_todo_kit.settings import Auth, Limits, Mail, Pool, Sharing, SigningKey, TodoKitSettings
    from fastapi_todo_kit.settings.production import Production
    from fastapi_todo_kit.worker.calls import purge_trash, redrive_jobs, refresh_reminders, run_due

# Without the names that need an extra: a star must not break where it is not installed.
__all__ = [
    "EXPOSED_HEADERS",
    "Access",
    "Action",
    "Auth",
    "ChangeRefused",
    "Clock",
    "ConfigurationError",
    "ExtraModels",
    "Host",
    "Identity",
    "Limits",
    "LinkTarget",
    "LoginProvider",
    "Mail",
    "MailNotifier",
    "Mailer",
    "Membership",
    "Message",
    "Notification",
    "Notifier",
    "OnAccount",
    "OnChange",
    "People",
    "Person",
    "Policy",
    "Pool",
    "Principal",
    "Production",
    "Recipient",
    "RequestError",
    "RolePolicy",
    "Sharing",
    "SigningKey",
    "SyncTodoServices",
    "TodoKitError",
    "TodoKitSettings",
    "TodoServices",
    "Transaction",
    "answer_problem",
    "configure_logging",
    "erase_user",
    "export_user",
    "health_router",
    "migrate",
    "purge_trash",
    "redrive_jobs",
    "refresh_reminders",
    "run_due",
    "spare_collections",
    "sync_todo_services",
    "todo_router",
    "todo_services",
]

# Imported when first asked for: pytest and Alembic load the plugins of every package, and with ours this file.
_HOMES: Final = {
    "EXPOSED_HEADERS": "http.headers",
    "Access": "core.access",
    "Action": "policy",
    "Auth": "settings",
    "AuthUser": "auth.authentication.user",
    "ChangeRefused": "errors",
    "Clock": "host",
    "ConfigurationError": "errors",
    "ExternalUser": "auth.external.dependencies",
    "ExtraModels": "host",
    "Host": "host",
    "Identity": "host",
    "Limits": "settings",
    "LinkTarget": "host",
    "LoginProvider": "host",
    "Mail": "settings",
    "Mailer": "host",
    "Membership": "core.access",
    "MailNotifier": "features.reminders.notifiers",
    "Message": "host",
    "Notification": "host",
    "Notifier": "host",
    "OAuthLogin": "auth.oauth.providers",
    "OnAccount": "host",
    "OnChange": "host",
    "OpenIDLogin": "auth.oauth.providers",
    "Policy": "policy",
    "People": "core.people",
    "Person": "core.people",
    "Pool": "settings",
    "Principal": "core.access",
    "Production": "settings.production",
    "Recipient": "host",
    "RequestError": "errors",
    "RolePolicy": "policy",
    "Sharing": "settings",
    "SigningKey": "settings",
    "SyncTodoServices": "services",
    "TodoKitError": "errors",
    "TodoKitSettings": "settings",
    "TodoServices": "services",
    "Transaction": "host",
    "answer_problem": "http.problems",
    "auth_router": "mounts.auth",
    "configure_logging": "core.observing.logs",
    "health_router": "mounts.health.router",
    "current_user": "auth.dependencies",
    "erase_user": "privacy.service",
    "export_user": "privacy.service",
    "fresh_user": "auth.dependencies",
    "jwt_user": "auth.external.dependencies",
    "migrate": "migrations.runner",
    "optional_user": "auth.dependencies",
    "production_middleware": "mounts.production.middleware",
    "purge_accounts": "privacy.purge",
    "purge_trash": "worker.calls",
    "redrive_jobs": "worker.calls",
    "refresh_reminders": "worker.calls",
    "require_scope": "auth.dependencies",
    "run_due": "worker.calls",
    "send_mails": "auth.mail.delivery",
    "spare_collections": "core.garbage",
    "sync_todo_services": "services",
    "todo_router": "mounts.todos",
    "todo_services": "services",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    # Not what would have to be imported first: freezegun asks for all of these, at a moment at which Pydantic makes no
    # models, and what needs an extra may be missing.
    return [name for name, home in _HOMES.items() if f"{__name__}.{home}" in sys.modules]
