"""One replica for all tests of a worker that read from one."""

import asyncio
from collections.abc import Iterator
from contextlib import closing

import pytest

from fastapi_todo_kit import TodoKitSettings, migrate
from tests.postgres import start_server
from tests.storage.replication import Replication


@pytest.fixture(scope="session")
def replication() -> Iterator[Replication]:
    """A migrated server of its own, and what streams from it."""
    # Durable: else a commit is sent only when it is written at last, up to 0.6 s later.
    with closing(start_server(durable=True)) as primary:
        asyncio.run(migrate(TodoKitSettings(database_url=primary.dsn)))
        with closing(primary.standby()) as standby:
            yield Replication(primary, standby)
