"""Adding the kit's version locations to the text of alembic.ini or pyproject.toml, and taking them out again.

Text in, text out: comments stay. Each result is parsed again, and refused if it says anything but what was meant.
"""

import os
import re
import tomllib
from configparser import Error, RawConfigParser
from typing import Final

from fastapi_todo_kit.core.errors import ConfigurationError
from fastapi_todo_kit.migrations.branch import BRANCHES
from fastapi_todo_kit.migrations.host.alembic_releases import NEW_SEPARATOR, READS_TOML, SEPARATOR

_SECTION: Final = "alembic"
_OF_KIT: Final = [branch.location for branch in BRANCHES]
_CHARACTERS: Final = {"space": " ", "newline": "\n", "os": os.pathsep, ":": ":", ";": ";"}
_SURVIVES: Final = {"space", "newline", ";"}
"""The separators that leave the colon of a location alone; `os` does so on Windows only."""
_LISTS: Final = {"version_locations": r", *|(?: +)", "prepend_sys_path": r", *|(?: +)|:"}
"""The options that are split, with what splits them where no separator is configured."""


def add_to_ini(text: str, kit: list[str]) -> str:
    """Return the text of an ini file with these locations of the kit last, under a separator that splits none."""
    options = _options(text)
    locations = _without_kit(text) or [f"{options['script_location']}/versions"]
    return _rewrite_ini(text, [*locations, *kit])


def remove_from_ini(text: str) -> str:
    """Return the text of an ini file without the kit's locations; the separator stays."""
    return _rewrite_ini(text, _without_kit(text))


def add_to_toml(text: str, kit: list[str]) -> str:
    """Return the text of a pyproject.toml with these locations of the kit last."""
    section = _tool_alembic(text)
    locations = [entry for entry in section.get("version_locations", []) if entry not in _OF_KIT]
    return _rewrite_toml(text, [*(locations or [f"{section['script_location']}/versions"]), *kit])


def remove_from_toml(text: str) -> str:
    """Return the text of a pyproject.toml without the kit's locations."""
    return _rewrite_toml(text, [entry for entry in _tool_alembic(text)["version_locations"] if entry not in _OF_KIT])


def _options(text: str) -> dict[str, str]:
    parser = RawConfigParser()
    parser.read_string(text)
    return dict(parser.items(_SECTION))


def _without_kit(text: str) -> list[str]:
    options = _options(text)
    written = options.get("version_locations", "")
    for location in _OF_KIT:
        # Its text goes first: a colon that separates would leave two halves of it.
        written = written.replace(location, "")
    return _split("version_locations", written, _separator(options, "path_separator", "version_path_separator"))


def _separator(options: dict[str, str], *names: str) -> str | None:
    """Return the configured separator, the first of these options that is there.

    The templates of Alembic 1.7 to 1.14 write a comment behind it, which is part of the value and was meant as none:
    Alembic reads it only once there are version locations, and then refuses it.
    """
    written = next((options[name] for name in names if name in options), None)
    if written is None:
        return None
    separator = re.split(r"\s+[#;]", written)[0].strip()
    if separator not in _CHARACTERS:
        raise ConfigurationError(f"{names[-1]} must be one of {', '.join(_CHARACTERS)}, not {separator!r}")
    return separator


def _split(name: str, value: str, separator: str | None) -> list[str]:
    parts = re.split(_LISTS[name], value) if separator is None else value.split(_CHARACTERS[separator])
    return [part.strip() for part in parts if part.strip()]


def _rewrite_ini(text: str, locations: list[str]) -> str:
    options = _options(text)
    before = _separator(options, SEPARATOR)
    separator = before if before in _SURVIVES else NEW_SEPARATOR
    wanted = {"version_locations": locations}
    if READS_TOML and separator != before and "prepend_sys_path" in options:
        wanted["prepend_sys_path"] = _split("prepend_sys_path", options["prepend_sys_path"], before)
    result = text
    for name, values in wanted.items():
        if name == "version_locations" or len(values) > 1:
            result = _set_option(result, name, _joined(values, separator))
    if separator != before:
        result = _set_option(result, SEPARATOR, separator)
    _check_ini(text, result, wanted | {SEPARATOR: [separator]})
    return result


