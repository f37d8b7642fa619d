"""The snippets of services without HTTP: what they write belongs to the host's transaction."""

import asyncio
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fastapi_todo_kit import sync_todo_services
from fastapi_todo_kit.schemas import DateValue, TodoCreate, TodoImport, TodoQuery
from fastapi_todo_kit.testing import frozen_clock
from tests.docs.running import client_of, ran

BOTH = pytest.mark.parametrize("snippet", ["services/invoice_async.py", "services/invoice_sync.py"])
QUERY = {"link.source": "billing", "link.type": "invoice", "link.id": "42"}


@BOTH
def test_an_invoice_and_its_three_todos_are_written_together(snippet: str) -> None:
    with client_of(snippet) as client:
        assert client.post("/invoices/42").status_code == 201

        todos = client.get("/api/todos", params=QUERY).json()["items"]
        assert [todo["title"] for todo in todos] == ["Send 42", "Follow up 42", "Book 42"]


@BOTH
def test_or_neither(snippet: str) -> None:
    with client_of(snippet) as client:
        client.post("/invoices/42")
        with pytest.raises(IntegrityError):
            client.post("/invoices/42")

        assert len(client.get("/api/todos", params=QUERY).json()["items"]) == 3


@BOTH
def test_a_todo_that_cannot_be_takes_the_invoice_along(snippet: str) -> None:
    with client_of(snippet) as client, pytest.raises(ValidationError):
        client.post(f"/invoices/{'4' * 500}")

    with closing(sqlite3.connect("host.db")) as database:
        assert database.execute("SELECT count(*) FROM invoice").fetchall() == [(0,)]


def test_an_invoice_that_goes_takes_its_todos_along() -> None:
    with client_of("host/link_policy_own_tables.py") as client, closing(sqlite3.connect("host.db")) as database:
        with database:
            database.execute("CREATE TABLE invoice (id INTEGER PRIMARY KEY, owner TEXT)")
            database.execute("INSERT INTO invoice VALUES (42, 'ann'), (43, 'bob')")
        links = [[{"source": "billing", "type": "invoice", "id": key}] for key in ("42", "43", "44", "no number")]
        answers = [client.post("/api/todos", json={"title": "x", "links": link}) for link in links]

        assert [one.status_code for one in answers] == [201, 404, 404, 404]
        assert [client.delete(f"/invoices/{number}").status_code for number in (42, 43)] == [204, 404]
        assert client.get("/api/todos").json()["items"] == []


def test_a_job_works_where_its_user_is() -> None:
    with ran("services/job_sync.py") as names, frozen_clock(datetime(2027, 1, 1, 23, 30, tzinfo=UTC)):
        with (
            Session(names["engine"]) as session,
            session.begin(),
            sync_todo_services(names["settings"], session=session, user_id="ann") as kit,
        ):
            kit.todos.create(TodoCreate(title="Pay", due=DateValue(date=date(2027, 1, 1))))

        # There it is the next day already.
        assert names["plan_the_day"]("ann", "Europe/Berlin") == "Look at 1 overdue todos"


def test_a_job_goes_on_after_an_error() -> None:
    with ran("services/job_async.py") as names:
        asyncio.run(names["import_lines"](["Buy milk"], uuid.uuid4(), tenant="acme", user_id="ann"))
    todos = "SELECT title FROM todokit_todo JOIN todokit_list list ON list.id = list_id WHERE is_inbox"

    with closing(sqlite3.connect("host.db")) as database:
        assert database.execute(todos).fetchall() == [("Buy milk",)]


def test_an_old_table_is_brought_once_however_often() -> None:
    with closing(sqlite3.connect("old.db")) as old:
        old.execute("CREATE TABLE task (id, parent_id, title, created_at, done_at, owner)")
        rows = [
            (1, 2, "below", 5_000, 6_000, "ann"),
            (2, None, "above", 4_000, None, "ann"),
            (3, None, "x", 1, 2, "bob"),
        ]
        old.executemany("INSERT INTO task VALUES (?, ?, ?, ?, ?, ?)", rows)
        old.commit()

    with ran("services/bring_todos.py") as names:
        assert [names["bring_todos"]("ann") for _ in range(2)] == [2, 2]

    with closing(sqlite3.connect("host.db")) as database:
        found = database.execute("SELECT title, status, completed_by FROM todokit_todo ORDER BY title").fetchall()
    assert found == [("above", "needs_action", None), ("below", "completed", "ann")]


def test_what_cannot_be_is_left_out_with_its_reason() -> None:
    with ran("services/bring_todos.py") as names, ran("services/bring_some.py") as some:
        impossible = TodoImport(title="lost", parent_id=uuid.uuid4())
        with (
            Session(names["engine"]) as session,
            session.begin(),
            sync_todo_services(names["settings"], session=session, user_id="ann") as kit,
        ):
            reasons = some["bring_what_can_be"](kit, [TodoImport(title="a"), impossible, TodoImport(title="b")])
            kept = [todo["title"] for todo in kit.todos.page(TodoQuery())["items"]]

    assert (reasons, kept) == (["lost: Item 1: There is no such todo in this space."], ["a", "b"])


def test_changes_are_heard_when_the_host_commits(capsys: pytest.CaptureFixture[str]) -> None:
    with ran("services/on_change.py"):
        pass

    assert capsys.readouterr().out == "1 ListCreated\n2 TodoCreated\n"
