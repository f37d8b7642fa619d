"""What a production application stands behind, in the order that makes it work."""

from collections.abc import Collection
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from fastapi_todo_kit.core.errors import MissingExtra
from fastapi_todo_kit.http.headers import EXPOSED_HEADERS
from fastapi_todo_kit.http.request_id import is_sane
from fastapi_todo_kit.mounts.production.crashes import Crashes
from fastapi_todo_kit.mounts.production.headers import SecurityHeaders
from fastapi_todo_kit.mounts.production.limits import RequestLimits
from fastapi_todo_kit.mounts.production.proxies import TrustedProxies
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.tables import new_id

try:
    from asgi_correlation_id import CorrelationIdMiddleware
except ImportError:
    raise MissingExtra(
        "production_middleware needs a package that is not installed (asgi-correlation-id): "
        "pip install 'fastapi-todo-kit[production]'"
    ) from None


def production_middleware(settings: TodoKitSettings) -> list[Middleware]:
    """Return the middleware of an application, outermost first: `FastAPI(middleware=production_middleware(settings))`.

    Request ids, forwarded addresses, security headers, host names, CORS, answers to crashes, limits. What
    `settings.production` leaves unset costs nothing, for it is not there.

    Raises:
        ConfigurationError: the extra `production` is not installed.
    """
    production = settings.production
    hosts, origins, proxies = production.allowed_hosts, production.cors_origins, production.trusted_proxies
    return [
        Middleware(CorrelationIdMiddleware, generator=_new_request_id, validator=is_sane),
        *([Middleware(TrustedProxies, proxies)] if proxies else []),
        Middleware(SecurityHeaders, production.content_security_policy, production.hsts),
        *([] if "*" in hosts else [Middleware(TrustedHostMiddleware, hosts, www_redirect=False)]),
        *([Middleware(CORSMiddleware, **_cors(origins, production.cors_credentials))] if origins else []),
        Middleware(Crashes),
        Middleware(RequestLimits, production),
    ]


def _new_request_id() -> str:
    return new_id().hex


def _cors(origins: Collection[str], allow_credentials: bool) -> dict[str, Any]:
    return {
        "allow_origins": origins,
        "allow_credentials": allow_credentials,
        "allow_methods": ["*"],
        "allow_headers": ["*"],
        "expose_headers": EXPOSED_HEADERS,
    }
