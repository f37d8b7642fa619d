"""Position keys, beside the package that they were made with before: it is the oracle, and no dependency."""

import pytest
from fractional_indexing import FIError, generate_key_between, validate_order_key
from hypothesis import given
from hypothesis import strategies as st

from fastapi_todo_kit.storage.ordering import key_between, keys_after

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NEAR_THE_ENDS = ["a0", "Zz", "Yzz", "b00", "zz", "A" + "0" * 26 + "V", "A" + "0" * 25 + "1", "z" * 27, "z" * 27 + "V"]


def length_of(head: str) -> int:
    """Return how many digits follow a head."""
    return ord(head) - ord("a") + 1 if head >= "a" else ord("Z") - ord(head) + 1


def is_key(text: str) -> bool:
    try:
        validate_order_key(text, DIGITS)
    except FIError:
        return False
    return True


@st.composite
def keys(draw: st.DrawFn) -> str:
    """Any key: each length of an integer, digits at their ends more often, with and without a fraction."""
    head = draw(st.sampled_from("XYZabcyzAB"))
    count = length_of(head)
    digits = st.sampled_from("0z1yV" + DIGITS)
    whole = head + "".join(draw(st.lists(digits, min_size=count, max_size=count)))
    return whole + "".join(draw(st.lists(digits, max_size=5)))


@given(st.one_of(st.none(), keys(), st.sampled_from(NEAR_THE_ENDS)), st.one_of(st.none(), keys()))
def test_a_key_is_the_one_that_the_package_makes(before: str | None, after: str | None) -> None:
    before, after = (key if key is None or is_key(key) else None for key in (before, after))
    if before is not None and after is not None and before > after:
        before, after = after, before
    if before is not None and before == after:
        return

    made = key_between(before, after)

    assert made == generate_key_between(before, after)
    assert (before or "") < made < (after or "~")


@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=60))
def test_keys_between_keys_stay_in_order(places: list[int]) -> None:
    row: list[str] = []
    for number in places:
        place = number % (len(row) + 1)
        before = row[place - 1] if place else None
        after = row[place] if place < len(row) else None
        row.insert(place, key_between(before, after))

        assert row[place] == generate_key_between(before, after)

    assert row == sorted(set(row))


@pytest.mark.parametrize(("before", "after"), [("a1", "a1"), ("a2", "a1"), ("b0", None), ("", None), ("!", None)])
def test_what_is_no_key_or_out_of_order_is_refused(before: str, after: str | None) -> None:
    with pytest.raises(ValueError, match=r"key|substring"):
        key_between(before, after)


def test_keys_at_the_end_stay_short() -> None:
    assert max(map(len, keys_after(None, 5_000))) == 4
