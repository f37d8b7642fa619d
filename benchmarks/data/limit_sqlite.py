"""The data of the limit on SQLite, in tables as one writes them for these routes by hand."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import Any

from sqlalchemy import make_url

from benchmarks.data.population import DESCRIPTION, INSTANT, LABELLED_EVERY, LABELS_PER_USER, Population, derived

SCHEMA = """
    PRAGMA journal_mode=WAL;
    CREATE TABLE todo (
        id TEXT PRIMARY KEY, user_id TEXT NOT NULL, list_id TEXT, parent_id TEXT, title TEXT NOT NULL,
        description TEXT, status TEXT NOT NULL DEFAULT 'open', priority INTEGER NOT NULL DEFAULT 0, start TEXT,
        due TEXT, deadline TEXT, position REAL NOT NULL DEFAULT 0, links TEXT NOT NULL DEFAULT '[]',
        extra TEXT NOT NULL DEFAULT '{}', completed_at TEXT, completed_by TEXT, created_at TEXT NOT NULL,
        created_by TEXT NOT NULL, updated_at TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1, deleted_at TEXT
    );
    CREATE INDEX todo_page ON todo (user_id, created_at, id);
    CREATE TABLE todo_label (todo_id TEXT REFERENCES todo (id), label_id TEXT, PRIMARY KEY (todo_id, label_id));
"""
TODOS = """
    INSERT INTO todo (id, user_id, created_by, title, description, priority, due, position, created_at, updated_at)
    VALUES (:id, :user, :user, 'Todo ' || :number, :description, 5, :due, :number,
        strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+' || (:number / 1000.0) || ' seconds'),
        strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
"""


async def seed_limit_sqlite(url: str, population: Population) -> None:
    """Create the tables in a file of SQLite and fill them."""
    with closing(sqlite3.connect(make_url(url).database or "")) as connection, connection:
        connection.executescript(SCHEMA)
        connection.executemany(TODOS, _todos(population))
        connection.executemany("INSERT INTO todo_label VALUES (?, ?)", _todo_labels(population))
        connection.execute("ANALYZE")


def _todos(population: Population) -> Iterator[dict[str, Any]]:
    for user, number in product(population.user_ids, range(1, population.todos + 1)):
        todo = str(derived(f"{user}/todo/{number}"))
        yield {"id": todo, "user": str(user), "number": number, "description": DESCRIPTION, "due": INSTANT}


def _todo_labels(population: Population) -> Iterator[tuple[str, str]]:
    numbers = range(LABELLED_EVERY, population.todos + 1, LABELLED_EVERY)
    for user, number, label in product(population.user_ids, numbers, range(1, LABELS_PER_USER + 1)):
        yield str(derived(f"{user}/todo/{number}")), str(derived(f"{user}/label/{label}"))
