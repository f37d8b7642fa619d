"""How often a request makes an application wait for PostgreSQL: counted on the wire, in a pass that is not timed.

A round trip is a turn of a connection: the application sends, however many messages at once, after the database has
answered. So it is counted for every driver alike.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from anyio.from_thread import start_blocking_portal
from sqlalchemy import make_url

from benchmarks.data.population import Population
from benchmarks.load import Job, run
from benchmarks.registry import Peer
from benchmarks.servers import Server, running_server
from benchmarks.workloads import WORKLOADS, Workload, requests_of

WARM_UP = 80
COUNTED = 40
SETTLING_SECONDS = 0.1
"""How long what happens after the last answer may take, such as the end of a transaction."""


@dataclass
class Proxy:
    """Stands between a server and its database; `turns` are those of all connections together."""

    dsn: str
    turns: int = 0


def count_round_trips(peer: Peer, dsn: str, population: Population) -> dict[str, float]:
    """Return the round trips per request of each workload, by its name."""
    one_user = replace(population, users=1)  # whose first todo, which may need a list, is made while warming up
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(_proxy(dsn)) as proxy,
        running_server(peer, proxy.dsn) as server,
    ):
        return {workload.name: _per_request(server, proxy, workload, one_user) for workload in WORKLOADS}


def _per_request(server: Server, proxy: Proxy, workload: Workload, population: Population) -> float:
    # All connections first, with what they prepare and cache: their round trips are not those of a request.
    for count in (WARM_UP, COUNTED):
        before = proxy.turns
        run(Job(server.port, server.pid, requests_of(workload, server.peer, population, count, seed=str(count))))
        time.sleep(SETTLING_SECONDS)
    return (proxy.turns - before) / COUNTED


@asynccontextmanager
async def _proxy(dsn: str) -> AsyncIterator[Proxy]:
    target = make_url(dsn)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # a server that is stopped does not always take its leave
            await _pass_on(proxy, reader, writer, *await asyncio.open_connection(target.host, target.port))

    async with await asyncio.start_server(connect, "127.0.0.1") as listener:
        port = listener.sockets[0].getsockname()[1]
        proxy = Proxy(target.set(host="127.0.0.1", port=port).render_as_string(hide_password=False))
        yield proxy


async def _pass_on(
    proxy: Proxy,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    database_reader: asyncio.StreamReader,
    database_writer: asyncio.StreamWriter,
) -> None:
    is_waiting = False

    async def ask() -> None:
        nonlocal is_waiting
        while data := await reader.read(65_536):
            proxy.turns += not is_waiting
            is_waiting = True
            database_writer.write(data)
        database_writer.close()

    async def answer() -> None:
        nonlocal is_waiting
        while data := await database_reader.read(65_536):
            is_waiting = False
            writer.write(data)
        writer.close()

    await asyncio.gather(ask(), answer())
