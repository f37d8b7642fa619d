"""What is copied is what would have been made: the same rows but for ids, moments and who did it."""

import re
from typing import Any

import pytest

from tests.house.copies import ID, Copies, Rows
from tests.house.operations import KNOWN, OPERATIONS, Request, make_things, send, take_steps
from tests.support import Api

pytestmark = pytest.mark.thorough

# That of the test, and a month later, when what is made there expires.
_MOMENT = re.compile(r"2026-(03-28|04-27)[T ]12:[\d:.]+|datetime\(2026, (3, 28|4, 27), 12(, \d+)*")


def numbered(value: Any) -> str:
    """Return a value as a text in which ids are the numbers of their first appearance."""
    numbers: dict[str, str] = {}
    text = _MOMENT.sub("a moment", repr(value))
    return ID.sub(lambda found: numbers.setdefault(found[0].replace("-", ""), f"#{len(numbers)}"), text)


# Without these a page shows less than there is.
UNFILTERED = {"list_lists": {"archived": "any", "counts": "true"}}
PAGES = [operation for operation in OPERATIONS.values() if operation.method == "GET" and not operation.path_names]


async def pages(api: Api) -> list[Any]:
    """Return what a user is shown of a space."""
    seen = []
    for page in PAGES:
        limit = {"limit": "200"} if "limit" in page.query_names else {}
        seen.append((await send(api, page, Request(page.path, limit | UNFILTERED.get(page.name, {}), None))).json())
    return seen


def by_table(rows: Rows) -> dict[str, list[str]]:
    random = {"token_hashes"}
    return {name: [numbered({k: row[k] for k in row if k not in random}) for row in of] for name, of in rows.items()}


async def test_a_copy_is_what_would_have_been_made(api: Api, copies: Copies) -> None:
    by_requests, first, copied = api.as_user(), api.as_user(), api.as_user()
    made = await take_steps(by_requests)
    await make_things(first)

    things = await make_things(copied)

    assert things.keys() == made.keys()
    assert {*things.values()} & {*made.values()} == {*KNOWN.values()}
    assert by_table(await copies.rows(copied)) == by_table(await copies.rows(by_requests))
    assert [*map(numbered, await pages(copied))] == [*map(numbered, await pages(by_requests))]


async def test_nothing_of_a_copy_is_of_the_first(api: Api, copies: Copies) -> None:
    first, copied = api.as_user(), api.as_user()
    await make_things(first)
    await make_things(copied)

    known = {*ID.findall(repr(await copies.rows(first)).replace("-", ""))}
    shared = known & {*ID.findall(repr(await copies.rows(copied)).replace("-", ""))}

    assert len(known) > 20
    assert not shared


async def test_a_copy_is_made_by_requests_where_there_is_something(api: Api) -> None:
    await make_things(api.as_user())
    once, again = await make_things(api), await make_things(api)

    assert (once["space"], once["item"]) == (again["space"], again["item"])
    assert len({*once.values(), *again.values()} - {*KNOWN.values()}) == 2 * (len(once) - len(KNOWN)) - 2
