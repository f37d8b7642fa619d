"""What is kept for FastAPI between applications of tests is handed out for the same only: else the tests would lie."""

from inspect import signature
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from tests.kept_adapters import MOST_RECENT, keeping_signatures, kept_adapter


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


def looked_at(q: str = "") -> str:
    return q


def added() -> None:
    pass


def handler(name: str, found: Annotated[str, Depends(looked_at)]) -> str:
    return name + found


def dependant_at(path: str, **options: Any) -> Dependant:
    router = APIRouter(**options)
    router.get(path)(handler)
    [route] = router.routes
    assert isinstance(route, APIRoute)
    return route.dependant


def test_what_a_handler_depends_on_is_read_once_and_copied() -> None:
    one, with_more, again = (
        dependant_at("/a/{name}"),
        dependant_at("/a/{name}", dependencies=[Depends(added)]),
        dependant_at("/a/{name}"),
    )

    assert [below.call for below in with_more.dependencies] == [added, looked_at]
    assert [below.call for below in again.dependencies] == [looked_at]
    assert again.dependencies[0] is not one.dependencies[0]
    assert again.dependencies[0].query_params == one.dependencies[0].query_params
    assert again.dependencies[0].query_params[0] is one.dependencies[0].query_params[0]


def test_what_a_handler_reads_from_another_path_is_read_anew() -> None:
    assert [one.name for one in dependant_at("/a/{name}").path_params] == ["name"]
    assert [one.name for one in dependant_at("/a").query_params] == ["name"]


def test_the_signature_of_a_callable_of_an_application_is_kept_for_a_while() -> None:
    read: list[Any] = []

    def noted(call: Any) -> Any:
        read.append(call)
        return signature(call)

    def asking(n: int) -> Any:
        return lambda: n

    signature_of = keeping_signatures(noted)
    ones = [asking(n) for n in range(MOST_RECENT + 1)]
    for one in (ones[0], *ones, ones[0]):
        assert signature_of(one) == signature(one)

    assert read == [*ones, ones[0]]
