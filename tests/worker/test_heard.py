"""What a job, a purge or an erasure does is heard by the features, as is what a request or a service does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

import pytest

from fastapi_todo_kit import erase_user, kit, purge_trash
from fastapi_todo_kit.features.reminders.service import ReminderService
from fastapi_todo_kit.features.trash.service import TrashService
from fastapi_todo_kit.policy import RolePolicy
from fastapi_todo_kit.privacy.repository import PrivacyRepository
from fastapi_todo_kit.storage.kit import Events
from fastapi_todo_kit.storage.work import Work
from tests.worker.support import Office


@dataclass(frozen=True)
class Done:
    """An event of this test's own: something is done."""

    what: str


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a feature hears that listens to `Done`."""
    heard: list[str] = []

    async def hear(_work: Work, event: Done) -> None:
        heard.append(event.what)

    monkeypatch.setattr(kit, "EVENTS", Events({**kit.EVENTS.listeners, Done: (hear,)}))
    for subject, verb in (
        (TrashService, "purge_some"),
        (ReminderService, "finish"),
        (PrivacyRepository, "delete_space"),
    ):
        monkeypatch.setattr(subject, verb, telling(getattr(subject, verb), verb))
    return heard


def telling(done: Callable[..., Any], what: str) -> Callable[..., Any]:
    """Return a method that also tells that it was called."""

    @wraps(done)
    async def tell(self: Any, *given: Any, **named: Any) -> Any:
        await self._work.emit(Done(what))
        return await done(self, *given, **named)

    return tell


async def test_what_a_job_does_is_heard(office: Office, heard: list[str]) -> None:
    await office.reminder(hours=1)
    office.clock.advance(hours=2)

    await office.run_due()

    assert heard == ["finish"]


async def test_what_a_purge_does_is_heard(office: Office, heard: list[str]) -> None:
    todo = await office.api.todo()
    await office.api.delete(f"/todos/{todo['id']}")
    office.clock.advance(days=office.settings.trash_retention / timedelta(days=1) + 1)

    await purge_trash(office.settings, office.host)

    assert set(heard) == {"purge_some"}


async def test_what_an_erasure_does_is_heard(office: Office, heard: list[str]) -> None:
    await office.api.todo()

    await erase_user(office.settings, office.api.user, office.host)

    assert heard == ["delete_space"]


async def test_no_policy_is_asked_about_an_erasure(office: Office) -> None:
    class ReadOnly(RolePolicy):
        def allows(self, *_: Any) -> bool:
            return False

    await office.api.todo()

    erased = await erase_user(office.settings, office.api.user, office.with_host(policy=ReadOnly()).host)

    assert erased["removed"] > 0
    assert await office.api.titles() == []
