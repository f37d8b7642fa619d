"""The snippets of reminders: each does what its page says."""

import asyncio
import uuid
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from example_app.app import create_app
from fastapi_todo_kit import MailNotifier, Notification, Recipient, TodoKitSettings
from tests.docs.running import SNIPPETS, curl, ran, run_script

pytestmark = pytest.mark.thorough


def notification() -> Notification:
    return Notification(
        id=uuid.uuid4().hex,
        user_id="ann",
        tenant=None,
        todo_id=uuid.uuid4(),
        reminder_id=uuid.uuid4(),
        title="Buy milk",
        start=None,
        due=None,
        deadline=None,
        at=datetime(2026, 3, 28, tzinfo=UTC),
        recipient=Recipient(),
    )


def test_the_tour_of_reminders_works_line_by_line(database_url: str) -> None:
    lines = (SNIPPETS / "reminders" / "tour.sh").read_text("utf-8").splitlines()

    with TestClient(create_app(TodoKitSettings(database_url=database_url))) as client:
        answers = [curl(client, line) for line in lines if line.startswith("curl ")]

    assert len(answers) == 10
    assert all(answer.is_success for answer in answers), [answer.text for answer in answers if not answer.is_success]
    assert [one["next_at"] for one in answers[4].json()["items"]] == [
        "2199-03-28T07:00:00Z",
        "2199-03-28T17:00:00Z",
        "2199-03-29T08:00:00Z",
    ]
    assert [answer.json()["next_at"] for answer in answers[6:9]] == [
        "2199-03-29T08:00:00Z",
        None,
        "2199-03-29T07:30:00Z",
    ]


@pytest.mark.parametrize("snippet", ["run_due", "moved"])
def test_a_scheduler_does_what_is_due(snippet: str) -> None:
    said = run_script(f"reminders/{snippet}.py")

    assert said == ("0 done, 0 tried again later, 0 put aside\n" if snippet == "run_due" else "")


def test_mails_need_an_address() -> None:
    with ran("reminders/mails.py") as names:
        assert isinstance(names["host"].notifier, MailNotifier)
        assert asyncio.run(names["find_recipient"]("ann", None)) == Recipient(email="ann@example.com")
        assert asyncio.run(names["find_recipient"]("eve", None)) is None


def test_what_was_passed_on_already_is_left_out() -> None:
    with ran("reminders/once.py") as names:
        notifier, one = names["OnceNotifier"](), notification()
        for told in (one, one, notification()):
            asyncio.run(notifier.notify(told))

        assert names["pushed"] == ["Buy milk"] * 2


def test_the_tasks_have_schedules() -> None:
    async def crons(scheduler: object) -> set[str]:
        (source,) = scheduler.sources  # type: ignore[attr-defined]  # it is one of taskiq
        await source.startup()
        return {one.cron for one in await source.get_schedules()}

    with ran("reminders/tasks.py") as names:
        assert asyncio.run(crons(names["scheduler"])) == {"* * * * *", "17 * * * *", "43 3 * * *"}
