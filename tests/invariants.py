"""What holds in every database at every moment between two requests."""

from itertools import pairwise
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from fastapi_todo_kit import TodoKitSettings


async def assert_invariants(settings: TodoKitSettings) -> None:
    """Check positions, trees, batches and the change log of every space."""
    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        await _positions_are_distinct(connection)
        await _trees_are_whole(connection)
        await _the_log_has_no_gaps(connection)
        await _versions_are_logged(connection)
    await engine.dispose()


async def _rows(connection: AsyncConnection, sql: str) -> list[Any]:
    return list((await connection.execute(text(sql))).all())


async def _positions_are_distinct(connection: AsyncConnection) -> None:
    for columns, table in (("space_id, list_id", "todokit_todo"), ("space_id", "todokit_list")):
        doubled = await _rows(
            connection,
            f"SELECT {columns}, position FROM {table} WHERE deleted_at IS NULL "  # noqa: S608  (names of our own)
            f"GROUP BY {columns}, position HAVING count(*) > 1",
        )
        assert doubled == []
    inboxes = "SELECT space_id FROM todokit_list WHERE is_inbox GROUP BY space_id HAVING count(*) > 1"
    assert await _rows(connection, inboxes) == []


async def _trees_are_whole(connection: AsyncConnection) -> None:
    broken = await _rows(
        connection,
        "SELECT child.id FROM todokit_todo child JOIN todokit_todo parent "
        "ON parent.space_id = child.space_id AND parent.id = child.parent_id "
        "WHERE child.deleted_at IS NULL AND (parent.deleted_at IS NOT NULL OR child.list_id <> parent.list_id "
        "OR child.depth <> parent.depth + 1 "
        "OR (child.status IN ('needs_action', 'in_progress') AND parent.status IN ('completed', 'cancelled')))",
    )
    assert broken == []
    assert await _rows(connection, "SELECT id FROM todokit_todo WHERE parent_id IS NULL AND depth <> 0") == []
    orphaned = await _rows(
        connection,
        "SELECT todo.id FROM todokit_todo todo JOIN todokit_list list "
        "ON list.space_id = todo.space_id AND list.id = todo.list_id "
        "WHERE todo.deleted_at IS NULL AND list.deleted_at IS NOT NULL",
    )
    assert orphaned == []


async def _the_log_has_no_gaps(connection: AsyncConnection) -> None:
    changes = await _rows(connection, "SELECT space_id, seq FROM todokit_change ORDER BY space_id, seq")
    for (space, seq), (next_space, next_seq) in pairwise(changes):
        assert next_seq == (seq + 1 if next_space == space else 1)
    ahead = await _rows(
        connection,
        "SELECT s.id FROM todokit_space s LEFT JOIN todokit_change c ON c.space_id = s.id "
        "GROUP BY s.id, s.seq HAVING s.seq <> coalesce(max(c.seq), 0)",
    )
    assert ahead == []


async def _versions_are_logged(connection: AsyncConnection) -> None:
    for entity, table in (("todo", "todokit_todo"), ("list", "todokit_list"), ("label", "todokit_label")):
        unlogged = await _rows(
            connection,
            f"SELECT t.id FROM {table} t LEFT JOIN todokit_change c ON c.space_id = t.space_id "  # noqa: S608  (the same)
            f"AND c.entity_id = t.id AND c.entity = '{entity}' "
            "GROUP BY t.space_id, t.id, t.version HAVING t.version <> coalesce(max(c.version), 0)",
        )
        assert unlogged == []
