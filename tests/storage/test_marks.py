"""What a process remembers of its writes: never less than its replica lacks, and not much more."""

import time
import uuid
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fastapi_todo_kit.storage.replica import Marks

SPACES = [uuid.UUID(int=n) for n in range(4)]
ONE, TWO, THREE, FOUR = SPACES
NOW = 1e9
"""Later than any moment of the test."""


def test_what_was_written_is_wanted_until_the_replica_has_it() -> None:
    marks = Marks()
    marks.note(ONE, 5)
    marks.reached(ONE, 4)
    assert (marks.wanted(ONE), marks.wanted(TWO)) == (5, 0)

    marks.reached(ONE, 5)

    assert (marks.wanted(ONE), len(marks)) == (0, 0)


def test_an_answer_that_comes_late_takes_nothing_back() -> None:
    marks = Marks()
    marks.note(ONE, 5)

    marks.note(ONE, 4)

    assert marks.wanted(ONE) == 5


def test_a_replica_that_has_a_later_write_has_the_earlier_ones() -> None:
    marks = Marks()
    marks.note(ONE, 1, 1.0)
    marks.note(TWO, 1, NOW)

    marks.reached(TWO, 1)

    assert len(marks) == 0


def test_writes_at_the_same_time_may_have_been_committed_in_any_order() -> None:
    marks = Marks()
    marks.note(ONE, 1, 1.0)
    marks.note(TWO, 1, 1.0)

    marks.reached(TWO, 1)

    assert marks.wanted(ONE) == 1


def test_where_more_was_written_than_is_remembered_the_primary_is_read() -> None:
    marks = Marks(most=2)
    for space in (ONE, TWO, THREE):
        marks.note(space, 1, 1.0)
    assert [marks.wanted(space) > 2**62 for space in SPACES] == [True, False, False, True]

    marks.reached(TWO, 1)
    assert marks.wanted(ONE) > 2**62
    marks.note(FOUR, 1, NOW)
    marks.reached(FOUR, 1)

    assert [marks.wanted(space) for space in SPACES] == [0, 0, 0, 0]


@given(st.lists(st.tuples(st.sampled_from(["begin", "commit", "answer", "replay", "read"]), st.integers(0, 3))))
def test_no_read_that_is_let_through_misses_a_write(steps: list[tuple[str, int]]) -> None:
    """Writers begin, commit and are answered in any order; the replica follows the order of the commits."""
    marks = Marks(most=2)
    begun: dict[uuid.UUID, float] = {}
    committed: dict[uuid.UUID, Any] = {}
    log: list[uuid.UUID] = []
    answered = dict.fromkeys(SPACES, 0)
    replayed = 0
    for step, n in steps:
        space = SPACES[n]
        if step == "begin" and space not in begun:
            begun[space] = time.monotonic()
        elif step == "commit" and space in begun and space not in committed:
            log.append(space)
            committed[space] = log.count(space)
        elif step == "answer" and space in committed:
            answered[space] = committed.pop(space)
            marks.note(space, answered[space], begun.pop(space))
        elif step == "replay":
            replayed = min(replayed + n, len(log))
        elif step == "read":
            has = log[:replayed].count(space)
            if marks.wanted(space) <= has:
                marks.reached(space, has)
                assert has >= answered[space]
