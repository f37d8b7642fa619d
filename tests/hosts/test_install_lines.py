"""What a host changes to have the kit, counted: the lines between the markers that the documentation shows.

A line is a statement, since the formatter wraps long ones. The region `services` is no part of the installation: it is
what a host does with the kit afterwards.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI

from fastapi_todo_kit.http.routing import KitRouter
from tests.hosts.loading import HOSTS, NAMES, loaded, source_files

MARKER = re.compile(r"# --8<-- \[(start|end):(\w+)\]")
BEFORE = "# before> "

each_host = pytest.mark.parametrize("name", NAMES)


def marked(source: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield the number of each line, the line, and the region that it is in."""
    region: str | None = None
    for number, line in enumerate(source.splitlines(), start=1):
        marker = MARKER.search(line)
        if marker is not None and marker[1] == "start":
            assert region is None, f"{line}: {region} has not ended"
            region = marker[2]
        yield number, line, region
        if marker is not None and marker[1] == "end":
            assert region == marker[2], line
            region = None
    assert region is None


def install_lines(source: str) -> list[int]:
    """Return the first line of each statement of the installation."""
    regions = {number: region for number, _, region in marked(source)}
    statements = [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]
    return [number for number in statements if regions[number] not in {None, "services"}]


def without_kit(source: str) -> str:
    """Return the source of a host as it was before it had the kit."""
    lines = ((line.lstrip().removeprefix(BEFORE), line, region) for _, line, region in marked(source))
    return "".join(f"{before if region else line}\n" for before, line, region in lines if not region or BEFORE in line)


@pytest.fixture
def before(name: str, tmp_path: Path) -> Path:
    """A folder with the host as it was before it had the kit."""
    for file in source_files(name):
        copy = tmp_path / file.relative_to(HOSTS)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(without_kit(file.read_text("utf-8")), encoding="utf-8")
    return tmp_path


@each_host
def test_the_kit_is_at_most_five_lines(name: str) -> None:
    lines = [line for file in source_files(name) for line in install_lines(file.read_text("utf-8"))]

    assert 0 < len(lines) <= 5


@each_host
def test_nothing_outside_the_markers_names_the_kit(name: str, before: Path) -> None:
    for file in source_files(name, before):
        assert "todo_kit" not in file.read_text("utf-8")


@each_host
def test_the_kit_adds_its_operations_and_changes_no_other(name: str, before: Path) -> None:
    with loaded(name, before) as host:
        own: dict[str, Any] = host.app.openapi()["paths"]
    with loaded(name) as host:
        paths: dict[str, Any] = host.app.openapi()["paths"]

    assert own
    assert {path: paths[path] for path in own} == own
    added = [one["operationId"] for path in set(paths) - set(own) for one in paths[path].values()]
    assert len(added) > 10
    assert {operation.split("_")[0] for operation in added} <= {"todo", "board"}


@each_host
def test_mounting_adds_neither_middleware_nor_handlers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mounted: list[APIRouter] = []
    include, into_router = FastAPI.include_router, APIRouter.include_router

    def watched(app: FastAPI, router: APIRouter, **options: Any) -> None:
        before = [*app.user_middleware], {**app.exception_handlers}
        include(app, router, **options)
        assert ([*app.user_middleware], {**app.exception_handlers}) == before

    def noted(outer: APIRouter, router: APIRouter, **options: Any) -> None:
        mounted.append(router)  # the application's own router includes, too
        into_router(outer, router, **options)

    monkeypatch.setattr(FastAPI, "include_router", watched)
    monkeypatch.setattr(APIRouter, "include_router", noted)
    with loaded(name) as host:
        before = [*host.app.user_middleware], {**host.app.exception_handlers}
        host.app.openapi()

    assert any(isinstance(router, KitRouter) for router in mounted)
    assert ([*host.app.user_middleware], {**host.app.exception_handlers}) == before
