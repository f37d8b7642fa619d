"""Which databases a run is on: `KIT_TEST_DATABASES=sqlite` leaves out what needs a PostgreSQL, and none is started."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # benchmarks start servers, too, and have no pytest
    import pytest

VARIABLE: Final = "KIT_TEST_DATABASES"
ONLY_SQLITE: Final = os.environ.get(VARIABLE, "") == "sqlite"
_FIXTURES: Final = frozenset({"postgres_template", "replication"})
"""What everything that works on a PostgreSQL stands on."""
_THOROUGH: Final = re.compile(r"^pytestmark = .*\bpytest\.mark\.thorough\b", re.MULTILINE)


def split(items: "Iterable[pytest.Item]") -> "tuple[list[pytest.Item], list[pytest.Item]]":
    """Return the tests that SQLite is enough for, and those that need a PostgreSQL."""
    enough: list[pytest.Item] = []
    needing: list[pytest.Item] = []
    for item in items:
        (needing if needs_postgres(item) else enough).append(item)
    return enough, needing


def needs_postgres(item: "pytest.Item") -> bool:
    """Whether a test asks for a PostgreSQL: by a fixture, by a parameter of one, or marked `postgres`.

    The mark is for what looks for its database only while it runs.
    """
    parameters = dict(getattr(getattr(item, "callspec", None), "params", {}))
    for mark in (one for one in item.iter_markers("parametrize") if not one.kwargs.get("indirect")):
        for name in mark.args[0].split(",") if isinstance(mark.args[0], str) else mark.args[0]:
            parameters.pop(name.strip(), None)  # the test's own, which may be of names and URLs only
    return (
        not _FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))
        or any("postgres" in one for one in parameters.values() if isinstance(one, str))
        or item.get_closest_marker("postgres") is not None
    )


def is_left_out(path: Path, expression: str) -> bool:
    """Whether a file is all `thorough` and the expression of `-m` takes nothing of it: it need not be imported."""
    is_without = "not thorough" in expression and " or " not in expression
    return is_without and path.suffix == ".py" and _THOROUGH.search(path.read_text("utf-8")) is not None
