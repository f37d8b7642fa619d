"""What each downgrade of the kit asks first: was it meant? Revision files may import nothing else of the kit."""

from alembic import op
from alembic.util import CommandError

from fastapi_todo_kit.migrations.branch import BRANCH, REVISION_PREFIX

_NAMED = (BRANCH, REVISION_PREFIX)
_REFUSAL = (
    "This would drop tables or columns of fastapi-todo-kit, with what is in them; nothing of the kit was touched. "
    "If that is meant, name the branch (`alembic downgrade {branch}@-1`, `{branch}@base`) or give "
    "`-x {branch}=drop`; both also undo your own revisions that came after a merge with the kit. "
    "To go back in your own history only, name one of your own revisions. To be rid of the kit: "
    "`todo-kit alembic uninstall`."
)


def refuse_unless_named() -> None:
    """Let a downgrade of the kit run only where the branch, or one of its revisions, is the named destination.

    Raises:
        alembic.util.CommandError: the destination is the host's, `base` or a bare `-1`.
    """
    environment = op.get_context().environment_context
    if environment is None:
        raise CommandError(_REFUSAL.format(branch=BRANCH))
    destination = str(environment.context_opts.get("destination_rev"))
    answers = environment.get_x_argument(as_dictionary=True)
    if not destination.startswith(_NAMED) and answers.get(BRANCH) != "drop":
        raise CommandError(_REFUSAL.format(branch=BRANCH))
