"""What is kept for FastAPI between applications of tests is handed out for the same only: else the tests would lie."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from tests.kept_adapters import kept_adapter


class One(BaseModel):
    name: str


class Other(BaseModel):
    name: str


def annotated(of: Any, *said: Any, **options: Any) -> Any:
    return Annotated[(of, *said, Field(**options))]


SAME = {
    "nothing": lambda: annotated(One),
    "a bound": lambda: annotated(int, ge=1),
    "a default": lambda: annotated(str, default="x", title="X"),
    "metadata": lambda: annotated(int, Field(le=7), title="x"),
}
DIFFERENT = {
    "types": (annotated(One), annotated(Other)),
    "bounds": (annotated(int, ge=1), annotated(int, ge=2)),
    "kinds of bound": (annotated(int, ge=1), annotated(int, gt=1)),
    "defaults": (annotated(int, default=1), annotated(int, default=True)),
    "titles": (annotated(str, title="a"), annotated(str, title="b")),
    "patterns": (annotated(str, pattern="a"), annotated(str, pattern="b")),
    "metadata": (annotated(int, Field(le=7)), annotated(int, Field(le=8))),
    "what is known to equal itself only": (annotated(str, default=[]), annotated(str, default=object())),
}


@pytest.mark.parametrize("what", SAME)
def test_what_is_the_same_is_made_once(what: str) -> None:
    assert kept_adapter(SAME[what]()) is kept_adapter(SAME[what]())


@pytest.mark.parametrize("what", DIFFERENT)
def test_what_differs_is_made_anew(what: str) -> None:
    one, other = DIFFERENT[what]

    assert kept_adapter(one) is not kept_adapter(other)
