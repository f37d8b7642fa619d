"""One folding for search, sorting and uniqueness: a table of scripts, through the API, and rows from before."""

import importlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, update

from fastapi_todo_kit import TodoKitSettings, migrate
from fastapi_todo_kit.core.folding import folded, plain_text
from fastapi_todo_kit.features.labels.models import Label
from fastapi_todo_kit.storage.tables import table_of
from tests.support import Api, make_app, running

VERSIONS: Final = "fastapi_todo_kit.migrations.versions"
REVISIONS: Final = [
    importlib.import_module(f"{VERSIONS}.{name}") for name in ("todokit_0008_folding", "todokit_0011_unseen")
]
REVISION: Final = REVISIONS[-1]
ACCENTS: Final = importlib.import_module(f"{VERSIONS}.todokit_0012_accents")
LABELS: Final = table_of(Label)
PSYCOPG: Final = "postgresql+psycopg"
ALIKE = [
    ("\u0130stanbul", "istanbul"),
    ("\u0130STANBUL", "Istanbul"),
    ("\u0130\u015f", "i\u015f"),
    ("i\u0307", "\u0130"),
    ("I\u0323\u0307", "i\u0323"),
    ("Stra\u00dfe", "STRASSE"),
    ("GRO\u1e9e", "gro\u00df"),
    ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2"),
    ("\u0390", "\u0399\u0308\u0301"),
    ("\u1fb3", "\u0391\u0399"),
    ("\ufb01n", "FIN"),
    ("\uff21\uff22", "\uff41\uff42"),
    ("\ud55c", "\u1112\u1161\u11ab"),
    ("e\u0301", "\u00c9"),
    ("A\u030a", "\u212b"),
    ("\u01c5", "\u01c6"),
    ("\u041c\u0418\u0420", "\u043c\u0438\u0440"),
    ("\u13a0", "\uab70"),
    ("so\u00adft", "soft"),
    ("\ufeffwork\u200b", "w\u2060ork"),
    ("wo\u200crk\u200d", "work"),
    ("\u041c\u200d\u0418", "\u041c\u0418"),
    ("\u2764\ufe0f", "\u2764"),
    ("a\U000e0061", "a"),
    ("\u0646\u200c", "\u0646"),
    ("\u0646\u200c\u200d\u0645", "\u0646\u200c\u0645"),
]
DIFFERENT = [("\u0131", "i"), ("e", "\u00e9"), ("\uff21", "a"), ("\u00e4", "ae"), ("\u00f6", "o"), ("n", "\u00f1")]
# Joiners that tell words of Persian and of Malayalam apart, and people from a family; tags that tell flags apart.
DIFFERENT += [
    ("\u0646\u200c\u0645", "\u0646\u0645"),
    ("\u0d28\u0d4d\u200d\u0d28", "\u0d28\u0d4d\u0d28"),
    ("\U0001f468\u200d\U0001f467", "\U0001f468\U0001f467"),
    ("\u2764\ufe0f\u200d\U0001f525", "\u2764\U0001f525"),
    ("\U0001f3f4\U000e0067\U000e007f", "\U0001f3f4\U000e0075\U000e007f"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_is_written_otherwise_is_folded_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_is_another_letter_is_folded_otherwise(one: str, other: str) -> None:
    assert folded(one) != folded(other)


UNSEEN: Final = (
    "\u00ad\u034f\u200b\u200c\u200d\u2060\ufe0f\ufeff\U000e0061\U0001f3f4\u0646\u0301\u0316\u1dc0\u212baI\u0130"
)


@given(st.text() | st.text(UNSEEN))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    once = folded(text)

    assert folded(once) == once == unicodedata.normalize("NFC", once)
    assert folded(unicodedata.normalize("NFD", text)) == once
    assert len(folded(text[:60])) <= 255


@pytest.mark.parametrize(("one", "other"), ALIKE)
async def test_search_and_labels_go_by_the_same(api: Api, one: str, other: str) -> None:
    await api.todo(f"to {one} and back")
    await api.label(f"to {one}")

    assert len(await api.titles(q=f"TO {other} AND")) == 1
    assert (await api.post("/labels", {"name": f"To {other}"}, 409))["code"] == "already_exists"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caf\u00e9", "cafe"),
        ("\u00c5ngstr\u00f6m", "angstrom"),
        ("Ti\u1ebfng Vi\u1ec7t", "tieng viet"),
        ("\u0141\u00f3d\u017a", "lodz"),
        ("Sm\u00f8rrebr\u00f8d", "smorrebrod"),
        ("\u0153uvre", "OEUVRE"),
        ("\u0391\u03b8\u03ae\u03bd\u03b1", "\u03b1\u03b8\u03b7\u03bd\u03b1"),
        ("\u0451\u043b\u043a\u0430", "\u0435\u043b\u043a\u0430"),
        ("Isparta", "\u0131sparta"),
    ],
)
async def test_a_search_does_not_ask_for_accents(api: Api, one: str, other: str) -> None:
    await api.todo(f"to {one}")
    await api.label(one)

    assert len(await api.titles(q=other)) == len(await api.titles(q=one)) == 1
    await api.label(other)


