"""What a host uses in its own tests. The same things are fixtures, prefixed `todo_kit_`, of the pytest plugin."""

from fastapi_todo_kit.testing.conformance import Actor, TodoKitConformance
from fastapi_todo_kit.testing.control import FrozenClock, as_user, captured_changes, frozen_clock
from fastapi_todo_kit.testing.factories import label_body, list_body, seed, sync_seed, todo_body
from fastapi_todo_kit.testing.invariants import assert_invariants, sync_assert_invariants
from fastapi_todo_kit.testing.mail import MemoryMailer
from fastapi_todo_kit.testing.memory import MemoryKit, memory_kit
from fastapi_todo_kit.testing.notifications import MemoryNotifier
from fastapi_todo_kit.testing.tables import check_migrations, create_tables, sync_check_migrations, sync_create_tables

__all__ = [
    "Actor",
    "FrozenClock",
    "MemoryKit",
    "MemoryMailer",
    "MemoryNotifier",
    "TodoKitConformance",
    "as_user",
    "assert_invariants",
    "captured_changes",
    "check_migrations",
    "create_tables",
    "frozen_clock",
    "label_body",
    "list_body",
    "memory_kit",
    "seed",
    "sync_assert_invariants",
    "sync_check_migrations",
    "sync_create_tables",
    "sync_seed",
    "todo_body",
]
