"""The watcher of the event loop sees what it is there for."""

import asyncio
import time

import pytest

from tests.stalls import no_stall, watched_loop


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


async def test_one_long_step_is_seen() -> None:
    async def too_much() -> None:
        with no_stall("too much", 0.05):
            await asyncio.sleep(0)  # what ran before belongs to the step that began the watch
            work(0.06)
            await asyncio.sleep(0)

    with pytest.raises(AssertionError, match=r"too much: a step of \d+ ms, at most 50"):
        await too_much()


async def test_many_short_steps_are_none() -> None:
    with watched_loop() as steps:
        for _ in range(5):
            await asyncio.sleep(0)
            work(0.01)
        await asyncio.sleep(0)

    assert steps.total >= 0.04
    assert steps.longest < 0.03


async def test_waiting_is_no_work() -> None:
    with watched_loop() as steps:
        await asyncio.sleep(0.05)
        await asyncio.to_thread(work, 0.05)

    assert steps.longest < 0.03
