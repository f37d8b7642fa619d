"""The application as it is deployed: `uvicorn --factory example_app.production:create_app`.

All settings come from the environment (`TODO_KIT_*`); `todo-kit migrate` has run before.
"""

from fastapi import FastAPI
from prometheus_client import make_asgi_app

from fastapi_todo_kit import (
    TodoKitSettings,
    auth_router,
    configure_logging,
    health_router,
    production_middleware,
    spare_collections,
    todo_router,
)


def create_app() -> FastAPI:
    """Return the application with accounts, todos and health checks; a server calls this once in each process."""
    configure_logging()
    settings = TodoKitSettings()
    app = FastAPI(title="Todos", middleware=production_middleware(settings))
    app.include_router(health_router(settings), prefix="/health")
    app.include_router(auth_router(settings), prefix="/auth")
    app.include_router(todo_router(settings), prefix="/api")
    if settings.metrics:
        app.mount("/metrics", make_asgi_app())  # the proxy in front keeps it from the world
    spare_collections()
    return app
