"""The Alembic branch `todo_kit`, and the functions and commands that run it in a version table of its own."""
