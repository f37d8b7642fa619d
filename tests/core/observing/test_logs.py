"""Log lines: what they carry, where they go, and what is never in them."""

import json
import logging
import subprocess
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any

import pytest
import structlog
from fastapi import FastAPI

from fastapi_todo_kit import OnChange, TodoKitSettings
from fastapi_todo_kit.changes import ChangeEvent
from fastapi_todo_kit.core.observing.logs import get_logger
from tests.support import make_app, running

OPERATIONS = "fastapi_todo_kit.operations"


@pytest.fixture
def app(sqlite_url: str) -> FastAPI:
    return make_app(TodoKitSettings(database_url=sqlite_url))


async def test_an_operation_leaves_a_line_that_says_whose_it_was(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, OPERATIONS)
    async with running(app) as api:
        space = await api.get("/spaces/current")
        await api.send("POST", "/todos", {"title": "a secret"}, headers={"X-Request-ID": "r-1"})

    line = vars(caplog.records[-1])
    assert (line["msg"], line["status"], line["operation"]) == (
        "operation ended",
        201,
        "create_todo",
    )
    assert (line["request_id"], line["principal"], line["space"]) == (
        "r-1",
        api.user,
        space["id"],
    )
    assert 0 < line["milliseconds"] < 10_000
    assert "a secret" not in str(line)


async def test_a_line_of_nobody_carries_no_name_of_the_one_before(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, OPERATIONS)
    async with running(app) as api:
        await api.get("/todos")
        response = await api.client.get("/todos")

    assert response.status_code == 401
    line = vars(caplog.records[-1])
    assert line["status"] == 401
    assert not {"principal", "space"} & line.keys()


async def test_a_crash_is_counted_as_one(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async def crash(_events: Sequence[ChangeEvent], _transaction: object) -> None:
        raise LookupError

    caplog.set_level(logging.INFO, OPERATIONS)
    app = make_app(
        TodoKitSettings(database_url=sqlite_url),
        on_change=OnChange(before_commit=crash),
    )
    async with running(app) as api:
        with pytest.raises(LookupError):
            await api.todo()

    assert vars(caplog.records[-1])["status"] == 500


async def test_a_line_of_a_callable_of_the_host_carries_the_request_too(
    sqlite_url: str,
) -> None:
    async def note(_events: Sequence[ChangeEvent]) -> None:
        told.append(structlog.contextvars.get_contextvars())

    told: list[MutableMapping[str, Any]] = []
    app = make_app(TodoKitSettings(database_url=sqlite_url), on_change=OnChange(after_commit=note))
    async with running(app) as api:
        await api.todo()

    assert (told[0]["operation"], told[0]["principal"]) == ("create_todo", api.user)


def test_importing_and_mounting_configure_no_logging(sqlite_url: str) -> None:
    structlog.reset_defaults()
    before = (logging.root.level, list(logging.root.handlers), logging.getLoggerClass())

    make_app(TodoKitSettings(database_url=sqlite_url))
    get_logger("fastapi_todo_kit.x").warning("anything")

    assert not structlog.is_configured()
    assert (
        logging.root.level,
        list(logging.root.handlers),
        logging.getLoggerClass(),
    ) == before


CONFIGURED = """
import logging, structlog
from fastapi_todo_kit import configure_logging
from fastapi_todo_kit.core.observing.logs import begin_request, get_logger
configure_logging({arguments})
begin_request("r-1", "create_todo")
get_logger("fastapi_todo_kit.x").warning("mail %s failed", 7, attempt=3)
logging.getLogger("uvicorn").info("of a library")
structlog.get_logger("host").info("of the host", n=1)
def fail():
    password = "correct horse"
    raise LookupError("no such key")
try:
    fail()
except LookupError:
    get_logger("fastapi_todo_kit.x").exception("it failed")
"""


def lines_of(arguments: str) -> list[str]:
    script = CONFIGURED.format(arguments=arguments)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_configured_logging_writes_an_object_a_line() -> None:
    mail, library, host, failure = (json.loads(line) for line in lines_of(""))

    assert (mail["event"], mail["attempt"], mail["level"], mail["request_id"]) == (
        "mail 7 failed",
        3,
        "warning",
        "r-1",
    )
    assert (library["event"], library["logger"]) == ("of a library", "uvicorn")
    assert (host["event"], host["n"], host["logger"]) == ("of the host", 1, "host")
    assert failure["exception"][0]["exc_value"] == "no such key"


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_local_variable_is_in_a_traceback(form: str) -> None:
    text = "\n".join(lines_of(f"form={form!r}"))

    assert "no such key" in text
    assert "correct horse" not in text


def test_a_level_is_respected() -> None:
    assert [json.loads(line)["level"] for line in lines_of("level='WARNING'")] == [
        "warning",
        "error",
    ]
