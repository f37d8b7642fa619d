"""Settings of the tests of the middleware, most of which never reach a database."""

import pytest

from fastapi_todo_kit import TodoKitSettings


@pytest.fixture
def settings(sqlite_url: str) -> TodoKitSettings:
    """Settings that differ from the defaults only in their database, which is of one kind."""
    return TodoKitSettings(database_url=sqlite_url)
