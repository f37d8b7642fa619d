"""What differs between the releases of Alembic that hosts have: until 1.16 it reads an ini file only, and splits less.

Nothing else knows of it. What differs in `env.py`, the plugin of autogenerate from 1.18 on, is the host's to write.
"""

from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import coerce_resource_to_filename

READS_TOML: Final = hasattr(Config, "get_alembic_option")
"""Whether Alembic has `[tool.alembic]` of pyproject.toml, and `path_separator` for all options that are lists."""
SEPARATOR: Final = "path_separator" if READS_TOML else "version_path_separator"
"""The option of an ini file that says what parts its version locations."""
NEW_SEPARATOR: Final = "newline" if READS_TOML else "space"
"""The separator to write, which splits no location of the kit; before 1.16 not every release knows `newline`."""


def read_config(ini: Path, toml: Path) -> Config:
    """Return a fresh configuration, as the `alembic` command makes one."""
    return Config(file_=ini, toml_file=toml) if READS_TOML else Config(file_=str(ini))


def option_of(config: Config, name: str) -> str | None:
    """Return an option from wherever Alembic reads it; None where it is not there, nor a file or section to hold it."""
    if READS_TOML:
        return config.get_alembic_option(name)
    # Asked for an option of a section that is not there, it raises.
    is_there = config.file_config.has_section(config.config_ini_section)
    return config.get_main_option(name) if is_there else None


def locations_of(config: Config) -> list[str]:
    """Return the version locations as Alembic splits them; empty where none are configured."""
    if READS_TOML:
        return list(config.get_version_locations_list() or [])
    if not option_of(config, "version_locations"):
        return []
    return list(ScriptDirectory.from_config(config).version_locations or [])


def section_of_toml(config: Config) -> dict[str, Any]:
    """Return `[tool.alembic]` of pyproject.toml; empty where there is none, or Alembic does not read it."""
    return dict(config.toml_alembic_config) if READS_TOML else {}


def folder_of(location: str) -> Path:
    """Return the folder that a location names: a path, or a path inside a package."""
    return Path(coerce_resource_to_filename(location))
