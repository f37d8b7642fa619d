"""Who is told of what, and who is not: closed, gone, hidden, no longer a member."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import ColumnElement, FromClause, false

from fastapi_todo_kit import Access, Action, Host, Membership, OnChange, Recipient, RolePolicy, purge_trash, run_due
from fastapi_todo_kit.changes import ChangeEvent, ReminderFired
from fastapi_todo_kit.policy import Entity
from tests.features.reminders.support import path, remind
from tests.worker.support import NOBODY, Office


async def test_nothing_is_told_before_its_time_and_once_then(office: Office) -> None:
    reminder = await office.reminder(title="Buy milk")

    assert await office.run_due() == NOBODY
    office.clock.advance(hours=1)
    assert await office.run_due() == {**NOBODY, "done": 1}
    assert await office.run_due() == NOBODY

    (told,) = office.notifier.notifications
    assert (told.kind, told.user_id, told.tenant, told.title) == ("reminder", office.api.user, None, "Buy milk")
    assert [str(told.todo_id), str(told.reminder_id)] == [reminder["todo_id"], reminder["id"]]
    assert told.at == datetime.fromisoformat(reminder["next_at"])
    assert told.due == {"datetime": "2026-03-28T13:00:00", "timezone": "UTC"}
    assert (told.start, told.deadline, told.recipient) == (None, None, Recipient())


async def test_what_was_told_is_written_down(office: Office) -> None:
    reminder = await office.reminder()
    office.clock.advance(hours=2)

    await office.run_due()

    fired = await office.api.get(path(reminder))
    assert fired["next_at"] is None
    assert fired["fired_at"].startswith("2026-03-28T14:00:00")
    assert fired["version"] == 2
    assert await office.jobs() == []
    assert (await office.api.get("/reminders"))["items"] == []


async def test_the_oldest_is_told_first(office: Office) -> None:
    late, early, middle = [await office.reminder(hours=hours) for hours in (3, 1, 2)]
    office.clock.advance(hours=4)
    one_by_one = office.settings.model_copy(update={"worker": office.settings.worker.model_copy(update={"at_once": 1})})

    await run_due(one_by_one, office.host)

    assert office.told() == [early["id"], middle["id"], late["id"]]


async def test_more_than_are_done_at_once_are_told_in_one_run(office: Office) -> None:
    todo = await office.api.todo(due={"datetime": "2026-03-28T14:00:00"})
    reminders = [await remind(office.api, todo, minutes_before=n) for n in range(20)]
    reminders += [await office.reminder() for _ in range(5)]
    office.clock.advance(hours=3)

    assert await office.run_due() == {**NOBODY, "done": 25}
    assert sorted(office.told()) == sorted(one["id"] for one in reminders)


@pytest.mark.parametrize("end", ["complete", "cancel", "delete", "purge", "list", "reminder", "dismiss"])
async def test_of_what_has_ended_nothing_is_told(office: Office, end: str) -> None:
    home = await office.api.list()
    reminder, other = await office.reminder(list_id=home["id"]), await office.reminder()
    todo = f"/todos/{reminder['todo_id']}"
    match end:
        case "complete" | "cancel":
            await office.api.post(f"{todo}/{end}")
        case "delete" | "purge":
            await office.api.delete(todo)
            if end == "purge":
                await office.api.delete("/trash")
        case "list":
            await office.api.delete(f"/lists/{home['id']}")
        case "reminder":
            await office.api.delete(path(reminder))
        case "dismiss":
            await office.api.post(f"{path(reminder)}/dismiss")
    office.clock.advance(hours=2)

    await office.run_due()

    assert office.told() == [other["id"]]
    assert await office.jobs() == []


async def test_one_that_had_nothing_to_tell_is_not_fired_and_goes_on_when_its_todo_does(office: Office) -> None:
    reminder = await office.reminder()
    await office.api.post(f"/todos/{reminder['todo_id']}/complete")
    office.clock.advance(hours=2)
    await office.run_due()
    silent = await office.api.get(path(reminder))

    await office.api.post(f"/todos/{reminder['todo_id']}/reopen")
    await office.api.patch(f"/todos/{reminder['todo_id']}", {"due": {"datetime": "2026-03-28T15:00:00"}})
    office.clock.advance(hours=2)
    await office.run_due()

    assert (silent["fired_at"], silent["next_at"]) == (None, None)
    assert office.told() == [reminder["id"]]


async def test_a_todo_that_recurs_reminds_of_each_occurrence(office: Office) -> None:
    todo = await office.api.todo(
        due={"datetime": "2026-03-28T14:00:00", "timezone": "Europe/Berlin"}, recurrence={"unit": "day"}
    )
    await remind(office.api, todo)
    office.clock.advance(hours=1, minutes=30)
    for _ in range(3):
        await office.run_due()
        await office.api.post(f"/todos/{todo['id']}/complete")
        office.clock.advance(hours=24)

    assert [f"{one.at:%d %H:%M}" for one in office.notifier.notifications] == ["28 13:00", "29 12:00", "30 12:00"]
    assert len({one.id for one in office.notifier.notifications}) == 3


async def test_a_snoozed_one_is_told_again(office: Office) -> None:
    reminder = await office.reminder()
    office.clock.advance(hours=2)
    await office.run_due()

    await office.api.post(f"{path(reminder)}/snooze", {"until": "2026-03-28T15:00:00Z"})
    assert await office.run_due() == NOBODY
    office.clock.advance(hours=1)
    await office.run_due()

    assert office.told() == [reminder["id"]] * 2
    assert len({one.id for one in office.notifier.notifications}) == 2
    assert (await office.api.get(path(reminder)))["snoozed_until"] is None


class Hiding(RolePolicy):
    """Hides all todos: by their rows, or one by one."""

    def __init__(self, *, rows: bool) -> None:
        super().__init__()
        self.rows = rows

    def narrow(self, access: Access, entity: Entity, rows: FromClause) -> ColumnElement[bool] | None:  # noqa: ARG002  (the protocol's)
        return false() if self.rows and entity == "todo" else None

    def allows(self, access: Access, action: Action, record: Any) -> bool:
        return super().allows(access, action, record) and (self.rows or record is None)


@pytest.mark.parametrize("rows", [True, False])
async def test_of_what_the_policy_hides_nothing_is_told(office: Office, *, rows: bool) -> None:
    reminder = await office.reminder()
    office.clock.advance(hours=2)

    await office.with_host(policy=Hiding(rows=rows)).run_due()

    assert office.told() == []
    assert (await office.api.get(path(reminder)))["next_at"] is None


@pytest.mark.parametrize("known", [None, Recipient()])
async def test_who_is_gone_or_has_left_the_tenant_is_not_told(office: Office, known: Recipient | None) -> None:
    tenant = uuid.uuid4().hex
    ann, bob = office.api.as_user(f"ann@{tenant}:owner"), office.api.as_user(f"bob@{tenant}:editor")
    of_ann, of_bob = await office.reminder(ann), await office.reminder(bob)
    office.people.known[bob.user] = known
    office.clock.advance(hours=2)

    await office.run_due()

    assert office.told() == [of_ann["id"]]
    assert office.notifier.notifications[0].tenant == tenant
    assert (await bob.get(path(of_bob)))["fired_at"] is None


async def test_who_is_gone_is_not_told_of_a_personal_todo(office: Office) -> None:
    await office.reminder()
    office.people.known[office.api.user] = None
    office.clock.advance(hours=2)

    await office.run_due()

    assert office.told() == []
    assert await office.jobs() == []


async def test_without_a_directory_personal_todos_remind_and_shared_ones_do_not(office: Office) -> None:
    shared = office.api.as_user(f"ann@{uuid.uuid4().hex}:owner")
    own, _ = await office.reminder(), await office.reminder(shared)
    office.clock.advance(hours=2)

    await office.with_host(recipient=None).run_due()

    assert office.told() == [own["id"]]


async def test_the_membership_of_now_decides_what_may_be_seen(office: Office) -> None:
    tenant = uuid.uuid4().hex
    ann, bob = office.api.as_user(f"ann@{tenant}:owner"), office.api.as_user(f"bob@{tenant}:owner")
    of_ann, _ = await office.reminder(ann), await office.reminder(bob)
    office.people.known[bob.user] = Recipient(membership=Membership(tenant, "guest"))
    office.clock.advance(hours=2)

    await office.with_host(policy=RolePolicy({"guest": {Action.READ_LIST}})).run_due()

    assert office.told() == [of_ann["id"]]


async def test_a_membership_of_another_tenant_is_none(office: Office) -> None:
    ann = office.api.as_user(f"ann@{uuid.uuid4().hex}:owner")
    await office.reminder(ann)
    office.people.known[ann.user] = Recipient(membership="elsewhere")
    office.clock.advance(hours=2)

    await office.run_due()

    assert office.told() == []


async def test_the_directory_may_be_async_and_a_bare_key_makes_an_owner(office: Office) -> None:
    asked: list[tuple[str, str | None]] = []

    async def recipient(user_id: str, tenant: str | None) -> Recipient:
        asked.append((user_id, tenant))
        return Recipient(membership=tenant, email="ann@example.com")

    tenant = uuid.uuid4().hex
    ann = office.api.as_user(f"ann@{tenant}:owner")
    await office.reminder(ann)
    office.clock.advance(hours=2)

    await office.with_host(recipient=recipient).run_due()

    assert asked == [(ann.user, tenant)]
    assert office.notifier.notifications[0].recipient.email == "ann@example.com"


async def test_what_happened_is_in_the_change_log_without_its_content(office: Office) -> None:
    reminder = await office.reminder(title="a secret title")
    await office.api.patch(path(reminder), {"minutes_before": 5})
    office.clock.advance(hours=2)
    await office.run_due()
    await office.api.delete(path(reminder))

    rows = await office.rows("SELECT * FROM todokit_change WHERE entity = 'reminder' ORDER BY seq")
    logged = [row for row in rows if uuid.UUID(str(row["entity_id"])) == uuid.UUID(reminder["id"])]

    assert [(row["op"], row["version"]) for row in logged] == [
        ("created", 1),
        ("updated", 2),
        ("fired", 3),
        ("deleted", 4),
    ]
    assert {str(row["diff"]) for row in logged} == {"{}"}
    assert logged[2]["actor_id"] == "system:worker"


async def test_the_host_hears_that_a_reminder_has_fired(office: Office) -> None:
    heard: list[ChangeEvent] = []
    reminder = await office.reminder()
    office.clock.advance(hours=2)

    await office.with_host(on_change=OnChange(after_commit=heard.extend)).run_due()

    (event,) = heard
    assert isinstance(event, ReminderFired)
    assert str(event.entity_id) == reminder["id"]
    assert office.told() == [reminder["id"]]


async def test_the_jobs_of_what_was_purged_are_forgotten(office: Office) -> None:
    reminder = await office.reminder(hours=24 * 60)
    await office.api.delete(f"/todos/{reminder['todo_id']}")
    office.clock.advance(days=61)
    await purge_trash(office.settings, Host(clock=office.clock))

    assert await office.run_due() == {**NOBODY, "done": 1}
    assert await office.jobs() == []
    assert office.told() == []


async def test_a_moment_can_be_given_instead_of_the_clock(office: Office) -> None:
    reminder = await office.reminder(hours=5)

    assert await office.run_due(now=datetime(2026, 3, 28, 16, 59, tzinfo=UTC)) == NOBODY
    await office.run_due(now=datetime(2026, 3, 28, 17, 1, tzinfo=UTC))

    assert office.told() == [reminder["id"]]
