"""The kit behind uvicorn, in processes that can be killed."""

import asyncio
import socket
from multiprocessing.process import BaseProcess

import uvicorn

from fastapi_todo_kit import TodoKitSettings
from tests.forks import FORKS
from tests.support import make_app


class Application:
    """Workers that share a port, which stays open while there is none: connections wait for the next worker."""

    def __init__(self, settings: TodoKitSettings, workers: int = 1) -> None:
        self._settings = settings
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1_024)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.workers = [self._start() for _ in range(workers)]

    def kill_worker(self) -> None:
        """Kill the oldest worker with SIGKILL and start another."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.join()
        self.workers.append(self._start())

    def close(self) -> None:
        """Kill all workers and close the port."""
        for worker in self.workers:
            worker.kill()
            worker.join()
        self._listener.close()

    def _start(self) -> BaseProcess:
        # Forked from a process that has imported everything: there is a new one a moment after a kill.
        worker = FORKS.Process(target=_serve, args=(self._listener, self._settings))
        worker.start()
        return worker


def _serve(listener: socket.socket, settings: TodoKitSettings) -> None:
    app = make_app(settings)
    app.add_api_route("/tasks", _count_tasks)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run([listener])


async def _count_tasks() -> int:
    return len(asyncio.all_tasks())
