"""The load generator: keep-alive connections over a raw HTTP/1.1 client, run in a process of its own.

The client understands only what these servers send (a status line and a Content-Length), so that it takes
as little as possible of the machine that it shares with the server.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import uvloop

from benchmarks.clocks import cpu_seconds, with_children

CONNECTIONS = 16


class Request(NamedTuple):
    """What is sent, and the status that the answer must have."""

    message: bytes
    status: int


@dataclass(frozen=True)
class Job:
    """Requests for one server, and the other processes whose time they cost."""

    port: int
    pid: int
    requests: list[Request]
    connections: int = CONNECTIONS
    database_pids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sample:
    """One measurement: CPU per request and latencies in milliseconds, throughput in requests/s.

    `database_cpu` is that of the processes that the job names.
    """

    cpu: float
    database_cpu: float
    throughput: float
    p50: float
    p99: float


class UnexpectedAnswerError(Exception):
    """A server answered with another status than the workload demands; the message shows both sides."""


def run(job: Job) -> Sample:
    """Send the requests of a job as fast as the server answers; called in the generator's process."""
    return uvloop.run(_run(job))


async def _run(job: Job) -> Sample:
    connections = [await asyncio.open_connection("127.0.0.1", job.port) for _ in range(job.connections)]
    requests, server = iter(job.requests), with_children(job.pid)
    # All clocks are read while the connections stand: accepting and closing them is not part of a request.
    cpu, database_cpu, started = cpu_seconds(server), cpu_seconds(job.database_pids), time.perf_counter()
    latencies = await asyncio.gather(*(_drain(*streams, requests) for streams in connections))
    elapsed = time.perf_counter() - started
    cpu, database_cpu = cpu_seconds(server) - cpu, cpu_seconds(job.database_pids) - database_cpu
    for _, writer in connections:
        writer.close()
    return _sample(cpu, database_cpu, elapsed, sorted(chain.from_iterable(latencies)))


async def _drain(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: Iterator[Request]
) -> list[float]:
    """Send what is left of the shared requests over one connection, each when the last is answered."""
    latencies = []
    for message, status in requests:
        started = time.perf_counter()
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_content_length(head))
        latencies.append(time.perf_counter() - started)
        if int(head[9:12]) != status:
            raise UnexpectedAnswerError(_describe(message, head, body, status))
    return latencies


def _content_length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    if not rest:
        raise UnexpectedAnswerError(f"an answer without Content-Length:\n{head.decode()}")
    return int(rest.partition(b"\r\n")[0])


def _describe(message: bytes, head: bytes, body: bytes, status: int) -> str:
    answer = (head + body[:4000]).decode(errors="replace")
    return f"expected {status}\n\n{message.decode()}\n\n{answer}"


def _sample(cpu: float, database_cpu: float, elapsed: float, latencies: list[float]) -> Sample:
    count = len(latencies)
    p50, p99 = (1000 * latencies[int(count * share)] for share in (0.5, 0.99))
    return Sample(1000 * cpu / count, 1000 * database_cpu / count, count / elapsed, p50, p99)
