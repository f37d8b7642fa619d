"""Databases of earlier releases, as those have left them: this one brings them up to date, and nothing is lost."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import migrate, redrive_jobs, send_mails
from fastapi_todo_kit.migrations import own_history
from fastapi_todo_kit.migrations.branch import BRANCHES
from fastapi_todo_kit.migrations.differences import differences as differences_of_tables
from fastapi_todo_kit.tables import kit_metadata
from tests.invariants import assert_invariants
from tests.migrations.earlier.application import PASSWORD, Application, Caller, bearer, running, settings_of
from tests.migrations.earlier.dumps import load_postgres, load_sqlite
from tests.migrations.earlier.reading import answer, differences, lengthened
from tests.migrations.earlier.things import DORA, EVE

RELEASES = sorted(file.parent for file in Path(__file__).with_name("earlier").glob("*/answers.json"))


@dataclass
class Earlier:
    """What a release has left: databases to copy, and what it answered."""

    folder: Path
    new_copy: Callable[[], str]

    @cached_property
    def kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = json.loads((self.folder / "answers.json").read_text("utf-8"))
        return kept

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.kept["now"])

    @property
    def callers(self) -> dict[str, Caller]:
        return dict(self.kept["callers"])

    @property
    def is_newest(self) -> bool:
        return self.folder.name == "-".join(own_history.revisions(branch)[0] for branch in BRANCHES)


@pytest.fixture(scope="module", params=RELEASES, ids=lambda folder: str(folder.name))
def folder(request: pytest.FixtureRequest) -> Path:
    """What an earlier release has left."""
    found: Path = request.param
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def earlier(request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Earlier:
    """The databases of an earlier release, loaded once."""
    script = (folder / f"{request.param}.sql").read_text("utf-8")
    if request.param == "sqlite":
        place = tmp_path_factory.mktemp("earlier")
        load_sqlite(script, place / "loaded.db")

        def copy_of_file() -> str:
            copy = place / f"{len(list(place.iterdir()))}.db"
            shutil.copy(place / "loaded.db", copy)
            return f"sqlite+aiosqlite:///{copy}"

        return Earlier(folder, copy_of_file)

    new_database: Callable[..., URL] = request.getfixturevalue("empty_postgres")
    loaded = new_database()
    asyncio.run(load_postgres(script, loaded))
    return Earlier(folder, lambda: new_database(loaded).render_as_string(hide_password=False))


@pytest.fixture
def url(earlier: Earlier) -> str:
    """A database of an earlier release, for a test of its own."""
    return earlier.new_copy()


@pytest.fixture
async def application(earlier: Earlier, url: str) -> AsyncIterator[Application]:
    """The present code on such a database, once that is migrated."""
    await migrate(settings_of(url))
    async with running(url, earlier.now) as application:
        yield application


async def test_every_answer_is_the_same_once_it_is_migrated(earlier: Earlier, url: str) -> None:
    async with running(url, earlier.now) as application:
        if earlier.is_newest:
            assert await what_differs(earlier, application) == [], "nothing needs to be migrated"

        await migrate(application.settings)

        await are_current(application)
        assert await what_differs(earlier, application) == []


async def are_current(application: Application) -> None:
    engine = create_async_engine(application.settings.url)
    async with engine.connect() as connection:
        for branch in BRANCHES:
            assert await connection.run_sync(differences_of_tables, kit_metadata(branch)) == []
    await engine.dispose()
    ready = await application.do({}, "GET", "/health/ready")
    assert set(ready["checks"].values()) == {"ok"}


async def what_differs(earlier: Earlier, application: Application) -> list[str]:
    found: list[str] = []
    for name, caller in earlier.callers.items():
        for path, before in lengthened(earlier.kept["answers"][name]).items():
            found += differences(before, await answer(application, caller, path), f"{name} {path}")
    return found


async def test_whatever_is_there_can_be_changed(earlier: Earlier, application: Application) -> None:
    await requests_are_known_again(earlier, application)

    for name in ("ann", "ben", "owner", "dora"):
        one = Changing(application, earlier.callers[name])
        await one.restore_everything()
        for todo in await one.items("todos?limit=200"):
            await one.change(f"todos/{todo['id']}", {"title": f"{todo['title']}, changed"})
            await one.snooze_reminders(todo)
            await one.close_or_reopen(todo)
        for place, body in [("lists", {"description": "changed"}), ("labels", {"color": "#000000"})]:
            for item in await one.items(f"{place}?limit=200"):
                await one.change(f"{place}/{item['id']}", body)
        assert await one.items("trash") == []

    await assert_invariants(application.settings)


async def requests_are_known_again(earlier: Earlier, application: Application) -> None:
    for one in earlier.kept["replays"]:
        answer = await application.send(
            one["caller"], one["method"], one["path"], one["body"], Idempotency_Key=one["key"]
        )
        assert (answer.status_code, answer.headers.get("idempotency-replayed")) == (one["status"], "true")
        assert list(differences(json.loads(one["text"] or "null"), json.loads(answer.text or "null"))) == []


@dataclass
class Changing:
    """Somebody who changes everything."""

    application: Application
    caller: Caller

    async def do(self, method: str, path: str, body: Any = None) -> Any:
        root = "/own" if "Authorization" in self.caller else "/api"
        return await self.application.do(self.caller, method, f"{root}/{path}", body)

    async def items(self, path: str) -> list[Any]:
        items: list[Any] = (await self.do("GET", path))["items"]
        return items

    async def restore_everything(self) -> None:
        while trash := await self.items("trash?limit=200"):
            item = min(trash, key=lambda one: (one["entity"] == "todo", one["id"]))  # what others hang from is first
            restored = await self.do("POST", f"{item['entity']}s/{item['id']}/restore")
            assert restored["version"] == item["version"] + 1
        for one in await self.items("lists?archived=true"):
            assert (await self.do("POST", f"lists/{one['id']}/unarchive"))["archived_at"] is None

    async def change(self, path: str, body: dict[str, Any]) -> None:
        before = await self.do("GET", path)
        after = await self.do("PATCH", path, body)
        assert after == {**before, **body, "updated_at": after["updated_at"], "version": before["version"] + 1}

    async def snooze_reminders(self, todo: dict[str, Any]) -> None:
        for reminder in await self.items(f"todos/{todo['id']}/reminders"):
            if reminder["state"] in {"pending", "snoozed", "fired"}:
                path, until = f"todos/{todo['id']}/reminders/{reminder['id']}/snooze", "2026-06-01T00:00:00Z"
                snoozed = await self.do("POST", path, {"until": until})
                assert (snoozed["state"], snoozed["next_at"]) == ("snoozed", until)

    async def close_or_reopen(self, todo: dict[str, Any]) -> None:
        is_open = todo["status"] in {"needs_action", "in_progress"}
        after = await self.do("POST", f"todos/{todo['id']}/{'complete' if is_open else 'reopen'}")
        if todo["recurrence"] and is_open:
            assert (after["status"], after["occurrence"] > todo["occurrence"]) == ("needs_action", True)
            assert (await self.items(f"todos/{todo['id']}/occurrences"))[0]["occurrence"] == todo["occurrence"]


async def test_the_worker_does_what_was_left_to_be_done(earlier: Earlier, application: Application) -> None:
    people = [caller for caller in earlier.callers.values() if "X-User" in caller]
    waiting = [
        (caller, f"/api/todos/{one['todo_id']}/reminders/{one['id']}")
        for caller in people
        for one in (await application.do(caller, "GET", "/api/reminders"))["items"]
    ]
    application.notifier.is_broken = False

    assert await redrive_jobs(application.settings, application.host) == 1
    application.clock.advance(days=30)
    report = await application.work()

    assert report["done"] >= len(waiting) > 0
    assert (report["failed"], report["parked"]) == (0, 0)
    states = {(await application.do(caller, "GET", path))["state"] for caller, path in waiting}
    assert states == {"fired"}
    assert await application.work() == {"done": 0, "failed": 0, "parked": 0}


async def test_who_has_an_account_gets_in(earlier: Earlier, application: Application) -> None:
    refresh = {"refresh_token": earlier.kept["refresh_tokens"]["dora"]}
    known = await application.do(earlier.callers["dora"], "GET", "/auth/me")

    ways = [
        await application.log_in(DORA),
        await application.do({}, "POST", "/auth/refresh", refresh),
        await application.do({}, "POST", "/auth/providers/elsewhere/login", await application.came_back()),
    ]

    assert [await application.do(bearer(way["access_token"]), "GET", "/auth/me") for way in ways] == [known] * len(ways)
    assert await status_of_login(application, DORA, "wrong horse battery") == 401
    await a_token_may_do_what_it_could(earlier, application)
    await a_mail_that_waited_is_sent(application)


async def status_of_login(application: Application, email: str, password: str) -> int:
    body = {"email": email, "password": password}
    return (await application.send({}, "POST", "/auth/login", body)).status_code


async def a_token_may_do_what_it_could(earlier: Earlier, application: Application) -> None:
    made = {
        name: (await application.send(earlier.callers[name], "POST", "/own/todos", {"title": name})).status_code
        for name in ("program", "reader")
    }
    assert made == {"program": 201, "reader": 403}


async def a_mail_that_waited_is_sent(application: Application) -> None:
    await send_mails(application.settings, application.accounts)
    assert await status_of_login(application, EVE, PASSWORD) == 403
    await application.do({}, "POST", "/auth/verify", {"token": application.mailer.last_token(EVE)})
    assert await status_of_login(application, EVE, PASSWORD) == 200
