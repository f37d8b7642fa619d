"""What each downgrade of the kit asks first: was it meant? Revision files may import nothing else of the kit."""

from alembic import op
from alembic.runtime.environment import EnvironmentContext
from alembic.util import CommandError
from sqlalchemy import inspect

from fastapi_todo_kit.migrations.branch import TODOS, Branch, branch_named, branch_of


def refuse_unless_named(revision: str) -> None:
    """Let a downgrade run only where the branch of this revision, or one of its revisions, is the named destination.

    Raises:
        alembic.util.CommandError: the destination is the host's, of the other branch, `base` or a bare `-1`.
    """
    branch = branch_of(revision) or TODOS
    environment = op.get_context().environment_context
    if environment is None or not _is_named(branch, environment):
        raise CommandError(_refusal(branch))


def refuse_bare_base(revision: str) -> None:
    """Refuse `alembic downgrade base` while Alembic reads the revisions, before it has undone any of the host's.

    For databases that do not roll back changes of the schema. Where the revisions are read at another moment, or for
    another purpose, it does nothing: `refuse_unless_named` comes later.

    Raises:
        alembic.util.CommandError: the branch of this revision has tables in this database.
    """
    try:
        context = op.get_context()
    except (NameError, AttributeError):  # nothing is migrated, or nothing any more: `alembic history` and the like
        return
    branch = branch_of(revision) or TODOS
    environment, connection = context.environment_context, context.connection
    if environment is None or context.as_sql or connection is None:
        return
    # Of a downgrade only: nobody upgrades to base, and `alembic stamp base` names a tuple.
    to_base = environment.context_opts.get("destination_rev") == "base"
    if to_base and not _is_named(branch, environment) and inspect(connection).has_table(branch.first_table):
        raise CommandError(_refusal(branch))


def _is_named(branch: Branch, environment: EnvironmentContext) -> bool:
    destination = str(environment.context_opts.get("destination_rev"))
    # Not as a dictionary, which older releases cannot make of an answer to something else that has no "=".
    return branch_named(destination) is branch or f"{branch.label}=drop" in environment.get_x_argument()


def _refusal(branch: Branch) -> str:
    return (
        f"This would drop tables or columns {branch.prefix}* of fastapi-todo-kit with what is in them, so nothing of "
        f"them was touched. If that is meant, name the branch: `alembic downgrade {branch.label}@base` for all of it, "
        f"a revision and the one to go back to (`{branch.prefix}0002@{branch.prefix}0001`), or "
        f"`alembic -x {branch.label}=drop downgrade ...`; your own revisions that stand on those are undone with them. "
        "To go back in your own history, name one of your own revisions. To be rid of the kit, run "
        "`todo-kit alembic uninstall`."
    )
