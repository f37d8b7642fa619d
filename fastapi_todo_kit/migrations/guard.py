"""What each downgrade of the kit asks first: was it meant? Revision files may import nothing else of the kit."""

from alembic import op
from alembic.runtime.environment import EnvironmentContext
from alembic.util import CommandError
from sqlalchemy import inspect

from fastapi_todo_kit.migrations.branch import BRANCH, FIRST_TABLE, REVISION_PREFIX

_NAMED = (BRANCH, REVISION_PREFIX)
_REFUSAL = (
    "This would drop tables or columns of fastapi-todo-kit with what is in them, so nothing of it was touched. "
    f"If that is meant, name the branch: `alembic downgrade {BRANCH}@base` for all of the kit, a revision and the one "
    f"to go back to (`{REVISION_PREFIX}0002@{REVISION_PREFIX}0001`), or `alembic -x {BRANCH}=drop downgrade ...`; your "
    "own revisions that stand on those are undone with them. To go back in your own history, name one of your own "
    "revisions. To be rid of the kit, run `todo-kit alembic uninstall`."
)


def refuse_unless_named() -> None:
    """Let a downgrade of the kit run only where the branch, or one of its revisions, is the named destination.

    Raises:
        alembic.util.CommandError: the destination is the host's, `base` or a bare `-1`.
    """
    environment = op.get_context().environment_context
    if environment is None or not _is_named(environment):
        raise CommandError(_REFUSAL)


def refuse_bare_base() -> None:
    """Refuse `alembic downgrade base` while Alembic reads the revisions, before it has undone any of the host's.

    For databases that do not roll back changes of the schema. Where the revisions are read at another moment, or for
    another purpose, it does nothing: `refuse_unless_named` comes later.

    Raises:
        alembic.util.CommandError: the kit has tables in this database.
    """
    try:
        context = op.get_context()
    except (NameError, AttributeError):  # nothing is migrated, or nothing any more: `alembic history` and the like
        return
    environment, connection = context.environment_context, context.connection
    if environment is None or context.as_sql or connection is None:
        return
    # Of a downgrade only: nobody upgrades to base, and `alembic stamp base` names a tuple.
    to_base = environment.context_opts.get("destination_rev") == "base"
    if to_base and not _is_named(environment) and inspect(connection).has_table(FIRST_TABLE):
        raise CommandError(_REFUSAL)


def _is_named(environment: EnvironmentContext) -> bool:
    destination = str(environment.context_opts.get("destination_rev"))
    return destination.startswith(_NAMED) or environment.get_x_argument(as_dictionary=True).get(BRANCH) == "drop"
