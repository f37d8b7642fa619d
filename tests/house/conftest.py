"""What the tests of a file of `tests/house` share."""

from collections.abc import AsyncIterator

import pytest

from tests.house import operations
from tests.house.copies import Copies


@pytest.fixture(scope="module", autouse=True)
async def copies() -> AsyncIterator[Copies]:
    """Let whoever needs one of each thing have a copy of what was made first."""
    operations.shared = made = Copies()
    yield made
    operations.shared = None
    await made.close()


@pytest.fixture(scope="module", params=["sqlite_url", "postgres_url"], ids=["sqlite", "postgresql"])
def module_url(request: pytest.FixtureRequest) -> str:
    """The database of an application that the tests of a file share."""
    url: str = request.getfixturevalue(request.param)
    return url
