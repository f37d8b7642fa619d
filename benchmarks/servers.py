"""Starting and stopping one uvicorn process per application, and reading the processor time that it used."""

import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import psutil

from benchmarks.peers import Peer

START_SECONDS = 30


class ServerStartError(Exception):
    """The process ended, or opened no port in time; the message is what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running application."""

    peer: Peer
    port: int
    pid: int


def cpu_seconds(pid: int) -> float:
    """The user and system time of a process and all its threads."""
    if platform.system() == "Linux":
        # The process's CPU clock, see clock_getcpuclockid(3), has nanoseconds; /proc/<pid>/stat has ticks of
        # 10 ms, a tenth of a short measurement.
        return time.clock_gettime((~pid << 3) | 2)
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


@contextmanager
def running_server(peer: Peer, database_url: str) -> Iterator[Server]:
    """Run an application on one worker with a free port until the block ends."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = _spawn(peer, port, database_url, log)
        try:
            _wait_until_open(process, port, log)
            yield Server(peer, port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _spawn(peer: Peer, port: int, database_url: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
    options = ["--loop", "uvloop", "--http", "httptools", "--log-level", "warning", "--no-access-log"]
    return subprocess.Popen(
        [sys.executable, "-m", "uvicorn", peer.app, "--port", str(port), "--workers", "1", *options],
        env=os.environ | {"BENCH_DSN": database_url},
        stdout=log,
        stderr=log,
    )


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
