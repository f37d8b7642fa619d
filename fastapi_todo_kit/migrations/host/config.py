"""The Alembic configuration of a host: which file holds it, and what Alembic reads there. It changes nothing."""

import ast
import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from alembic.config import Config

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import BRANCHES, PLUGIN, Branch
from fastapi_todo_kit.migrations.host.alembic_releases import (
    READS_TOML,
    folder_of,
    locations_of,
    option_of,
    read_config,
    section_of_toml,
)

KIT_FOLDERS: Final = {branch.revisions.resolve(): branch for branch in BRANCHES}
"""The folders of the kit's own revisions, inside the installed package."""
_PYPROJECT = "pyproject.toml"
_DEFAULT_PLUGINS = ("alembic.autogenerate.*",)
_ABSENT = (
    "There is no Alembic configuration here: no alembic.ini with a script_location, and no [tool.alembic] in "
    "pyproject.toml. Name the file with --config, run `alembic init` first, or use `todo-kit migrate` without Alembic."
)


@dataclass(frozen=True)
class HostConfig:
    """What `alembic` would use in this folder."""

    ini: Path
    toml: Path

    @property
    def alembic(self) -> Config:
        """A fresh configuration, as the `alembic` command makes one."""
        return read_config(self.ini, self.toml)

    @cached_property
    def file(self) -> Path:
        """The file that holds, or shall hold, `version_locations`; Alembic prefers the ini file."""
        options = self.alembic.file_config
        in_ini = any(options.has_option("alembic", name) for name in ("version_locations", "script_location"))
        return self.ini if in_ini or not READS_TOML else self.toml

    @property
    def locations(self) -> list[str]:
        """The version locations as Alembic splits them; empty where none are configured."""
        return locations_of(self.alembic)

    @property
    def written_locations(self) -> str:
        """The version locations as they are written, before anything is split."""
        config = self.alembic
        if self.file == self.ini:
            return config.file_config.get("alembic", "version_locations", raw=True, fallback="")
        return "\n".join(section_of_toml(config).get("version_locations", ()))

    @property
    def script_folder(self) -> Path:
        """The folder of `env.py`."""
        return folder_of(str(option_of(self.alembic, "script_location")))

    @property
    def version_folders(self) -> list[Path]:
        """Where Alembic looks for revisions, in its order; empty where that is not configured."""
        return [folder_of(location).absolute() for location in self.locations]

    @property
    def own_folders(self) -> list[Path]:
        """The host's own version folders, without the kit's; where a revision of the host belongs."""
        own = [folder for folder in self.version_folders if branch_in(folder) is None]
        return own or [(self.script_folder / "versions").absolute()]

    @property
    def env_source(self) -> str:
        """The text of `env.py`."""
        return (self.script_folder / "env.py").read_text(encoding="utf-8")

    @cached_property
    def env_options(self) -> dict[str, Any]:
        """The options of `context.configure(...)` in `env.py` that are literals; read, not run."""
        return _literal_options(self.env_source)

    @property
    def version_table(self) -> str:
        """The name of the host's version table."""
        return str(self.env_options.get("version_table") or "alembic_version")

    @property
    def has_plugin(self) -> bool:
        """Whether the `autogenerate_plugins` of `env.py` include the kit's; if they cannot be read, they do."""
        plugins = self.env_options.get("autogenerate_plugins") or _DEFAULT_PLUGINS
        excluded = [name[1:] for name in plugins if name.startswith("~")]
        included = [name for name in plugins if not name.startswith("~")]
        return _matches(included) and not _matches(excluded)


def find_host(config: Path | None = None) -> HostConfig:
    """Find alembic.ini and pyproject.toml: in this folder, where `ALEMBIC_CONFIG` points, or beside the one named.

    Raises:
        ConfigurationError: there is none.
    """
    named = config or Path(os.environ.get("ALEMBIC_CONFIG", "alembic.ini"))
    ini = named.parent / "alembic.ini" if named.name == _PYPROJECT else named
    host = HostConfig(ini, named.parent / _PYPROJECT)
    if option_of(host.alembic, "script_location") is None:
        raise ConfigurationError(_ABSENT)
    return host


def branch_in(folder: Path) -> Branch | None:
    """Return the branch whose revisions are in a version folder, or None where the folder is the host's."""
    return KIT_FOLDERS.get(folder.resolve())


def _matches(patterns: list[str]) -> bool:
    return any(fnmatchcase(PLUGIN, pattern) for pattern in patterns)


def _literal_options(source: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "configure":
            for keyword in node.keywords:
                try:
                    options[str(keyword.arg)] = ast.literal_eval(keyword.value)
                except ValueError:
                    options[str(keyword.arg)] = None
    return options
