"""The settings of what `production_middleware` puts around an application."""

from datetime import timedelta
from ipaddress import ip_network
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from fastapi_todo_kit.settings.group import Group

UNIX_SOCKET: Final = "unix"


def _proxy(named: str) -> str:
    if named != UNIX_SOCKET:
        ip_network(named)  # raises ValueError, which says what is wrong
    return named


_HostName = Annotated[str, Field(pattern=r"^(\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])$")]
_Origin = Annotated[str, Field(pattern=r"^(\*|[a-z][a-z0-9+.-]*://[^/\s*A-Z]+)$")]


class Production(Group):
    """What `production_middleware` puts around an application."""

    allowed_hosts: Annotated[tuple[_HostName, ...], Field(min_length=1)] = ("*",)
    """Names under which the application answers, without ports; `*.example.com` is every name below that one."""
    cors_origins: tuple[_Origin, ...] = ()
    """Origins whose pages may call the application from a browser, as in `https://app.example.com`; `*` is all."""
    cors_credentials: bool = False
    """Whether these pages may send cookies."""
    trusted_proxies: tuple[Annotated[str, AfterValidator(_proxy)], ...] = ()
    """Addresses and networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.

    `unix` is whoever comes through a Unix socket.
    """
    header_bytes: Annotated[int, Field(ge=1_024)] = 65_536
    """How large all headers of a request together may be."""
    body_bytes: Annotated[int, Field(ge=1_024)] = 10_485_760
    """How large the body of any request may be; what the kit's own routes take is in `limits`."""
    body_seconds: Annotated[float, Field(gt=0)] = 60.0
    """How long the application waits for a body, in total."""
    hsts: Annotated[timedelta, Field(ge=timedelta(0))] | None = timedelta(days=365)
    """For how long browsers that came by HTTPS come by nothing else."""
    content_security_policy: Annotated[str, Field(pattern=r"^[ -~]+$")] | None = (
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    """What pages may do; the default leaves room for FastAPI's `/docs`."""

    @model_validator(mode="after")
    def _names_who_may_send_cookies(self) -> Self:
        if self.cors_credentials and "*" in self.cors_origins:
            raise ValueError("cors_credentials needs origins by name: with `*` any page could act as its visitor")
        return self
