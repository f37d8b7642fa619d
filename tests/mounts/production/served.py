"""What `test_server.py` runs in a process of its own: the kit behind the middleware, and a watch of the event loop."""

import asyncio
import gc
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request

from fastapi_todo_kit import Host, Production, auth_router, production_middleware, todo_router
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import auth_settings
from tests.support import header_user

LIMIT = 2_097_152


class Watch:
    """Measures how long the event loop worked at one thing; by its own time, for other processes take theirs."""

    longest = 0.0

    async def keep(self) -> None:
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.thread_time() - began)


def make_app() -> FastAPI:
    production = Production(body_bytes=LIMIT, body_seconds=2)
    settings = auth_settings(os.environ["ACCOUNTS_URL"]).model_copy(update={"production": production})
    watch = Watch()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        gc.collect()
        gc.freeze()  # as in production: a full collection would stall the loop for longer than anything measured here
        keeping = asyncio.create_task(watch.keep())
        yield
        keeping.cancel()

    app = FastAPI(lifespan=lifespan, middleware=production_middleware(settings))
    app.include_router(auth_router(settings, Host(mailer=MemoryMailer())), prefix="/auth")
    app.include_router(todo_router(settings, Host(current_user=header_user)), prefix="/api")

    @app.get("/stalled")
    async def stalled() -> float:
        longest, watch.longest = watch.longest, 0.0
        return longest

    @app.post("/size")
    async def size(request: Request) -> int:
        return sum([len(chunk) async for chunk in request.stream()])

    return app
