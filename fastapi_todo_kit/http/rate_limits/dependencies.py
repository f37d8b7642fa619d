"""The limits as dependencies of a mount's routes: of whoever sends requests first, of whoever is logged in then."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final, cast

from fastapi import Depends, params
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import Message

from fastapi_todo_kit.http import scope_keys
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.observing import on_answer
from fastapi_todo_kit.http.rate_limits.limiter import Group, Limiter, Taken

_NOT_MODIFIED: Final = 304


def limit_address(limiter: Limiter) -> params.Depends:
    """Return the dependency that counts by address, before anybody is asked who he is."""

    async def count(connection: HTTPConnection) -> None:
        address = connection.client.host if connection.client else ""
        await _take(connection, limiter, "address", _network_of(address))

    return cast("params.Depends", Depends(count))


def limit_principal(limiter: Limiter) -> params.Depends:
    """Return the dependency that counts by principal; it stands behind those that find out who that is."""

    async def count(call: Call) -> None:
        group: Group = "reads" if call.action.is_read else "writes"
        # Not the user's id: that is personal, and the store need not know it.
        await _take(call, limiter, group, str(call.own_space))

    return cast("params.Depends", Depends(count))


async def _take(connection: HTTPConnection, limiter: Limiter, group: Group, caller: str) -> None:
    taking = connection.scope.get(scope_keys.TAKEN)
    if taking is None:
        taking = connection.scope[scope_keys.TAKEN] = _Taking(limiter)
        on_answer(connection.scope, taking.finish)
    taking.add(await limiter.take(group, caller))


class _Taking:
    """What one request took."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter
        self._taken: list[Taken] = []

    def add(self, taken: Taken | None) -> None:
        """Note what was taken of a limit."""
        if taken is not None:
            self._taken.append(taken)

    async def finish(self, message: Message) -> None:
        """Tell the client what is left; what it had already costs it nothing."""
        if message["status"] == _NOT_MODIFIED:
            for taken in self._taken:
                await self._limiter.give_back(taken)
        elif self._taken:
            headers = MutableHeaders(scope=message)
            headers["RateLimit-Policy"] = ", ".join(taken.policy for taken in self._taken)
            headers["RateLimit"] = ", ".join(taken.state for taken in self._taken)


def _network_of(address: str) -> str:
    """Return what counts as one caller: an address, or a /64 network of IPv6, which one subscriber has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
