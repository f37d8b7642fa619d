"""What holds in every database of the kit at every moment between two requests."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import Session

_CHECKS: Sequence[tuple[str, str]] = (
    (
        "two todos of a list have one position",
        (
            "SELECT space_id, list_id, position FROM todokit_todo WHERE deleted_at IS NULL "
            "GROUP BY space_id, list_id, position HAVING count(*) > 1"
        ),
    ),
    (
        "two lists of a space have one position",
        (
            "SELECT space_id, position FROM todokit_list WHERE deleted_at IS NULL "
            "GROUP BY space_id, position HAVING count(*) > 1"
        ),
    ),
    (
        "a space has two inboxes",
        "SELECT space_id FROM todokit_list WHERE is_inbox GROUP BY space_id HAVING count(*) > 1",
    ),
    (
        "a subtask is not where its parent is",
        (
            "SELECT child.space_id, child.id FROM todokit_todo child JOIN todokit_todo parent "
            "ON parent.space_id = child.space_id AND parent.id = child.parent_id "
            "WHERE child.deleted_at IS NULL AND (parent.deleted_at IS NOT NULL OR child.list_id <> parent.list_id "
            "OR child.depth <> parent.depth + 1)"
        ),
    ),
    (
        "an open todo is below a closed one",
        (
            "SELECT child.space_id, child.id FROM todokit_todo child JOIN todokit_todo parent "
            "ON parent.space_id = child.space_id AND parent.id = child.parent_id WHERE child.deleted_at IS NULL "
            "AND child.status IN ('needs_action', 'in_progress') AND parent.status IN ('completed', 'cancelled')"
        ),
    ),
    ("a root is nested", "SELECT space_id, id FROM todokit_todo WHERE parent_id IS NULL AND depth <> 0"),
    (
        "a todo lives in a deleted list",
        (
            "SELECT todo.space_id, todo.id FROM todokit_todo todo JOIN todokit_list list "
            "ON list.space_id = todo.space_id AND list.id = todo.list_id "
            "WHERE todo.deleted_at IS NULL AND list.deleted_at IS NOT NULL"
        ),
    ),
    (
        "what is deleted belongs to no batch",
        (
            "SELECT space_id, id FROM todokit_todo WHERE (deleted_at IS NULL) <> (delete_batch_id IS NULL) "
            "UNION ALL SELECT space_id, id FROM todokit_list WHERE (deleted_at IS NULL) <> (delete_batch_id IS NULL)"
        ),
    ),
    (
        "a batch was deleted at two moments",
        (
            "SELECT space_id, delete_batch_id FROM todokit_todo WHERE delete_batch_id IS NOT NULL "
            "GROUP BY space_id, delete_batch_id HAVING min(deleted_at) <> max(deleted_at)"
        ),
    ),
    (
        "an open todo belongs to a batch of closed ones",
        (
            "SELECT space_id, id FROM todokit_todo "
            "WHERE status IN ('needs_action', 'in_progress') AND closed_batch_id IS NOT NULL"
        ),
    ),
    (
        "a todo recurs without a due, or does not know where its series is",
        (
            "SELECT space_id, id FROM todokit_todo WHERE (recurrence IS NULL) <> (occurrence IS NULL) "
            "OR (recurrence IS NULL) <> (progress IS NULL) OR (recurrence IS NOT NULL AND due_local IS NULL)"
        ),
    ),
    (
        "an open todo is at an occurrence that is done with",
        (
            "SELECT o.space_id, o.todo_id FROM todokit_occurrence o JOIN todokit_todo t "
            "ON t.space_id = o.space_id AND t.id = o.todo_id WHERE o.slot = t.occurrence "
            "AND t.status IN ('needs_action', 'in_progress') AND o.version = t.version - 1"
        ),
    ),
    (
        "an occurrence is of a todo of which nothing is left",
        (
            "SELECT o.space_id, o.todo_id FROM todokit_occurrence o LEFT JOIN todokit_todo t "
            "ON t.space_id = o.space_id AND t.id = o.todo_id WHERE t.id IS NULL "
            "UNION ALL SELECT r.space_id, r.todo_id FROM todokit_reset_subtask r LEFT JOIN todokit_occurrence o "
            "ON o.space_id = r.space_id AND o.id = r.occurrence_id WHERE o.id IS NULL"
        ),
    ),
    (
        "pages that go by the todo do not find its completed occurrences",
        (
            "SELECT o.space_id, o.todo_id FROM todokit_occurrence o JOIN todokit_todo t ON t.space_id = o.space_id "
            "AND t.id = o.todo_id WHERE o.outcome = 'completed' AND NOT t.has_occurrences"
        ),
    ),
    (
        "a label is on a todo of which nothing is left",
        (
            "SELECT l.space_id, l.todo_id FROM todokit_todo_label l LEFT JOIN todokit_todo t "
            "ON t.space_id = l.space_id AND t.id = l.todo_id LEFT JOIN todokit_label b "
            "ON b.space_id = l.space_id AND b.id = l.label_id WHERE t.id IS NULL OR b.id IS NULL"
        ),
    ),
    (
        "a todo that is gone is assigned to somebody, or one of a team to nobody of it whom no worker takes off",
        (
            "SELECT a.space_id, a.todo_id, a.user_id FROM todokit_assignee a LEFT JOIN todokit_todo t "
            "ON t.space_id = a.space_id AND t.id = a.todo_id WHERE t.id IS NULL "
            "UNION ALL SELECT a.space_id, a.todo_id, a.user_id FROM todokit_assignee a "
            "JOIN todokit_space s ON s.id = a.space_id AND s.kind = 'team' "
            "WHERE NOT EXISTS (SELECT 1 FROM todokit_member m "
            "WHERE m.space_id IN (s.id, s.inherits_id) AND m.user_id = a.user_id) AND NOT EXISTS (SELECT 1 "
            "FROM todokit_job j WHERE j.space_id IN (s.id, s.inherits_id) AND j.kind = 'sweep-member')"
        ),
    ),
    (
        "the counter of a space is not at the end of its log",
        (
            "SELECT s.id, s.seq FROM todokit_space s LEFT JOIN todokit_change c ON c.space_id = s.id "
            "GROUP BY s.id, s.seq HAVING s.seq <> coalesce(max(c.seq), 0) OR s.seq <> count(c.seq)"
        ),
    ),
    *(
        (
            f"a version of a {entity} is not in the log",
            (
                f"SELECT t.space_id, t.id FROM {table} t LEFT JOIN todokit_change c ON c.space_id = t.space_id "  # noqa: S608  (names of our own)
                f"AND c.entity_id = t.id AND c.entity = '{entity}' "
                # An id may be used again once what had it is gone for good, or to another space.
                "AND c.seq > (SELECT coalesce(max(p.seq), 0) FROM todokit_change p WHERE p.space_id = t.space_id "
                "AND p.entity_id = t.id AND p.op IN ('purged', 'left')) "
                "GROUP BY t.space_id, t.id, t.version HAVING t.version <> coalesce(max(c.version), 0)"
            ),
        )
        for entity, table in (("todo", "todokit_todo"), ("list", "todokit_list"), ("label", "todokit_label"))
    ),
)
_PARENTS = "SELECT space_id, id, parent_id FROM todokit_todo WHERE parent_id IS NOT NULL"
_LOG = "SELECT space_id, seq FROM todokit_change ORDER BY space_id, seq"


async def assert_invariants(session: AsyncSession | AsyncConnection) -> None:
    """Check positions, trees, batches, labels and the change log of every space that the session sees.

    Raises:
        AssertionError: the message says what is broken, and where.
    """
    connection = await session.connection() if isinstance(session, AsyncSession) else session
    await connection.run_sync(sync_assert_invariants)


def sync_assert_invariants(session: Session | Connection) -> None:
    """Check the same on a sync session or connection.

    Raises:
        AssertionError: the message says what is broken, and where.
    """
    for meaning, sql in _CHECKS:
        _assert_none(meaning, session.execute(text(sql)).all())
    _assert_no_cycle(session.execute(text(_PARENTS)).all())
    _assert_no_gap(session.execute(text(_LOG)).all())


def _assert_none(meaning: str, rows: Sequence[Row[Any]]) -> None:
    if rows:
        raise AssertionError(f"{meaning}: {rows[:5]}")


def _assert_no_cycle(rows: Sequence[Row[Any]]) -> None:
    parent_of = {(space, todo): (space, parent) for space, todo, parent in rows}
    for todo in parent_of:
        above, seen = todo, set()
        while above in parent_of:
            if above in seen:
                raise AssertionError(f"a todo is its own ancestor: {todo}")
            seen.add(above)
            above = parent_of[above]


def _assert_no_gap(rows: Sequence[Row[Any]]) -> None:
    for (space, seq), (next_space, next_seq) in pairwise([(None, 0), *((row[0], row[1]) for row in rows)]):
        if next_seq != (seq + 1 if next_space == space else 1):
            raise AssertionError(f"the log of space {next_space} has a gap before {next_seq}")
