"""Many reminders of a user who moves: the request does some, a worker the others, and nobody waits long for a space."""

from dataclasses import replace
from typing import Any

import pytest

from fastapi_todo_kit import Recipient, erase_user, refresh_reminders
from fastapi_todo_kit.features.reminders.zones import AT_ONCE
from tests.features.reminders.support import path
from tests.stalls import no_stall
from tests.support import Api
from tests.worker.support import NOBODY, Office

MANY = 2 * AT_ONCE + 50
ZONES = "SELECT zone, count(*) AS n FROM todokit_reminder GROUP BY zone"


async def with_many(office: Office, user: Api) -> list[dict[str, Any]]:
    """Return two todos; of the first the user has many reminders: more than a client may set, but some have them."""
    many, other = [await user.todo(due={"datetime": "2026-04-10T09:00:00"}) for _ in range(2)]
    first = await user.post(path(many), {}, 201)
    columns = (await office.rows("SELECT * FROM todokit_reminder"))[0].keys()
    kept = ", ".join(name for name in columns if name not in {"id", "minutes_before"})
    number = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many) "
    uuid = "md5(n::text)::uuid" if "postgresql" in office.settings.database_url else "printf('%032x', n)"
    await office.rows(
        f"{number} INSERT INTO todokit_reminder (id, minutes_before, {kept}) "  # noqa: S608  (names of columns)
        f"SELECT {uuid}, n, {kept} FROM numbers, todokit_reminder",
        many=MANY - 1,
    )
    assert first["minutes_before"] == 0
    return [many, other]


async def zones(office: Office) -> dict[str, int]:
    return {row["zone"]: row["n"] for row in await office.rows(ZONES)}


async def test_the_request_brings_some_and_a_worker_the_others(office: Office) -> None:
    user = office.api.as_user(zone="Europe/Berlin")
    _, other = await with_many(office, user)

    with no_stall("a user with many reminders moves"):
        await office.api.as_user(user.user, "Asia/Tokyo").post(path(other), {}, 201)
    halfway = await zones(office)
    report = await office.run_due()

    assert halfway == {"Europe/Berlin": MANY - AT_ONCE, "Asia/Tokyo": AT_ONCE + 1}
    assert report["done"] == 1
    assert await zones(office) == {"Asia/Tokyo": MANY + 1}
    due = await office.rows("SELECT DISTINCT moment = next_at AS is_same FROM todokit_reminder")
    assert [bool(row["is_same"]) for row in due] == [True]


async def test_who_moves_on_before_the_worker_comes_is_brought_to_the_last_place(office: Office) -> None:
    user = office.api.as_user(zone="Europe/Berlin")
    _, other = await with_many(office, user)
    for minutes, zone in enumerate(("Asia/Tokyo", "America/New_York")):
        await office.api.as_user(user.user, zone).post(path(other), {"minutes_before": minutes}, 201)

    await office.run_due()

    assert await zones(office) == {"America/New_York": MANY + 2}
    assert await office.run_due() == NOBODY


async def test_who_is_erased_is_brought_nowhere(office: Office) -> None:
    ann, bob = office.api.as_user("ann@acme:editor", "Europe/Berlin"), office.api.as_user("bob@acme:editor")
    _, other = await with_many(office, ann)
    await bob.todo()
    await office.api.as_user(ann.user, "Asia/Tokyo").post(path(other), {}, 201)

    await erase_user(office.settings, ann.user)

    assert await office.jobs() == []
    assert await zones(office) == {}


async def test_a_worker_that_fails_goes_on_where_it_was(office: Office) -> None:
    user = office.api.as_user(zone="Europe/Berlin")
    _, other = await with_many(office, user)
    await office.api.as_user(user.user, "Asia/Tokyo").post(path(other), {}, 201)
    hasty = office.settings.worker.model_copy(update={"timeout": 1e-6})
    broken = office.settings.model_copy(update={"worker": hasty})

    failed = await replace(office, settings=broken).run_due()
    office.clock.advance(minutes=5)
    report = await office.run_due()

    assert (failed["failed"], report["done"]) == (1, 1)
    assert await zones(office) == {"Asia/Tokyo": MANY + 1}


async def test_all_are_refreshed_some_at_a_time(office: Office) -> None:
    user = office.api.as_user(zone="Europe/Berlin")
    await with_many(office, user)
    office.people.known[user.user] = Recipient(time_zone="Asia/Tokyo")

    with no_stall("many reminders are refreshed"):
        await refresh_reminders(office.settings, office.host)

    assert await zones(office) == {"Asia/Tokyo": MANY}
    written = await office.rows(
        "SELECT count(*) AS n FROM todokit_change WHERE entity = 'reminder' AND op = 'updated' AND actor_id = :who "
        "AND space_id = (SELECT space_id FROM todokit_reminder LIMIT 1) GROUP BY request_id",
        who="system:worker",
    )
    assert sorted(row["n"] for row in written) == [50, AT_ONCE, AT_ONCE]


async def test_what_is_as_it_was_is_not_written_again(office: Office) -> None:
    user = office.api.as_user(zone="Europe/Berlin")
    await with_many(office, user)
    office.people.known[user.user] = Recipient(time_zone="Asia/Tokyo")
    await refresh_reminders(office.settings, office.host)
    seq = await office.rows("SELECT sum(seq) AS n FROM todokit_space")

    await refresh_reminders(office.settings, office.host)

    assert await office.rows("SELECT sum(seq) AS n FROM todokit_space") == seq


async def test_a_space_that_fails_keeps_no_other_waiting(office: Office) -> None:
    users = [office.api.as_user(zone="Europe/Berlin") for _ in range(4)]
    for user in users:
        await office.reminder(user, due={"datetime": "2026-04-10T09:00:00"})

    def somewhere(user_id: str, _: str | None) -> Recipient:
        if user_id == users[1].user:
            raise RuntimeError("nobody knows")
        return Recipient(time_zone="Asia/Tokyo")

    await refresh_reminders(office.settings, replace(office.host, recipient=somewhere))

    assert await zones(office) == {"Asia/Tokyo": 3, "Europe/Berlin": 1}


async def test_what_fails_everywhere_is_told(office: Office) -> None:
    await office.reminder()

    def nobody(user_id: str, _: str | None) -> Recipient:
        raise RuntimeError(user_id)

    with pytest.raises(RuntimeError, match=office.api.user):
        await refresh_reminders(office.settings, replace(office.host, recipient=nobody))
