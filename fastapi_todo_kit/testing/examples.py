"""The examples of all features, read: what is sent to make what can be named, and to try an operation on it.

A template is a path or a body whose texts name things, as in `/todos/{todo}/move`.
"""

import json
import re
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any, Final

from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.storage.examples import Body, Examples, Filter, Thing

_READ: Final[Sequence[Examples]] = [feature.examples for feature in FEATURES]
BODIES: Final[Mapping[str, Sequence[Body]]] = {name: one for read in _READ for name, one in read.bodies.items()}
THINGS: Final[Mapping[str, Thing]] = {name: one for read in _READ for name, one in read.things.items()}
PLACES: Final[Mapping[str, Mapping[str, str]]] = {name: one for read in _READ for name, one in read.places.items()}
FILTERS: Final[Mapping[str, Filter]] = {name: one for read in _READ for name, one in read.filters.items()}
GIVEN: Final[Collection[str]] = {name for read in _READ for name in read.given}

_NAME: Final = re.compile(r"{(\w+)}")
_UNIQUE: Final = "unique"


def named_in(template: Any) -> set[str]:
    """Return the names of the things in a template, which operations make."""
    return {*_NAME.findall(json.dumps(template))} - {_UNIQUE, *GIVEN}


def given_in(trial: "Trial") -> set[str]:
    """Return the names in a trial of what no operation makes."""
    return _given_in([trial.path, trial.body])


def _given_in(template: Any) -> set[str]:
    return {*_NAME.findall(json.dumps(template))} & {*GIVEN}


def filled(template: Any, ids: Mapping[str, str]) -> Any:
    """Return a template with the ids of things in it, and without what names a thing that there is not."""
    if isinstance(template, Mapping):
        return {name: filled(value, ids) for name, value in template.items() if not _is_missing(value, ids)}
    if isinstance(template, list):
        return [filled(value, ids) for value in template if not _is_missing(value, ids)]
    return _NAME.sub(lambda name: _text(name[1], ids), template) if isinstance(template, str) else template


def _is_missing(value: Any, ids: Mapping[str, str]) -> bool:
    return isinstance(value, str) and not named_in(value) | _given_in(value) <= ids.keys()


def _text(name: str, ids: Mapping[str, str]) -> str:
    return uuid.uuid4().hex if name == _UNIQUE else ids[name]


def kind_of(thing: str) -> list[str]:
    """Return the things of the kind of one: first itself, then what else its operation makes."""
    if thing in GIVEN:
        return [thing]
    return [thing, *(name for name, one in THINGS.items() if one.made_by == THINGS[thing].made_by and name != thing)]


def places_of(operation: str, path: str) -> dict[str, str]:
    """Return which thing each parameter of an operation's path has to name, so that the operation does something."""
    return {name: name.removesuffix("_id") for name in _NAME.findall(path)} | {**PLACES.get(operation, {})}


@dataclass(frozen=True, slots=True)
class Trial:
    """An operation as it is tried: its path and its body are templates."""

    operation: str
    path: str
    body: Body | None


@dataclass(frozen=True, slots=True)
class Step(Trial):
    """What is done on the way to a thing: it is made, or is made what its name says."""

    thing: str

    @property
    def has_id(self) -> bool:
        """Whether the id of the thing is in the answer."""
        return THINGS[self.thing].made_by == self.operation


def trial_of(operation: str, path: str) -> Trial:
    """Return how an operation is tried, by its path as its route has it."""
    return Trial(operation, _with_places(path, places_of(operation, path)), _body_of(operation))


def steps_to(paths: Mapping[str, str], given: Collection[str] = GIVEN) -> list[Step]:
    """Return what makes one of each thing that these operations can make, in an order that works.

    Args:
        paths: the path of each operation that there is.
        given: what can be named that no operation makes.
    """
    ways = {name: _way_to(name, paths) for name, one in THINGS.items() if one.made_by in paths}
    ways = {name: way for name, way in ways.items() if all(given_in(step) <= {*given} for step in way)}
    order = TopologicalSorter({name: sorted(_named_by(way) - {name}) for name, way in ways.items()})
    steps: list[Step] = []
    for name in order.static_order():
        if name in ways and named_in(ways[name][0].path) <= {step.thing for step in steps}:
            steps += ways[name]
    return steps


def _named_by(trials: Iterable[Trial]) -> set[str]:
    return named_in([[trial.path, trial.body] for trial in trials])


def needed_by(trial: Trial, steps: Sequence[Step]) -> set[str]:
    """Return the names of the things that a trial names, and of those that are needed to make these.

    Args:
        trial: what is to be tried.
        steps: what makes the things, in an order that works.
    """
    needed = _named_by([trial])
    for step in reversed(steps):
        needed |= _named_by([step]) if step.thing in needed else set()
    return needed


def _way_to(name: str, paths: Mapping[str, str]) -> list[Step]:
    thing = THINGS[name]
    trial = trial_of(thing.made_by, paths[thing.made_by])
    body = trial.body if thing.body is None else thing.body
    first = Step(trial.operation, trial.path, body, name)
    return [first, *(_step_with(name, operation, paths[operation]) for operation in thing.then if operation in paths)]


def _step_with(name: str, operation: str, path: str) -> Step:
    places = places_of(operation, path)
    itself = {parameter: name for parameter, other in places.items() if name in kind_of(other)}
    return Step(operation, _with_places(path, places | itself), _body_of(operation), name)


def _with_places(path: str, places: Mapping[str, str]) -> str:
    return path.format_map({parameter: f"{{{thing}}}" for parameter, thing in places.items()})


def _body_of(operation: str) -> Body | None:
    return BODIES[operation][0] if operation in BODIES else None
