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
