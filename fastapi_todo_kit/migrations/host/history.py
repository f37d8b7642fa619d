"""The revisions of a host with the kit's beside them, and the revisions that the kit writes for the host."""

from pathlib import Path

from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError, rev_id, to_tuple

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import BRANCHES, Branch, branch_of, is_kit_revision
from fastapi_todo_kit.migrations.host.config import HostConfig, branch_in


class HostHistory:
    """The revision files as Alembic reads them now; make a new one after a file has changed."""

    def __init__(self, host: HostConfig) -> None:
        self._host = host
        self.scripts: ScriptDirectory = ScriptDirectory.from_config(host.alembic)
        self._all = list(self.scripts.walk_revisions())

    @property
    def version_table(self) -> str:
        """The name of the host's version table."""
        return self._host.version_table

    @property
    def revisions(self) -> set[str]:
        """Every revision that has a file."""
        return {script.revision for script in self._all}

    @property
    def own(self) -> list[Script]:
        """The host's own revisions, the newest first."""
        return [script for script in self._all if not is_kit_revision(script.revision)]

    @property
    def branches(self) -> list[Branch]:
        """The branches of the kit whose locations are configured."""
        return [branch for branch in BRANCHES if self.kit_head(branch) is not None]

    @property
    def own_heads(self) -> list[str]:
        """The host's own heads."""
        return [head for head in self.scripts.get_heads() if not is_kit_revision(head)]

    @property
    def unmerged(self) -> list[str]:
        """The kit's newest revisions, of each branch that none of the host's revisions stands on."""
        return [head for head in self.scripts.get_heads() if is_kit_revision(head)]

    @property
    def strangers(self) -> list[Path]:
        """Revision files of the host that were written into the installed package."""
        return [Path(script.path) for script in self.own if branch_in(Path(script.path).parent)]

    def kit_head(self, branch: Branch) -> str | None:
        """Return the newest revision of a branch of the kit, if its location is configured."""
        of_kit = [script for script in self._all if branch_of(script.revision) is branch]
        parents = {parent for script in of_kit for parent in to_tuple(script.down_revision, default=())}
        return next((script.revision for script in of_kit if script.revision not in parents), None)

    def ancestors(self, revisions: list[str]) -> set[str]:
        """Return every revision that is applied where these are."""
        return {script.revision for script in self.scripts.iterate_revisions(tuple(revisions), "base")}

    def own_head(self) -> list[str]:
        """Return the host's own head in a list, which is empty where it has no revision yet.

        Raises:
            ConfigurationError: there are several; which to merge is the host's to say.
        """
        if len(self.own_heads) > 1:
            raise ConfigurationError(
                f"Your own history has {len(self.own_heads)} heads ({', '.join(self.own_heads)}): "
                "merge them first with `alembic merge`, naming each."
            )
        return self.own_heads

    def merge(self, message: str | None = None) -> Path | None:
        """Write the host's revision that stands on its own head and on those of the kit; None if there is one.

        A host without a revision gets its first one, on top of the kit's.

        Raises:
            ConfigurationError: the kit's location is not configured, or the host has several heads of its own.
        """
        if not self.branches:
            raise ConfigurationError(
                "Alembic does not see the kit's revisions here: run `todo-kit alembic init` first."
            )
        if not self.unmerged:
            return None
        own = self.own_head()
        default = "merge with fastapi-todo-kit" if own else "start on fastapi-todo-kit"
        return self._generate(message or default, [*own, *self.unmerged])

    def drop_tables(self, tables: list[str]) -> Path:
        """Write a revision of the host, once it has parted from the kit, that drops these tables."""
        # Not by `op.drop_table`, whose `if_exists` older releases take for nothing.
        lines = [f'op.execute("DROP TABLE IF EXISTS {name}")' for name in tables]
        return self._generate("drop the tables of fastapi-todo-kit", self.own_head(), "\n    ".join(lines))

    def _generate(self, message: str, heads: list[str], upgrades: str | None = None) -> Path:
        folder, name = self._folder(), rev_id()
        try:
            script = self.scripts.generate_revision(
                name,
                message,
                refresh=True,
                head=heads or "base",
                version_path=folder,
                config=self._host.alembic,
                upgrades=upgrades,
            )
        except CommandError as error:
            written = next(folder.rglob(f"*{name}*.py"), None)
            if written is None:
                raise
            raise ConfigurationError(
                f"{written.name} is written, and good as it is. Then a post_write_hook of yours failed: {error}. "
                "Mend the hook, or run by hand what it does; then commit the file."
            ) from None
        assert script is not None  # noqa: S101  (None only where a hook removed the file)
        return Path(script.path)

    def _folder(self) -> Path:
        """The host's version folder in which its newest revision lives. Alembic's guess may be inside the package."""
        folders = self._host.own_folders
        newest = [Path(script.path) for script in self.own if script.revision in self.own_heads]
        return next((folder for folder in folders if any(path.is_relative_to(folder) for path in newest)), folders[0])
