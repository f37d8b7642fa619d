"""The four requests that are measured, as bytes for the wire; alike for every application."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from uuid import UUID

from benchmarks.peers import Peer
from benchmarks.seed import DESCRIPTION, Population

PAGE_SIZE = 50


@dataclass(frozen=True)
class Workload:
    """One kind of request, the status that answers it, and its share of `--requests`."""

    name: str
    status: int
    share: float
    build: Callable[[Peer, Population, Random], bytes]


def requests_of(workload: Workload, peer: Peer, population: Population, count: int, seed: str) -> list[bytes]:
    """Build the requests of one measurement; equal seeds pick equal users and todos for every application."""
    random = Random(f"{seed}/{workload.name}")
    return [workload.build(peer, population, random) for _ in range(max(1, round(count * workload.share)))]


def _one_todo(peer: Peer, population: Population, random: Random) -> bytes:
    user, todo = population.pick(random)
    return _encode(peer, user, "GET", f"/todos/{todo}")


def _page(peer: Peer, population: Population, random: Random) -> bytes:
    user, _ = population.pick(random)
    return _encode(peer, user, "GET", f"/todos?limit={PAGE_SIZE}")


def _create(peer: Peer, population: Population, random: Random) -> bytes:
    user, _ = population.pick(random)
    title = f"Created todo {random.randrange(10**6)}"
    body = {"title": title, "description": DESCRIPTION, "due": peer.due, "priority": 5}
    return _encode(peer, user, "POST", "/todos", body)


def _patch(peer: Peer, population: Population, random: Random) -> bytes:
    user, todo = population.pick(random)
    return _encode(peer, user, "PATCH", f"/todos/{todo}", {"title": f"Patched todo {random.randrange(10**6)}"})


def _encode(peer: Peer, user: UUID, method: str, path: str, body: object = None) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: benchmark",
        "Accept: application/json",
        peer.credentials(user),
    ]
    if content:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


WORKLOADS = (
    Workload("one todo", 200, 1, _one_todo),
    Workload(f"page of {PAGE_SIZE}", 200, 1, _page),
    Workload("create", 201, 2 / 3, _create),
    Workload("patch", 200, 2 / 3, _patch),
)
