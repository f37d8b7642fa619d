"""What becomes JSON goes through one module, which also takes the dates and moments of other libraries."""

import ast
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.core.encoding import encode, encode_sorted, plain, to_builtins
from tests.support import make_app, running

PACKAGE = Path(__file__).parents[2] / "fastapi_todo_kit"
SUMMER = timezone(timedelta(hours=2))


class Moment(datetime):
    """As pendulum's, and freezegun's, which stands for both."""


class Day(date):
    """The same of a date."""


@pytest.mark.parametrize(
    ("value", "real"),
    [
        (Moment(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 28, 12, tzinfo=UTC)),
        (Moment(2026, 3, 28, 12, 30, 5, 7, SUMMER, fold=1), datetime(2026, 3, 28, 12, 30, 5, 7, SUMMER, fold=1)),
        (Moment(2026, 3, 28), datetime(2026, 3, 28)),  # noqa: DTZ001  (a wall clock)
        (Day(2026, 3, 28), date(2026, 3, 28)),
    ],
)
def test_dates_and_moments_of_other_classes_are_written_like_those_of_python(value: Any, real: Any) -> None:
    assert encode([value]) == encode([real])
    assert encode_sorted({"b": value, "a": 1}) == encode_sorted({"a": 1, "b": real})
    assert to_builtins({"at": value}) == to_builtins({"at": real})
    assert (type(plain(value)), plain(value)) == (type(real), real)
    assert plain(real) is real


@pytest.mark.parametrize("value", [object(), 1j, Exception()])
def test_what_has_no_form_in_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no form in JSON"):
        encode([value])


def test_nothing_else_writes_json() -> None:
    for path in PACKAGE.rglob("*.py"):
        used = {ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if is_dotted(node)}
        writers = {"msgspec.json.encode", "msgspec.json.Encoder", "msgspec.to_builtins"}
        assert not used & writers or path.name == "encoding.py", path


def is_dotted(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute)


async def test_the_clock_of_a_host_may_return_moments_of_another_library() -> None:
    app = make_app(TodoKitSettings(database_url="sqlite://"), clock=lambda: Moment(2026, 3, 28, 12, tzinfo=UTC))

    async with running(app) as api:
        created = await api.todo()

    assert created["created_at"] == "2026-03-28T12:00:00Z"
