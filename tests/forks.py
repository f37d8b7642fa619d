"""Commands and scripts in processes forked from one that has imported the kit, which takes longer than most of them.

Each has its own folder, environment, output and exit code, and hears signals, as if a shell had started it.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory
from typing import Final

FORKS: Final = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        __name__,
        "aiosqlite",
        "asyncpg",
        "fastapi_todo_kit.auth.admin.commands",
        "fastapi_todo_kit.cli.app",
        "tests.mounts.production.served",
        "tests.survival.application",
        "uvicorn.protocols.http.h11_impl",
        "uvicorn.protocols.http.httptools_impl",
    ]
)

_COMMANDS: Final = {"todo-kit": "fastapi_todo_kit.cli.app:app", "uvicorn": "uvicorn:main"}
_STREAMS: Final = {1: "stdout", 2: "stderr"}


class Forked:
    """A command or a script in a process."""

    def __init__(self, process: BaseProcess, output: Path) -> None:
        self.process = process
        self._output = output

    def send_signal(self, sign: int) -> None:
        """Send it a signal, if it still runs."""
        if self.process.is_alive() and self.process.pid is not None:
            os.kill(self.process.pid, sign)

    def wait(self, seconds: float) -> int:
        """Wait until it ends, and return its exit code."""
        self.process.join(seconds)
        assert self.process.exitcode is not None, f"it still runs:\n{self.said()}"
        return self.process.exitcode

    def said(self, stream: str = "stderr") -> str:
        """Return what it has written until now."""
        return (self._output / stream).read_text("utf-8")

    def wait_for(self, words: str) -> None:
        """Wait until it has said this."""
        while words not in self.said():
            is_alive = self.process.is_alive()
            assert is_alive or words in self.said(), self.said()
            time.sleep(0.01)


@contextmanager
def forked(environment: Mapping[str, str], folder: Path, program: str | Path, *arguments: str) -> Iterator[Forked]:
    """Run a command or a script with these arguments, and kill it at the end if it still runs."""
    with TemporaryDirectory() as output:
        for stream in _STREAMS.values():
            (Path(output) / stream).touch()
        given = (environment, folder, Path(output), program, *arguments)
        process = FORKS.Process(target=_run, args=given, daemon=True)
        process.start()
        try:
            yield Forked(process, Path(output))
        finally:
            process.kill()
            process.join()


def run_forked(
    environment: Mapping[str, str], folder: Path, program: str | Path, *arguments: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command or a script with these arguments to its end."""
    with forked(environment, folder, program, *arguments) as running:
        code = running.wait(60)
        return subprocess.CompletedProcess([program, *arguments], code, running.said("stdout"), running.said())


def _run(environment: Mapping[str, str], folder: Path, output: Path, program: str | Path, *arguments: str) -> None:
    for number, stream in _STREAMS.items():
        with (output / stream).open("ab") as file:
            os.dup2(file.fileno(), number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [str(program), *arguments]
    if isinstance(program, Path):
        sys.path.insert(0, str(program.parent))
        runpy.run_path(str(program), run_name="__main__")
    else:
        resolve_name(_COMMANDS[program])()
