"""What the doctor may find: each with a code that stays, what is wrong, and what to do about it."""

from dataclasses import dataclass

from fastapi_todo_kit.migrations.branch import Branch
from fastapi_todo_kit.storage.failures import is_of_pooler, reason


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or, as a hint, that the doctor cannot see from outside."""

    code: str
    problem: str
    advice: str
    is_hint: bool = False


LOCATION_SPLIT = Finding(
    "location-split",
    "The separator of your alembic.ini splits the kit's version locations at their colons, and its revisions vanish.",
    "Run `todo-kit alembic init`.",
)
LOCATION_FIRST = Finding(
    "location-first",
    "A version location of the kit stands before your own, so a tool that takes the first writes into the package.",
    "Run `todo-kit alembic init`.",
)
NO_REVISION = Finding(
    "no-own-revision",
    "You have no revision of your own yet, and a bare `alembic revision` would write into the installed package.",
    "Run `todo-kit alembic merge`.",
)
UNMERGED = Finding(
    "unmerged",
    "The kit's newest revision is a head beside yours, so `alembic upgrade head` and `alembic revision` refuse.",
    "Run `todo-kit alembic merge`.",
)
PLUGIN_DISABLED = Finding(
    "plugin-disabled",
    "The `autogenerate_plugins` in your env.py leave the kit's plugin out, so autogenerate would drop its tables.",
    "Add `alembic.autogenerate.todo_kit` to them.",
)
PLUGIN_MISSING = Finding(
    "plugin-missing",
    "Alembic did not load the kit's plugin, so autogenerate would drop its tables.",
    "Install the package again, so that its entry points are registered.",
)
OLD_ALEMBIC = Finding(
    "old-alembic",
    "This Alembic is older than 1.18 and knows no plugins, so autogenerate may drop the kit's tables.",
    "Give `include_name=fastapi_todo_kit.migrations.include_name()` to `context.configure`.",
    is_hint=True,
)
POOLER = Finding(
    "pooler-url",
    "The database URL leads to a connection pooler, which breaks the locks and statements of migrations.",
    "Migrate with the direct URL of the database.",
)

NO_DATABASE = Finding(
    "no-database",
    "Neither --database-url nor TODO_KIT_DATABASE_URL names a database, and there is no ./todo_kit.db, "
    "so no database was looked at.",
    "Give --database-url to have yours looked at.",
    is_hint=True,
)


def location_missing(branch: Branch) -> Finding:
    """Return the hint that a host's Alembic does not look for a branch."""
    return Finding(
        "location-missing",
        f"Your Alembic does not look for the kit's revisions {branch.prefix}*.",
        f"Run `{branch.init}`, or leave it so if you use `todo-kit migrate`.",
        is_hint=True,
    )


def not_migrated(branch: Branch) -> Finding:
    """Return the finding of a branch that no version table knows of."""
    return Finding(
        "not-migrated",
        f"The database has none of the kit's tables of the branch {branch.label}.",
        "Run `alembic upgrade head`, or `todo-kit migrate` without Alembic.",
    )


def unversioned(branch: Branch, version_table: str, stamp: str) -> Finding:
    """Return the finding of tables that are there while their version table is empty."""
    return Finding(
        "unversioned",
        f"{version_table} is empty, though the tables {branch.prefix}* are there, so nobody knows at which revision "
        "they are: it was emptied, or a copy of the database was brought back without its rows.",
        f"If nothing else is found here, they are at the newest: `{stamp}`. Else bring back the row from a backup.",
    )


def version_unseen(branch: Branch, version_table: str) -> Finding:
    """Return the hint that tables are there, and the version table is not where this connection looks."""
    return Finding(
        "version-unseen",
        f"The kit's tables of the branch {branch.label} are there, but {version_table}, as this connection sees it, "
        "names no revision of them. Is it in another schema?",
        "Ask `alembic current`; or run the doctor where the search path has both schemas.",
        is_hint=True,
    )


def two_tables(branch: Branch) -> Finding:
    """Return the finding of a branch that two version tables know of."""
    return Finding(
        "two-version-tables",
        f"Both your version table and {branch.version_table} name a revision {branch.prefix}*, "
        "so both would migrate the same tables.",
        "Run `todo-kit alembic adopt`.",
    )


def own_table(branch: Branch) -> Finding:
    """Return the finding of tables that a host's Alembic did not make, and would make."""
    return Finding(
        "own-version-table",
        f"`todo-kit migrate` made the tables {branch.prefix}*, so your Alembic would try to make them again.",
        "Run `todo-kit alembic adopt`.",
    )


def not_compared(error: Exception) -> Finding:
    """Return the hint that tables could not be compared with models that cannot be imported."""
    return Finding(
        "not-compared",
        f"The tables of accounts were not compared with their models: {error}.",
        "Run the doctor where the extra `auth` is installed.",
        is_hint=True,
    )


def stranger(file: str) -> Finding:
    """Return the finding of a host's revision file inside the installed package."""
    return Finding(
        "revision-in-package",
        f"Your revision {file} was written into the installed package, where the next upgrade of the kit deletes it.",
        "Move it into your own versions folder.",
    )


def broken_history(error: Exception) -> Finding:
    """Return the finding of revision files that Alembic cannot read."""
    return Finding("history-broken", f"Alembic cannot read your revisions: {error!r}.", "Mend that first.")


def orphan(revision: str, version_table: str) -> Finding:
    """Return the finding of a version that no file has."""
    return Finding(
        "orphaned-revision",
        f"{version_table} names {revision}, and there is no such revision file.",
        "Bring the file back, or the release of the kit that has it; "
        "if the kit was removed, run `todo-kit alembic uninstall --database-url`.",
    )


def several(branch: Branch, revisions: list[str]) -> Finding:
    """Return the finding of a version table that somebody has written into."""
    return Finding(
        "several-revisions",
        f"{branch.version_table} holds several revisions: {', '.join(revisions)}.",
        "Delete all but the one that the tables are at.",
    )


def behind(head: str, command: str) -> Finding:
    """Return the finding of a database that is older than the installed kit."""
    return Finding(
        "behind", f"The database is older than this kit, whose newest revision is {head}.", f"Run `{command}`."
    )


def differs(where: list[str]) -> Finding:
    """Return the finding of tables that are not what the revisions make."""
    return Finding(
        "schema-differs",
        f"The kit's tables are not what its revisions make: {', '.join(where)}.",
        "Undo by hand what was changed; columns of your own belong into `extra` or into tables of your own.",
    )


def unreadable(count: int, table: str) -> Finding:
    """Return the hint that rows hold in `extra` what the database itself cannot read."""
    return Finding(
        "unreadable-extra",
        f"{table} has {count} rows with an `extra` that is no JSON, such as NaN. It is read as null, and in no filter.",
        "Write `extra` of these rows anew.",
        is_hint=True,
    )


def unreachable(error: Exception, source: str | None) -> Finding:
    """Return the finding of a database that does not answer, where something named it, or where the default is."""
    if is_of_pooler(error):
        return Finding(
            "pooler",
            f"A pooler stands before the database: {reason(error)}.",
            "Set TODO_KIT_POSTGRES__POOLER=transaction, and migrate with the direct URL of the database.",
        )
    words = str(error).partition("\n")[0] or type(error).__name__
    advice = f"Check {source}." if source else "Give --database-url or TODO_KIT_DATABASE_URL."
    return Finding("unreachable", f"The database does not answer: {words}.", advice)
