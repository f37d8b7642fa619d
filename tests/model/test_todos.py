"""Whatever five users do in one space, one after the other: it is as a model says that knows only the documentation."""

import asyncio

import pytest

from fastapi_todo_kit import TodoKitSettings
from tests.invariants import assert_invariants
from tests.model.machine import machine_of
from tests.model.office import Office
from tests.support import running
from tests.walking import explore

pytestmark = [pytest.mark.thorough, pytest.mark.survival]


def test_the_space_is_as_the_model_says(database: TodoKitSettings) -> None:
    with asyncio.Runner() as runner:
        office = Office(database, runner.run)
        application = running(office.app)
        office.api = runner.run(application.__aenter__())
        try:
            explore(machine_of(office), walks=6, steps=150, examples=2_000)
            runner.run(assert_invariants(database))
        finally:
            runner.run(application.__aexit__(None, None, None))
