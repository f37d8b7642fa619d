"""Which variables of the environment are settings, and what is said of those that are none."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel

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
    return [no_setting(name, known) for name in given if name not in known]


def no_setting(name: str, known: set[str]) -> str:
    """Return what to say of a variable that is no setting. Its value is not repeated: it may be a secret."""
    # Without what all have in common, which would make any two alike.
    near = get_close_matches(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1)
    return f"{name}: no setting is called so" + (f"; did you mean {PREFIX}{near[0]}?" if near else "")
