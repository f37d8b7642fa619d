"""Two applications with users of their own on one database: the worker of one leaves alone what is the other's."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from fastapi_todo_kit import Host, TodoKitSettings, purge_trash, redrive_jobs, refresh_reminders
from fastapi_todo_kit.testing import MemoryNotifier
from tests.features.reminders.support import user_space
from tests.support import TestClock, make_app, running
from tests.worker.support import NOBODY, Directory, Office


@pytest.fixture
async def offices(own_url: str, clock: TestClock) -> AsyncIterator[tuple[Office, Office]]:
    """An application and a worker in each of two namespaces, with the same users by name."""
    async with AsyncExitStack() as stack:
        found = []
        for namespace in ("a", "b"):
            settings, people = TodoKitSettings(database_url=own_url, namespace=namespace), Directory()
            app = make_app(settings, clock=clock, space=user_space, recipient=people)
            api = await stack.enter_async_context(running(app, "ann"))
            notifier = MemoryNotifier()
            host = Host(clock=clock, notifier=notifier, recipient=people)
            found.append(Office(settings, clock, api, notifier, people, host))
        yield found[0], found[1]


async def test_a_worker_tells_nobody_of_the_reminders_of_another_namespace(offices: tuple[Office, Office]) -> None:
    ours, theirs = offices
    for user in ("ann", "bob@acme:editor"):
        await theirs.reminder(theirs.api.as_user(user))
    ours.clock.advance(hours=2)

    assert await ours.run_due() == NOBODY
    assert (await theirs.run_due())["done"] == 2
    assert (len(ours.told()), len(theirs.told())) == (0, 2)


@pytest.mark.parametrize("user", ["ann", "bob@acme:editor"])
async def test_jobs_of_before_there_were_namespaces_go_to_their_own(offices: tuple[Office, Office], user: str) -> None:
    ours, theirs = offices
    await theirs.reminder(theirs.api.as_user(user))
    await ours.rows("UPDATE todokit_job SET namespace = NULL")
    ours.clock.advance(hours=2)

    assert [await ours.run_due(), (await theirs.run_due())["done"]] == [NOBODY, 1]


async def test_what_was_put_aside_is_tried_again_in_its_namespace(offices: tuple[Office, Office]) -> None:
    ours, theirs = offices
    await theirs.reminder()
    await ours.rows("UPDATE todokit_job SET parked_at = run_at, attempts = 8")

    assert await redrive_jobs(ours.settings, ours.host) == 0
    assert await redrive_jobs(theirs.settings, theirs.host) == 1


async def test_reminders_and_trash_of_another_namespace_are_left_alone(offices: tuple[Office, Office]) -> None:
    ours, theirs = offices
    reminder = await theirs.reminder()
    todo = await theirs.api.todo()
    await theirs.api.delete(f"/todos/{todo['id']}")
    brief = ours.settings.model_copy(update={"trash_retention": timedelta(0)})
    asked = []
    counting = replace(ours.host, recipient=lambda user, _: asked.append(user))

    await refresh_reminders(ours.settings, counting)
    purged = await purge_trash(brief, ours.host)

    assert (asked, purged) == ([], {"lists": 0, "todos": 0})
    assert (await theirs.api.get(f"/todos/{reminder['todo_id']}/reminders"))["items"] == [reminder]
