"""A pytest plugin that stops the time around each test: `FROZEN_BY=freezegun pytest -p tests.frozen_time`.

Run in a process of its own by `tests/hosts/test_frozen_time.py`: freezegun changes every module that is loaded.
"""

import os
from collections.abc import Iterator

import pytest
import time_machine
from freezegun import freeze_time

MOMENT = "2026-03-28T12:00:00+00:00"


@pytest.fixture(autouse=True)
def frozen_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stop the time once everything else that the test asks for is there, as a host's decorator would."""
    for name in request.fixturenames:
        if name != "frozen_time":
            request.getfixturevalue(name)
    # Ticking: time-machine stops the clock of the loop as well, and with it every timeout.
    if os.environ["FROZEN_BY"] == "freezegun":
        with freeze_time(MOMENT):
            yield
    else:
        with time_machine.travel(MOMENT, tick=True):
            yield
