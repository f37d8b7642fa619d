"""The Alembic branches `todo_kit` and `todo_kit_auth`, what runs them, and what a host's own Alembic needs for them."""

from fastapi_todo_kit.migrations.include import include_name

__all__ = ["include_name"]
