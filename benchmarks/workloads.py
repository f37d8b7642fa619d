"""The requests that are measured, as bytes for the wire; alike for every application."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from uuid import UUID

from benchmarks.data.population import DESCRIPTION, PAGE_SIZE, Population
from benchmarks.load import Request
from benchmarks.registry import Peer


class Client:
    """Whoever sends the requests of one measurement; has logged in everybody just before."""

    def __init__(self, peer: Peer, population: Population, random: Random) -> None:
        self.peer = peer
        self.random = random
        self._population = population
        self._credentials_of = cache(peer.credentials)

    def pick(self) -> tuple[UUID, UUID]:
        """Choose a user and one of the seeded todos of that user."""
        return self._population.pick(self.random)

    def request(self, user: UUID, method: str, path: str, body: object = None, status: int = 200) -> Request:
        """Return a request that is answered with this status."""
        content = b"" if body is None else json.dumps(body).encode()
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: benchmark",
            "Accept: application/json",
            self._credentials_of(user),
        ]
        if content:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return Request("\r\n".join([*lines, "", ""]).encode() + content, status)


Build = Callable[[Client], Request]


@dataclass(frozen=True)
class Workload:
    """One kind of request."""

    name: str
    build: Build


def requests_of(workload: Workload, peer: Peer, population: Population, count: int, seed: str) -> list[Request]:
    """Build the requests of one measurement; equal seeds pick equal users and todos for every application."""
    client = Client(peer, population, Random(f"{seed}/{workload.name}"))
    return [workload.build(client) for _ in range(count)]


def _one_todo(client: Client) -> Request:
    user, todo = client.pick()
    return client.request(user, "GET", f"/todos/{todo}")


def _page(client: Client) -> Request:
    user, _ = client.pick()
    return client.request(user, "GET", f"/todos?{client.peer.page}")


def _create(client: Client) -> Request:
    user, _ = client.pick()
    title = f"Created todo {client.random.randrange(10**6)}"
    body = {"title": title, "description": DESCRIPTION, "due": client.peer.due, "priority": 5}
    return client.request(user, "POST", "/todos", body, status=client.peer.created)


def _patch(client: Client) -> Request:
    user, todo = client.pick()
    body = {"title": f"Patched todo {client.random.randrange(10**6)}"}
    return client.request(user, "PATCH", f"/todos/{todo}", body)


def _mixed(client: Client) -> Request:
    """Of ten requests eight read and two write, each half one way and half the other."""
    build: Build = client.random.choices((_one_todo, _page, _create, _patch), weights=(4, 4, 1, 1))[0]
    return build(client)


WORKLOADS = (
    Workload("one todo", _one_todo),
    Workload(f"page of {PAGE_SIZE}", _page),
    Workload("create", _create),
    Workload("patch", _patch),
    Workload("mixed 80/20", _mixed),
)
