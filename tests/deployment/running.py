"""Runs the commands of a deployment as a container would, but for the container."""

import asyncio
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2

from tests.postgres import free_port

PASSWORD = "seven green bottles"


class Deployed:
    """One process that serves, and where."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._log = log

    def kill(self) -> None:
        """Kill it and its workers, if it still runs."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    async def until_ready(self) -> None:
        """Wait until the process says so itself."""
        async with httpx2.AsyncClient(base_url=self.url) as client:
            deadline = time.monotonic() + 30
            while not await _answers(client):
                assert time.monotonic() < deadline, self.log
                assert self.process.poll() is None, self.log
                await asyncio.sleep(0.1)

    async def until_closed(self) -> None:
        """Wait until nobody can connect any more."""
        deadline = time.monotonic() + 5
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except ConnectionError:
                return
            writer.close()
            assert time.monotonic() < deadline, self.log
            await asyncio.sleep(0.02)

    async def log_in(self, email: str) -> dict[str, str]:
        """Register as anybody could, verify the address from the mail, and return the headers of the session."""
        known = {"email": email, "password": PASSWORD}
        async with httpx2.AsyncClient(base_url=f"{self.url}/auth") as client:
            await client.post("/register", json=known)
            await client.post("/verify", json={"token": await self._mailed_token(email)})
            session = (await client.post("/login", json=known)).json()
        return {"Authorization": f"Bearer {session['access_token']}"}

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    async def _mailed_token(self, email: str) -> str:
        # Without a mail server mails are printed, half a second after they were asked for.
        deadline = time.monotonic() + 10
        while not (found := re.search(rf"mail to {email}:.*?#token=([\w-]+)", self.log, re.DOTALL)):
            assert time.monotonic() < deadline, self.log
            await asyncio.sleep(0.05)
        return found[1]


async def _answers(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).is_success
    except httpx2.TransportError:
        return False


@contextmanager
def deployed(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[Deployed]:
    """Run a command, at a free port instead of 8000, in the image's folder; kill it at the end if it still runs."""
    port = free_port()
    log = folder / f"{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            at_port(port, command),
            env=environment,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Deployed(process, port, log)
    try:
        yield server
    finally:
        server.kill()


def at_port(port: int, command: list[str]) -> list[str]:
    """Return a command for another port than 8000."""
    return [word.replace("8000", str(port)) for word in command]
