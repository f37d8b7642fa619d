"""Where settings come from: which variables are some, what is said of those that are none, and how a value is named."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from dotenv import dotenv_values
from pydantic import BaseModel, ValidationError
from pydantic_settings import SettingsError

PREFIX: Final = "TODO_KIT_"
"""Begins the name of every variable that is a setting."""


def names_of(model: type[BaseModel], prefix: str = PREFIX) -> Iterator[str]:
    """Yield the names of the variables that a model of settings is read from, those of its groups included."""
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        yield variable
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from names_of(field.annotation, f"{variable}__")


def unknown_in(environment: Mapping[str, Any], model: type[BaseModel]) -> list[str]:
    """Return a line for each variable that begins as settings do and is none."""
    known = set(names_of(model))
    given = sorted(name.upper() for name in environment if name.upper().startswith(PREFIX))
    return [f"{name}: {no_setting(name, known)}" for name in given if name not in known]


def no_setting(name: str, known: set[str]) -> str:
    """Return what to say of a variable that is no setting. Its value is not repeated: it may be a secret."""
    # Without what all have in common, which would make any two alike.
    near = get_close_matches(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1)
    return "no setting is called so" + (f"; did you mean {PREFIX}{near[0]}?" if near else "")


class Sources:
    """What settings are made of, the first of which has a value wins: arguments, the environment, a file.

    Args:
        arguments: those that the settings were given.
        options: how a command calls some of these.
        file: the file of variables.
    """

    def __init__(self, arguments: Mapping[str, Any], options: Mapping[str, str], file: str) -> None:
        self._arguments = arguments
        self._options = options
        self._file = file

    def name(self, path: Sequence[str | int]) -> str:
        """Return what a value is called where it came from; a variable, where it came from nowhere.

        Args:
            path: the name of the field, behind those of its groups.
        """
        return self.find(path) or _variable(path)

    def find(self, path: Sequence[str | int]) -> str | None:
        """Return what a value is called where it came from; None, where it came from nowhere."""
        if path and _reaches(self._arguments, path):
            return self._options.get(str(path[0])) or f"argument {'.'.join(map(str, path))}"
        variable = _variable(path)
        for suffix, variables in self._variables():
            for name in sorted(variables, key=len, reverse=True):
                if name == variable or name.startswith(f"{variable}__"):
                    return variable + suffix
                if variable.startswith(f"{name}__") and _holds(variables[name], path, name):
                    return f"{name}{suffix}"
        return None

    def with_text(self, text: str | None, group: str) -> list[str]:
        """Return the variables of a group of settings that have a text."""
        return [
            f"{name}{suffix}"
            for suffix, variables in self._variables()
            for name, value in variables.items()
            if value == text and name.startswith(group)
        ]

    def _variables(self) -> Iterator[tuple[str, dict[str, str | None]]]:
        """Yield the variables of each place, with what to say of those in it."""
        for suffix, found in (("", os.environ), (f" in {self._file}", dotenv_values(self._file, encoding="utf-8"))):
            yield suffix, {name.upper(): text for name, text in found.items() if name.upper().startswith(PREFIX)}


def _variable(path: Sequence[str | int]) -> str:
    return f"{PREFIX}{'__'.join(map(str, path)).upper()}"


def _holds(text: str | None, path: Sequence[str | int], name: str) -> bool:
    """Say whether the JSON of a variable has a value; what is none is at fault itself."""
    try:
        held = json.loads(text or "")
    except ValueError:
        return True
    return _reaches(held, path[name.removeprefix(PREFIX).count("__") + 1 :])


def _reaches(value: Any, path: Sequence[str | int]) -> bool:
    for part in path:
        if isinstance(value, Mapping):
            if part not in value:
                return False
            value = value[part]
    return True


_WORDS: Final = {"time_delta_parsing": "not a duration; write P30D for 30 days, PT12H for 12 hours, or 00:15:00"}
"""What is said instead of Pydantic's own words, which do not tell what to write."""


def words_of_unparsable(error: SettingsError, sources: Sources) -> str:
    """Return what to say of a variable that holds no JSON."""
    named = re.search(r'field "(\w+)"', str(error))
    group = f"{PREFIX}{named[1].upper()}" if named else PREFIX
    # Only the group is named. Its variable is the one with the text that was parsed, which may be a secret.
    what = [*sources.with_text(getattr(error.__cause__, "doc", None), group), group][0]
    return f'{what}: not JSON; write a list as ["one", "two"], and a group as one variable for each value'


def words_of(error: ValidationError, sources: Sources, model: type[BaseModel]) -> str:
    """Return what to say of values that settings of a model cannot have; none is repeated, for it may be a secret."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        path = problem["loc"]
        if problem["type"] == "extra_forbidden":
            said = no_setting(_variable(path), set(names_of(model)))
        else:
            said = _WORDS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        lines.append(f"{sources.name(path)}: {said}" if path else said)
    return "; ".join(lines)
