"""What a feature gives to whoever tries every operation: bodies, and how what these and the paths name is made.

It is data and nothing else; `testing/examples.py` reads it. In a text, `{todo}` stands for the id of the thing of that
name, and `{unique}` for what no other text is. A member that names a thing whose feature is not mounted is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = Mapping[str, Any]
"""The JSON of a request."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that paths, queries and bodies can name. Things that one operation makes are of one kind.

    Args:
        made_by: the operation whose answer has its id.
        body: what that is sent; the first example of its bodies if nothing else is said.
        then: the operations that are done with it before it is what its name says.
        is_personal: whether nobody but the user who made it sees it.
    """

    made_by: str
    body: Body | None = None
    then: Sequence[str] = ()
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter of a query that names things.

    Args:
        named: the thing that it names, or another one of that kind.
        beside: the parameters that it makes sense with only.
        leaves_out: whether a page shows what has nothing to do with the thing.
    """

    named: str
    beside: Mapping[str, str] = field(default_factory=dict)
    leaves_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """What is needed to try each operation of a feature so that it succeeds."""

    bodies: Mapping[str, Sequence[Body]] = field(default_factory=dict)
    """For each operation that takes one. The first changes something; together they name all that a body can name."""
    things: Mapping[str, Thing] = field(default_factory=dict)
    """What can be named. A parameter of a path, `todo_id`, names the thing `todo`."""
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each operation that does nothing to that thing: what the parameters of its path name instead."""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    """The parameters of queries that name things."""
    given: Sequence[str] = ()
    """What can be named besides and no operation makes: whoever tries gives it, or goes without what names it."""
