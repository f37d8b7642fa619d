"""The worker's tasks for a broker of taskiq, which then decides where and when they run. Needs the extra `taskiq`."""

from dataclasses import dataclass
from typing import Any

from taskiq import AsyncBroker, AsyncTaskiqDecoratedTask

from fastapi_todo_kit.features.trash.schemas import Purged
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.worker.calls import purge_trash, refresh_reminders, run_due
from fastapi_todo_kit.worker.runner import Report


@dataclass(frozen=True, slots=True)
class TodoTasks:
    """The tasks of one mount; `await tasks.run_due.kiq()` runs one at once."""

    run_due: AsyncTaskiqDecoratedTask[[], Any]
    purge_trash: AsyncTaskiqDecoratedTask[[], Any]
    refresh_reminders: AsyncTaskiqDecoratedTask[[], Any]


def add_todo_tasks(broker: AsyncBroker, settings: TodoKitSettings, host: Host | None = None) -> TodoTasks:
    """Give a broker the tasks `{settings.name}:run_due`, which it runs each minute, `:purge_trash` and so on.

    The schedules are labels, which `LabelScheduleSource(broker)` reads. The database stays the truth: a task that is
    lost or run twice does no harm.

    Args:
        broker: the application's own.
        settings: which database.
        host: who is told of reminders, and who users are.
    """

    async def run_what_is_due() -> Report:
        return await run_due(settings, host)

    async def purge_what_has_expired() -> Purged:
        return await purge_trash(settings, host)

    async def refresh_what_is_pending() -> None:
        await refresh_reminders(settings, host)

    def register(name: str, cron: str, task: Any) -> Any:
        return broker.register_task(task, task_name=f"{settings.name}:{name}", schedule=[{"cron": cron}])

    return TodoTasks(
        run_due=register("run_due", "* * * * *", run_what_is_due),
        purge_trash=register("purge_trash", "17 * * * *", purge_what_has_expired),
        refresh_reminders=register("refresh_reminders", "43 3 * * *", refresh_what_is_pending),
    )
