"""Secrets that every test of accounts uses, and what looks for them wherever they must never be."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import httpx2

from tests.auth.support import PASSWORD, SECRET

_TOKENS = (r"tdk_[0-9A-Za-z]{36}", r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}", r"token=[\w-]{43}")
NEVER_STORED = re.compile("|".join((re.escape(PASSWORD), re.escape(SECRET), *_TOKENS)))
"""The password and the key of the tests, personal and access tokens, links of mails."""
PLANTED = re.compile(rf"{NEVER_STORED.pattern}|\$argon2")
"""The same, and hashes of passwords."""
NEVER_ANSWERED = re.compile("|".join((re.escape(PASSWORD), re.escape(SECRET), r"\$argon2", r"token=[\w-]{43}")))
"""The same, without the tokens that a login gives."""


class Watching(logging.Handler):
    """Keeps every line of any log that holds a secret, with the traceback that belongs to it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.found: list[str] = []
        self.seen = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.seen += 1
        line = self.format(record)
        # Drivers that are told to log so much print what is in the rows: of secrets, hashes of passwords.
        prints_rows = record.levelno <= logging.INFO and record.name.startswith(("aiosqlite", "sqlalchemy"))
        if (NEVER_STORED if prints_rows else PLANTED).search(line):
            self.found.append(line[:500])


@contextmanager
def watched_logs() -> Iterator[Watching]:
    """Watch every logger, SQLAlchemy's statements among them."""
    watching, root, engine = Watching(), logging.getLogger(), logging.getLogger("sqlalchemy.engine")
    kept = root.level, engine.level
    root.addHandler(watching)
    root.setLevel(logging.DEBUG)
    engine.setLevel(logging.DEBUG)
    try:
        yield watching
    finally:
        root.removeHandler(watching)
        root.setLevel(kept[0])
        engine.setLevel(kept[1])


@contextmanager
def watched_answers(host: str = "test") -> Iterator[list[str]]:
    """Look for secrets in the answers of a host, headers included, to every client of the tests."""
    found: list[str] = []
    send = httpx2.AsyncClient.send

    async def watched(self: httpx2.AsyncClient, request: httpx2.Request, **options: Any) -> httpx2.Response:
        response = await send(self, request, **options)
        if request.url.host == host and not options.get("stream"):
            text = f"{response.headers} {response.text}"
            if NEVER_ANSWERED.search(text):
                found.append(f"{request.method} {request.url.path}: {text[:500]}")
        return response

    with patch.object(httpx2.AsyncClient, "send", watched):
        yield found
