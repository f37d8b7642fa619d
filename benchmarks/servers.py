"""Starting and stopping one server per application."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from benchmarks.registry import Peer

START_SECONDS = 30


class ServerStartError(Exception):
    """The process ended, or opened no port in time; the message is what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running application."""

    peer: Peer
    port: int
    pid: int


@contextmanager
def running_server(peer: Peer, database_url: str) -> Iterator[Server]:
    """Run an application on one worker with a free port until the block ends."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *peer.command(peer.app, port)],
            env=os.environ | {"BENCH_DSN": database_url},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_until_open(process, port, log)
            yield Server(peer, port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _wait_until_open(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log.seek(0)
    raise ServerStartError(log.read().decode(errors="replace"))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
