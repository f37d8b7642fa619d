"""The Alembic branch `todo_kit`, the commands that run it, and what a host's own Alembic needs to live with it."""

from fastapi_todo_kit.migrations.include import include_name

__all__ = ["include_name"]
