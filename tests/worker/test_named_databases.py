"""Where the todos are in the database of the host's sessions, nothing looks for them in another one."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from fastapi_todo_kit import (
    ConfigurationError,
    Host,
    TodoKitSettings,
    erase_user,
    export_user,
    migrate,
    purge_trash,
    redrive_jobs,
    refresh_reminders,
    run_due,
)

Doing = Callable[[TodoKitSettings, Host], Awaitable[Any]]


async def export(settings: TodoKitSettings, host: Host) -> list[Any]:
    return [row async for row in export_user(settings, "ann", host)]


async def erase(settings: TodoKitSettings, host: Host) -> Any:
    return await erase_user(settings, "ann", host)


WITHOUT_A_REQUEST: list[Doing] = [erase, export, purge_trash, run_due, refresh_reminders, redrive_jobs]


def no_session() -> None:
    """Stand for the host's dependency, which only requests call."""


@pytest.mark.parametrize("do", WITHOUT_A_REQUEST)
async def test_a_host_with_sessions_must_name_the_database(
    do: Doing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ConfigurationError, match=r"Pass session=.*TODO_KIT_DATABASE_URL"):
        await do(TodoKitSettings(), Host(session=no_session))

    assert await asyncio.to_thread(os.listdir, tmp_path) == []


@pytest.mark.parametrize("do", WITHOUT_A_REQUEST)
async def test_one_that_is_named_is_used(do: Doing, tmp_path: Path) -> None:
    settings = TodoKitSettings(database_url=f"sqlite+aiosqlite:///{tmp_path}/own.db")
    await migrate(settings)

    await do(settings, Host(session=no_session))