@pytest.mark.parametrize(("one", "other"), [("\u304c", "\u304b"), ("\u05d0\u05b8", "\u05d0"), ("\ud55c", "\ud558")])
def test_marks_of_other_scripts_are_no_accents(one: str, other: str) -> None:
    assert plain_text(one) != plain_text(other)


@given(st.text() | st.text(UNSEEN))
def test_the_migration_takes_accents_as_the_application_does(text: str) -> None:
    assert ACCENTS._plain_text(text) == plain_text(text)
    assert ACCENTS._folded(text) == folded(text)


async def test_rows_from_before_are_found_without_their_accents(before: TodoKitSettings) -> None:
    await migrate(before)
    async with running(make_app(before)) as api:
        await api.todo("Caf\u00e9", description="cr\u00e8me")
    with migrating(before):
        ACCENTS._fold_todos(ACCENTS._folded)

    async with running(make_app(before), api.user) as again:
        assert await again.titles(q="creme") == []
        with migrating(before):
            ACCENTS.upgrade()
        assert await again.titles(q="creme cafe") == ["Caf\u00e9"]


@given(st.text() | st.text(UNSEEN))
def test_the_migration_folds_as_the_application_does(text: str) -> None:
    assert REVISION._folded(text) == folded(text)


@pytest.fixture
def before(database_url: str, request: pytest.FixtureRequest, tmp_path: Any) -> TodoKitSettings:
    """A database of the test's own."""
    url = f"sqlite+aiosqlite:///{tmp_path}/own.db"
    if database_url.startswith("postgresql"):
        url = request.getfixturevalue("new_postgres")()
    return TodoKitSettings(database_url=url)


@contextmanager
def migrating(settings: TodoKitSettings) -> Iterator[Connection]:
    """Run the functions of a revision on a database."""
    url = settings.database_url.replace("+aiosqlite", "").replace("+asyncpg", "").replace("postgresql:", f"{PSYCOPG}:")
    engine = create_engine(url)
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        yield connection
    engine.dispose()


def folded_before(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


@pytest.mark.parametrize("revision", REVISIONS, ids=["0008", "0009"])
async def test_rows_from_before_are_folded_anew(before: TodoKitSettings, revision: Any) -> None:
    await migrate(before)
    async with running(make_app(before)) as api:
        for n in range(3):
            await api.todo(f"\u0130stanbul {n}", description="plain")
        labels = [await api.label(name) for name in ("\u0130zmir", "plain", "i\u015f", "twin")]
    with migrating(before) as connection:
        renamed = update(LABELS).where(LABELS.c.name == "twin").values(name="\u0130\u015f")
        connection.execute(renamed)
        revision._fold_todos(str.casefold)
        revision._fold_labels(folded_before)

    for _ in range(2):
        with migrating(before):
            revision.upgrade()

    async with running(make_app(before), api.user) as again:
        assert len(await again.titles(q="istanbul")) == 3
        assert (await again.post("/labels", {"name": "IZMIR"}, 409))["code"] == "already_exists"
        shown = (await again.get("/labels"))["items"]
        assert [one["name"] for one in shown] == ["\u0130zmir", "i\u015f", "\u0130\u015f", "plain"]
        assert shown[0] == labels[0]
        assert (await again.post("/labels", {"name": "\u0130\u015f"}, 409))["code"] == "already_exists"
        await again.patch(f"/labels/{labels[3]['id']}", {"name": "work"})
        await again.delete(f"/labels/{labels[2]['id']}")
        await again.label("\u0130\u015f")


async def test_what_is_not_seen_in_rows_from_before_is_left_out(before: TodoKitSettings) -> None:
    await migrate(before)
    async with running(make_app(before)) as api:
        await api.todo("so\u00adft", description="\u200bware")
        await api.label("soft")
        twin = await api.label("twin \u00e9")
    with migrating(before) as connection:
        connection.execute(update(LABELS).where(LABELS.c.name == twin["name"]).values(name="so\u00adft"))
        REVISION._fold_todos(REVISION._folded_before)
        REVISION._fold_labels(REVISION._folded_before)

    async with running(make_app(before), api.user) as again:
        assert await again.titles(q="software") == await again.titles(q="soft") == []
        for _ in range(2):
            with migrating(before):
                REVISION.upgrade()
        assert len(await again.titles(q="soft")) == 1
        assert len(await again.titles(q="wa\u00adre")) == 1
        assert [one["name"] for one in (await again.get("/labels"))["items"]] == ["soft", "so\u00adft"]
        await again.patch(f"/labels/{twin['id']}", {"name": "hard"})
