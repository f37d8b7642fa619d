"""Texts as they are searched without accents.

Rows are read some at a time by their keys, and only those written that differ, so that it goes on where it was stopped.
In SQL that is only written down (`--sql`) rows stay as they are until they are changed.

Revision ID: todokit_0012
Revises: todokit_0011
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from fastapi_todo_kit.migrations.guard import refuse_unless_named

revision = "todokit_0012"
down_revision = "todokit_0011"
branch_labels = None
depends_on = None

_BATCH = 500
_SEPARATOR = "\x1e"
_DOTTED = re.compile("(i[\u0316-\u0319\u031c-\u0320\u0323-\u0326\u0329-\u0333\u0339-\u033c]*)\u0307")
# Default_Ignorable_Code_Point of Unicode, but for joiners and tags, which are not ignorable everywhere.
_IGNORED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff"
)
_TAGS = "\U000e0020-\U000e007f"
_UNSEEN = re.compile(f"[\u200c\u200d{_TAGS}{_IGNORED}]")
# Tags stay behind a black flag, which they make that of a country.
_LOST = re.compile(f"[{_IGNORED}]++|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]++")
# Joiners stay between letters of the scripts that are spelled with them, and between emoji: all of them beyond Hebrew.
_JOINERS = re.compile("([\u200c\u200d])[\u200c\u200d]++")
_IDLE_JOINER = re.compile("(?<![\u0600-\U0010ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\U0010ffff])")
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_PLAIN = str.maketrans(
    {
        "\u00f8": "o",
        "\u0142": "l",
        "\u0111": "d",
        "\u0127": "h",
        "\u0167": "t",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
    }
)
_todos = sa.table(
    "todokit_todo",
    sa.column("space_id", sa.Uuid()),
    sa.column("id", sa.Uuid()),
    *(sa.column(text, sa.Text()) for text in ("title", "description", "search_text")),
)
Fold = Callable[[str], str]


def upgrade() -> None:
    if not op.get_context().as_sql:
        _fold_todos(_plain_text)


def downgrade() -> None:
    refuse_unless_named(revision)
    if not op.get_context().as_sql:
        _fold_todos(_folded)


def _plain_text(text: str) -> str:
    folded = _folded(text)
    if folded.isascii():
        return folded
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = _decomposed(text)
    if _UNSEEN.search(decomposed):
        decomposed = _JOINERS.sub(r"\1", _LOST.sub(_unless_marked, decomposed))
        decomposed = _IDLE_JOINER.sub(_unless_marked, decomposed)
    return _undotted(decomposed)


def _unless_marked(found: re.Match[str]) -> str:
    behind = found.string[found.end() : found.end() + 1]
    return found.group() if behind and unicodedata.combining(behind) else ""


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())


def _undotted(decomposed: str) -> str:
    return unicodedata.normalize("NFC", _DOTTED.sub(r"\1", decomposed))


def _fold_todos(fold: Fold) -> None:
    for row in _beyond_ascii(_todos, _todos.c.title, _todos.c.description):
        search_text = _SEPARATOR.join(fold(text).replace(_SEPARATOR, " ") for text in (row.title, row.description))
        if search_text != row.search_text:
            here = (_todos.c.space_id == row.space_id, _todos.c.id == row.id)
            op.get_bind().execute(sa.update(_todos).where(*here).values(search_text=search_text))


def _beyond_ascii(table: Any, *texts: Any) -> Iterator[Any]:
    """Yield the rows with a text that is not of ASCII only: others are folded alike by both."""
    page = sa.select(table).where(sa.or_(*(_bytes_of(text) != sa.func.length(text) for text in texts)))
    page = page.order_by(table.c.space_id, table.c.id).limit(_BATCH)
    rows = op.get_bind().execute(page).all()
    while rows:
        yield from rows
        last = sa.tuple_(sa.literal(rows[-1].space_id, sa.Uuid()), sa.literal(rows[-1].id, sa.Uuid()))
        rows = op.get_bind().execute(page.where(sa.tuple_(table.c.space_id, table.c.id) > last)).all()


def _bytes_of(text: Any) -> Any:
    if op.get_bind().dialect.name == "sqlite":
        return sa.func.length(sa.cast(text, sa.LargeBinary()))
    return sa.func.octet_length(text)
