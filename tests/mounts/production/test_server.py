"""Requests that mean harm, sent to a real server: what they get, and what they cost it."""

import os
import re
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import psutil
import pytest

from tests.forks import forked
from tests.mounts.production.served import LIMIT

pytestmark = pytest.mark.thorough
STALL = 0.25
"""Seconds of work after which others have their turn. It is under 0.05 where nothing else runs; here something does."""
JSON = b"Content-Type: application/json\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
BLOCK = b"a" * 65_536


class Server:
    """A server in a process of its own, and what requests cost it."""

    def __init__(self, parser: str, port: int, process: psutil.Process) -> None:
        self.parser = parser
        self._address = ("127.0.0.1", port)
        self._process = process
        self.grown = 0
        """Bytes by which its memory grew during the last request."""

    def stalled(self) -> float:
        """Return how long others waited at most for work of the event loop, since this was last asked."""
        with urlopen(f"http://127.0.0.1:{self._address[1]}/stalled") as answer:
            return float(answer.read())

    def send(self, parts: Iterable[bytes], *, pause: float = 0) -> tuple[int, bytes]:
        """Send a request as it is given, and return the status and the answer; it may come before all is sent."""
        self.stalled()
        with self._watching_memory(), socket.create_connection(self._address, timeout=30) as connection:
            try:
                for part in parts:
                    connection.sendall(part)
                    time.sleep(pause)
            except (BrokenPipeError, ConnectionResetError):
                pass
            answer = _read_answer(connection)
        return int(answer.split(b" ", 2)[1]), answer

    @contextmanager
    def _watching_memory(self) -> Iterator[None]:
        before, is_over = self._process.memory_info().rss, threading.Event()
        self.grown = 0

        def watch() -> None:
            while not is_over.wait(0.002):
                self.grown = max(self.grown, self._process.memory_info().rss - before)

        watching = threading.Thread(target=watch)
        watching.start()
        yield
        is_over.set()
        watching.join()


def _read_answer(connection: socket.socket) -> bytes:
    """Read an answer to its end, or until the server closes the connection, if it does not tell the length."""
    answer = b""
    while part := connection.recv(65_536):
        answer += part
        head, _, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)^content-length: (\d+)", head, re.MULTILINE)
        if length is not None and len(body) >= int(length[1]):
            break
    return answer


@pytest.fixture(scope="module", params=["h11", "httptools"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one of uvicorn's two parsers, warm."""
    folder = tmp_path_factory.mktemp("server")
    url = f"sqlite+aiosqlite:///{folder}/todo_kit.db"
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    options = ["--port", str(port), "--http", request.param, "--log-level", "critical"]
    environment = {**os.environ, "ACCOUNTS_URL": url}
    with forked(
        environment, folder, "uvicorn", "--factory", "tests.mounts.production.served:make_app", *options
    ) as one:
        yield _warm(Server(request.param, port, psutil.Process(one.process.pid)))


def _warm(server: Server) -> Server:
    deadline = time.monotonic() + 30
    while True:
        try:
            for path in (b"/api/todos", b"/auth/token", b"/size"):
                server.send(request(b"POST", path, b'{"title": "Milk"}', JSON + b"X-User: ann\r\n"))
            server.send(request(b"GET", b"/api/todos", b"", b"X-User: ann\r\n"))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return server


def request(method: bytes, path: bytes, body: bytes, headers: bytes = b"") -> list[bytes]:
    """Return a request with its length."""
    length = b"Content-Length: %d\r\n" % len(body) if body else b""
    return [method + b" " + path + b" HTTP/1.1\r\nHost: test\r\n" + headers + length + b"\r\n", body]


def in_chunks(path: bytes, size: int) -> Iterator[bytes]:
    """Yield a request whose body announces no length."""
    yield b"POST " + path + b" HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n" + JSON + b"\r\n"
    for _ in range(size // len(BLOCK)):
        yield b"%x\r\n%s\r\n" % (len(BLOCK), BLOCK)
    yield b"0\r\n\r\n"


@pytest.mark.parametrize("path", [b"/size", b"/api/todos", b"/auth/token", b"/nowhere"])
def test_a_gigabyte_in_chunks_costs_nothing(server: Server, path: bytes) -> None:
    sent = 0

    def counted() -> Iterator[bytes]:
        nonlocal sent
        for part in in_chunks(path, 1_000_000_000):
            yield part
            sent += len(part)

    status, answer = server.send(counted())

    assert status == (404 if path == b"/nowhere" else 413), answer
    assert sent < 50_000_000
    assert server.grown < 2 * LIMIT
    assert server.stalled() < STALL


def test_a_gigabyte_that_is_announced_is_refused_at_once(server: Server) -> None:
    head = b"POST /size HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000000\r\n\r\n"

    status, answer = server.send([head])

    assert (status, b"body_too_large" in answer) == (413, True)


def test_one_byte_a_second_is_given_up(server: Server) -> None:
    began = time.monotonic()
    head, body = request(b"POST", b"/api/todos", b"{" + b" " * 30, JSON + b"X-User: ann\r\n")

    status, answer = server.send([head, *(body[at : at + 1] for at in range(len(body)))], pause=0.2)

    assert (status, b"body_too_slow" in answer) == (408, True)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(("fields", "expected"), [(1_000_000, 413), (3_000, 400)])
def test_a_million_fields_of_a_form_are_refused(server: Server, fields: int, expected: int) -> None:
    body = b"&".join(b"a%d=b" % (number % 10) for number in range(fields))

    status, answer = server.send(request(b"POST", b"/auth/token", body, FORM))

    assert status == expected
    assert b"application/problem+json" in answer
    assert server.grown < 2 * LIMIT
    assert server.stalled() < STALL


def test_sixteen_megabytes_of_headers_are_refused(server: Server) -> None:
    head = b"GET /api/todos HTTP/1.1\r\nHost: test\r\n"
    line = b"X-Large: " + b"a" * 1_000 + b"\r\n"

    status, _ = server.send([head, *[line] * 16_000, b"\r\n"])

    assert status == (400 if server.parser == "h11" else 431)  # h11 refuses it itself
    assert server.grown < 2 * 16_000_000
    assert server.stalled() < STALL


@pytest.mark.parametrize(
    ("query", "expected"),
    [(b"p%d=1", 422), (b"label=0199%04d-0000-7000-8000-00000000000a", 422), (b"status=%d", 422)],
)
def test_a_thousand_parameters_are_no_work(server: Server, query: bytes, expected: int) -> None:
    path = b"/api/todos?" + b"&".join(query % number for number in range(1_000))

    status, answer = server.send(request(b"GET", path, b"", b"X-User: ann\r\n"))

    # h11 refuses more than 16 KiB that do not arrive at once.
    assert status in ({expected, 400} if server.parser == "h11" and len(path) > 16_384 else {expected}), answer
    assert server.stalled() < STALL
