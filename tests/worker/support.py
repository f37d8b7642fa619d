"""A worker at a test's command: who is told, who users are, and a database in which nothing else is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import Host, Notification, Recipient, TodoKitSettings, run_due
from fastapi_todo_kit.testing import MemoryNotifier
from fastapi_todo_kit.worker.runner import Report
from tests.features.reminders.support import member, remind
from tests.support import Api, TestClock

NOBODY: Report = {"done": 0, "failed": 0, "parked": 0}


@dataclass
class Directory:
    """Knows who users are; whom a test has said nothing about is as `member` says."""

    known: dict[str, Recipient | None] = field(default_factory=dict)

    def __call__(self, user_id: str, tenant: str | None) -> Recipient | None:
        return self.known.get(user_id, member(user_id, tenant))


class BrokenNotifier(MemoryNotifier):
    """Fails until it is mended, and keeps what it was asked to tell meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.tried: list[Notification] = []
        self.is_broken = True

    async def notify(self, notification: Notification) -> None:
        self.tried.append(notification)
        if self.is_broken:
            raise RuntimeError("the line is dead")
        await super().notify(notification)


@dataclass
class Office:
    """An application, and a worker on its database that works when a test says so."""

    settings: TodoKitSettings
    clock: TestClock
    api: Api
    notifier: MemoryNotifier
    people: Directory
    host: Host

    async def run_due(self, **options: Any) -> Report:
        """Do what is due."""
        return await run_due(self.settings, self.host, **options)

    def with_host(self, **callables: Any) -> "Office":
        """Return an office whose worker has other callables."""
        return replace(self, host=replace(self.host, **callables))

    async def reminder(self, user: Api | None = None, *, hours: float = 1, **todo: Any) -> dict[str, Any]:
        """Set a reminder at the due of a new todo, which is in some hours."""
        api, due = user or self.api, self.clock.now + timedelta(hours=hours)
        fields = {"due": {"datetime": f"{due:%Y-%m-%dT%H:%M:%S}", "timezone": "UTC"}, **todo}
        return await remind(api, await api.todo(**fields))

    def told(self) -> list[str]:
        """Return of which reminders users were told, in that order."""
        return [str(one.reminder_id) for one in self.notifier.notifications]

    async def rows(self, statement: str, **parameters: Any) -> list[Mapping[str, Any]]:
        """Run a statement beside the kit, and return its rows."""
        return await rows_of(self.settings, statement, **parameters)

    async def jobs(self) -> list[Mapping[str, Any]]:
        """Return what there is to do."""
        return await self.rows("SELECT * FROM todokit_job ORDER BY due_at")


async def rows_of(settings: TodoKitSettings, statement: str, **parameters: Any) -> list[Mapping[str, Any]]:
    engine = create_async_engine(settings.url)
    async with engine.begin() as connection:
        result = await connection.execute(text(statement), parameters)
        found = [dict(row) for row in result.mappings()] if result.returns_rows else []
    await engine.dispose()
    return list(found)