def _joined(values: list[str], separator: str) -> str:
    if separator == "newline":
        return "".join(f"\n    {value}" for value in values)
    return _CHARACTERS[separator].join(values)


def _set_option(text: str, name: str, value: str) -> str:
    """Replace an option of the section, or add it where the template of `alembic init` speaks of it."""
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    start, end = _span(lines, rf"{name}\s*[=:]")
    kept = [line for line in lines[start:end] if line.lstrip().startswith(("#", ";"))]
    if start == end:
        end = start = _place(lines, name)
    lines[start:end] = [*kept, *f"{name} = {value}".replace("= \n", "=\n").split("\n")]
    return end_of_line.join(lines) + (end_of_line if text.endswith("\n") else "")


def _place(lines: list[str], name: str) -> int:
    for pattern in (rf"#\s*{name}\s*=", r"version_locations\s*=", r"script_location\s*[=:]", rf"\[{_SECTION}\]"):
        _, end = _span(lines, pattern)
        if end:
            return end
    return 0


def _span(lines: list[str], start: str) -> tuple[int, int]:
    """Return the lines of an option of the section, its indented continuation included, or an empty span."""
    inside = False
    for number, line in enumerate(lines):
        inside = line.strip() == f"[{_SECTION}]" if line.startswith("[") else inside
        if inside and re.match(start, line):
            end = number + 1
            while end < len(lines) and lines[end][:1].isspace() and lines[end].strip():
                end += 1
            return number, end
    return 0, 0


def _check_ini(before: str, after: str, wanted: dict[str, list[str]]) -> None:
    old, new = RawConfigParser(), RawConfigParser()
    old.read_string(before)
    try:
        new.read_string(after)
    except Error as error:
        raise ConfigurationError(_by_hand(wanted["version_locations"])) from error
    read = {name: _split(name, new[_SECTION].pop(name), new[_SECTION][SEPARATOR]) for name in wanted if name in _LISTS}
    separator = new[_SECTION].pop(SEPARATOR)
    for name in wanted:
        old.remove_option(_SECTION, name)
    if old != new or {**read, SEPARATOR: [separator]} != wanted:
        raise ConfigurationError(_by_hand(wanted["version_locations"]))


def _by_hand(locations: list[str]) -> str:
    entries = "".join(f"\n    {entry}" for entry in locations)
    return (
        f"This file cannot be edited safely. Write by hand, in alembic.ini `{SEPARATOR} = {NEW_SEPARATOR}` and "
        f"`version_locations =`, or in pyproject.toml a list, with these entries:{entries}"
    )


def _tool_alembic(text: str) -> dict[str, list[str]]:
    section: dict[str, list[str]] = tomllib.loads(text)["tool"]["alembic"]
    return section


def _rewrite_toml(text: str, locations: list[str]) -> str:
    written = ["version_locations = [", *(f'    "{entry}",' for entry in locations), "]"]
    lines = text.split("\n")
    try:
        start, end = _toml_span(lines)
        if any("#" in line for line in lines[start:end]):
            raise ConfigurationError(_by_hand(locations))
        lines[start:end] = written
        result = "\n".join(lines)
        expected, found = tomllib.loads(text), tomllib.loads(result)
    except (StopIteration, tomllib.TOMLDecodeError):
        raise ConfigurationError(_by_hand(locations)) from None
    expected["tool"]["alembic"]["version_locations"] = locations
    if expected != found:
        raise ConfigurationError(_by_hand(locations))
    return result


def _toml_span(lines: list[str]) -> tuple[int, int]:
    """Return the lines of `version_locations`, or the empty span after `script_location`."""
    header = next(number for number, line in enumerate(lines) if line.strip() == "[tool.alembic]")
    section = range(header + 1, len(lines))
    for number in section:
        if lines[number].startswith("["):
            break
        if re.match(r"version_locations\s*=", lines[number]):
            return number, next(end for end in range(number + 1, len(lines) + 1) if _is_toml(lines[number:end]))
    place = next(number for number in section if re.match(r"script_location\s*=", lines[number])) + 1
    return place, place


def _is_toml(lines: list[str]) -> bool:
    try:
        tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError:
        return False
    return True
