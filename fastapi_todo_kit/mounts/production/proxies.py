"""Whom a request comes from, where it comes through proxies: told by them, and believed only from those configured."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from fastapi_todo_kit.http.headers import field_value
from fastapi_todo_kit.settings.production import UNIX_SOCKET

_Address = IPv4Address | IPv6Address
_SCHEMES: Final = {"http": {"http": "http", "https": "https"}, "websocket": {"http": "ws", "https": "wss"}}


class TrustedProxies:
    """Puts the address and the scheme of the client into the scope, in place of those of a trusted proxy."""

    def __init__(self, app: ASGIApp, trusted: Iterable[str]) -> None:
        named = set(trusted)
        self._app = app
        self._trusts_socket = UNIX_SOCKET in named
        self._networks = [ip_network(one) for one in named - {UNIX_SOCKET}]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request as if the client had sent it without proxies."""
        if scope["type"] in _SCHEMES and self._is_from_proxy(scope):
            headers = Headers(scope=scope)
            client = self._client_in(field_value(headers, "x-forwarded-for") or "")
            if client is not None:
                scope["client"] = (str(client), 0)
            # Where there are several, the last is of the proxy that stands next to us.
            told = (field_value(headers, "x-forwarded-proto") or "").rpartition(",")[2].strip().lower()
            scope["scheme"] = _SCHEMES[scope["type"]].get(told, scope["scheme"])
        await self._app(scope, receive, send)

    def _is_from_proxy(self, scope: Scope) -> bool:
        if not scope.get("client"):
            return self._trusts_socket
        peer = _parse(scope["client"][0])
        return peer is not None and self._is_trusted(peer)

    def _client_in(self, addresses: str) -> _Address | None:
        """Return the last address that is not of a trusted proxy: each has appended the one that it was called from.

        What stands before it was written by the client. Where nothing else is readable, the first proxy is the client.
        """
        client = None
        for entry in reversed(addresses.split(",")):
            address = _parse(entry)
            if address is None:
                break
            client = address
            if not self._is_trusted(address):
                break
        return client

    def _is_trusted(self, address: _Address) -> bool:
        return any(address in network for network in self._networks)


def _parse(text: str) -> _Address | None:
    """Return an address; some proxies write its port too, and a socket for both protocols maps IPv4 into IPv6."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
