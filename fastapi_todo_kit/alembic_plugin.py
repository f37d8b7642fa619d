"""Alembic's autogenerate plugin (entry point group `alembic.plugins`): a host's autogenerate leaves the kit alone.

Alembic imports this file in every process in which it is imported itself, while it is half imported.
"""

import logging
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from alembic.util import DispatchPriority, PriorityDispatchResult

from fastapi_todo_kit.migrations.branch import PLUGIN, TODOS, is_kit_table

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.operations.ops import UpgradeOps
    from alembic.runtime.plugins import Plugin

# Below `alembic`, so that it is shown where Alembic's own words are.
_logger = logging.getLogger(PLUGIN)


class _Plugin(ModuleType):
    """This module, which is also a collection of itself: Alembic 1.18.0 to 1.20.0 iterate over an entry point.

    All others use it as the module that it is, and 1.20.1 warns of what is a collection only.
    """

    def __iter__(self) -> Iterator[ModuleType]:
        yield self


sys.modules[__name__].__class__ = _Plugin


def setup(plugin: "Plugin") -> None:
    """Run after every other comparator, in a subgroup of its own, which no other comparator can stop."""
    plugin.add_autogenerate_comparator(leave_the_kit_alone, "autogenerate", TODOS.label, priority=DispatchPriority.LAST)


def leave_the_kit_alone(_context: "AutogenContext", upgrade: "UpgradeOps") -> PriorityDispatchResult:
    """Remove the operations on tables of the kit, which the host's metadata does not know."""
    kept = [operation for operation in upgrade.ops if not is_kit_table(getattr(operation, "table_name", None))]
    if len(kept) < len(upgrade.ops):
        # Alembic has already logged "Detected removed table" for each of them.
        _logger.info("Left the tables of fastapi-todo-kit alone: none of the above is written for todokit_*")
    upgrade.ops[:] = kept
    return PriorityDispatchResult.CONTINUE
