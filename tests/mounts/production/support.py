"""An application behind the production middleware, and clients of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from asgi_correlation_id import correlation_id
from fastapi import APIRouter, FastAPI, Request, Response

from fastapi_todo_kit import Host, Production, TodoKitSettings, production_middleware, todo_router
from tests.support import header_user

USER = {"X-User": "ann"}


def kit_of(settings: TodoKitSettings, **host: Any) -> APIRouter:
    """Return the kit's router, which most tests can do without, and which takes time to build."""
    return todo_router(settings, Host(current_user=header_user, **host))


def make_app(settings: TodoKitSettings, *kit: APIRouter, **production: Any) -> FastAPI:
    """Return an application with routes of its own that say what reaches them, and the kit below /api, if given."""
    app = FastAPI(
        middleware=production_middleware(settings.model_copy(update={"production": Production(**production)}))
    )
    for router in kit:
        app.include_router(router, prefix="/api")

    @app.get("/seen")
    async def seen(request: Request) -> dict[str, Any]:
        address = request.client.host if request.client else None
        return {"client": address, "scheme": request.url.scheme, "id": correlation_id.get()}

    @app.get("/page")
    async def page() -> Response:
        return Response("<p>", headers={"Content-Security-Policy": "default-src *"}, media_type="text/html")

    @app.get("/crash")
    async def crash() -> None:
        raise RuntimeError("a secret")

    @app.post("/size")
    async def size(request: Request, pause: float = 0) -> int:
        total = 0
        async for chunk in request.stream():
            total += len(chunk)
            await asyncio.sleep(pause)
        return total

    return app


@asynccontextmanager
async def client_of(app: FastAPI, peer: str = "203.0.113.7", **scope: Any) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client that calls from an address, as an ordinary server would show it: a crash is an answer.

    Keywords stand in the scope of each request, where a server would have put something else than httpx does.
    """

    async def serve(given: Any, receive: Any, send: Any) -> None:
        await app({**given, **scope}, receive, send)

    transport = httpx2.ASGITransport(serve, client=(peer, 40_000), raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://test", headers=USER) as client,
    ):
        yield client
