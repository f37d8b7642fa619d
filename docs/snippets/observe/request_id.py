import secrets

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from fastapi_todo_kit import Host, TodoKitSettings, todo_router


class RequestIds:
    """Gives each request an id of the house, in the header in which the kit looks for one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            MutableHeaders(scope=scope)["X-Request-ID"] = f"req_{secrets.token_hex(6)}"
        await self.app(scope, receive, send)


app = FastAPI()
app.add_middleware(RequestIds)
app.include_router(todo_router(TodoKitSettings(), Host(current_user=lambda: "ann")), prefix="/api")
