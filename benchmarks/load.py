"""The load generator: 16 keep-alive connections over a raw HTTP/1.1 client, run in a process of its own.

The client understands only what these servers send (a status line and a Content-Length), so that it takes
as little as possible of the machine that it shares with the server.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import uvloop

from benchmarks.servers import cpu_seconds

CONNECTIONS = 16


@dataclass(frozen=True)
class Job:
    """Requests for one server, and the status that each answer must have."""

    port: int
    pid: int
    status: int
    requests: list[bytes]


@dataclass(frozen=True)
class Sample:
    """One measurement: server CPU per request and latencies in milliseconds, throughput in requests/s."""

    cpu: float
    throughput: float
    p50: float
    p99: float


class UnexpectedAnswerError(Exception):
    """A server answered with another status than the workload demands; the message shows both sides."""


def run(job: Job) -> Sample:
    """Send the requests of a job as fast as the server answers; called in the generator's process."""
    return uvloop.run(_run(job))


async def _run(job: Job) -> Sample:
    connections = [await asyncio.open_connection("127.0.0.1", job.port) for _ in range(CONNECTIONS)]
    requests = iter(job.requests)
    # Both clocks are read while the connections stand: accepting and closing them is not part of a request.
    cpu, started = cpu_seconds(job.pid), time.perf_counter()
    latencies = await asyncio.gather(*(_drain(*streams, requests, job.status) for streams in connections))
    elapsed, cpu = time.perf_counter() - started, cpu_seconds(job.pid) - cpu
    for _, writer in connections:
        writer.close()
    return _sample(cpu, elapsed, sorted(chain.from_iterable(latencies)))


async def _drain(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, requests: Iterator[bytes], status: int
) -> list[float]:
    """Send what is left of the shared requests over one connection, each when the last is answered."""
    latencies = []
    for request in requests:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_content_length(head))
        latencies.append(time.perf_counter() - started)
        if int(head[9:12]) != status:
            raise UnexpectedAnswerError(_describe(request, head, body, status))
    return latencies


def _content_length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    if not rest:
        raise UnexpectedAnswerError(f"an answer without Content-Length:\n{head.decode()}")
    return int(rest.partition(b"\r\n")[0])


def _describe(request: bytes, head: bytes, body: bytes, status: int) -> str:
    answer = (head + body[:4000]).decode(errors="replace")
    return f"expected {status}\n\n{request.decode()}\n\n{answer}"


def _sample(cpu: float, elapsed: float, latencies: list[float]) -> Sample:
    count = len(latencies)
    p50, p99 = (1000 * latencies[int(count * share)] for share in (0.5, 0.99))
    return Sample(cpu=1000 * cpu / count, throughput=count / elapsed, p50=p50, p99=p99)
