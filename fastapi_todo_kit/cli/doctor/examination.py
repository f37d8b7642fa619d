"""Looking for every trap between the kit, a host's Alembic and a database. It changes nothing."""

import asyncio
from collections.abc import Iterator
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from warnings import catch_warnings, simplefilter

import alembic
from alembic.util import CommandError
from sqlalchemy import URL

from fastapi_todo_kit.cli.doctor import findings
from fastapi_todo_kit.cli.doctor.database import examine_database
from fastapi_todo_kit.cli.doctor.findings import Finding
from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import BRANCHES, PLUGIN, Branch
from fastapi_todo_kit.migrations.host.config import HostConfig, branch_in, find_host
from fastapi_todo_kit.migrations.host.history import HostHistory
from fastapi_todo_kit.migrations.runner import branches_of, in_transaction
from fastapi_todo_kit.settings import TodoKitSettings

_SUPABASE_POOLER_PORT = 6543
_FIRST_WITH_PLUGINS = (1, 18)


def examine(
    config: Path | None, settings: TodoKitSettings, source: str | None = "TODO_KIT_DATABASE_URL"
) -> list[Finding]:
    """Return everything that is wrong; without a `config` that is named or found, of the kit's own history only.

    Args:
        config: of the host's Alembic.
        settings: where the database is.
        source: what says so; None where nothing does, and the default is used.

    Raises:
        ConfigurationError: the configuration that was named holds nothing of Alembic.
    """
    host = _host(config)
    found: list[Finding] = []
    history = None
    if host is not None:
        found += [*_in_locations(host, branches_of(settings)), *in_plugins(host)]
        try:
            history = _history(host)
            found += _in_history(history)
        except (CommandError, KeyError, UserWarning) as error:
            found.append(findings.broken_history(error))
    if is_pooler(settings.url):
        found.append(findings.POOLER)
    return [*found, *_in_database(settings, history, source)]


def _host(config: Path | None) -> HostConfig | None:
    try:
        return find_host(config)
    except ConfigurationError:
        if config is not None:
            raise
        return None


def _in_locations(host: HostConfig, wanted: list[Branch]) -> Iterator[Finding]:
    seen = [branch_in(folder) for folder in host.version_folders]
    unseen = [branch for branch in BRANCHES if branch not in seen]
    written = [branch for branch in unseen if branch.location in host.written_locations]
    if seen and seen[0] is not None:
        yield findings.LOCATION_FIRST
    if written:
        yield findings.LOCATION_SPLIT
    for branch in unseen:
        if branch in wanted and branch not in written:
            yield findings.location_missing(branch)


def in_plugins(host: HostConfig) -> Iterator[Finding]:
    """Find what would let autogenerate drop the kit's tables."""
    if _alembic_version() < _FIRST_WITH_PLUGINS:
        if "include_name" not in host.env_options:
            yield findings.OLD_ALEMBIC
    elif not host.has_plugin:
        yield findings.PLUGIN_DISABLED
    elif PLUGIN not in entry_points(group="alembic.plugins").names:
        yield findings.PLUGIN_MISSING


def _history(host: HostConfig) -> HostHistory:
    with catch_warnings():
        # Alembic only warns of a parent that is missing, and fails with something obscure later.
        simplefilter("error", UserWarning)
        return HostHistory(host)


def _in_history(history: HostHistory) -> Iterator[Finding]:
    for path in history.strangers:
        yield findings.stranger(path.name)
    if history.unmerged:
        yield findings.UNMERGED if history.own_heads else findings.NO_REVISION


def is_pooler(url: URL) -> bool:
    """Whether a URL leads to one of the connection poolers that are known by it."""
    host = url.host or ""
    named = "-pooler." in host or host.endswith("pooler.supabase.com")
    return named or url.port == _SUPABASE_POOLER_PORT or url.query.get("pgbouncer") == "true"


def _in_database(settings: TodoKitSettings, history: HostHistory | None, source: str | None) -> list[Finding]:
    path = settings.url.database
    if settings.is_sqlite and not Path(path or "").is_file():
        # Connecting would make an empty one.
        missing = FileNotFoundError(f"there is no file {path}")
        return [findings.NO_DATABASE if source is None else findings.unreachable(missing, source)]
    examination = partial(examine_database, history=history, wanted=branches_of(settings))
    try:
        return asyncio.run(in_transaction(settings, examination))
    except Exception as error:  # a driver's own error, too, is something to be told
        return [findings.unreachable(error, source)]


def _alembic_version() -> tuple[int, ...]:
    return tuple(int(part) for part in alembic.__version__.split(".")[:2])
