"""The word of a feature stands in its folder and in those that stand on it, so that nothing else changes with it."""

import re
import tokenize
from pathlib import Path

import pytest

import fastapi_todo_kit
from fastapi_todo_kit.catalog import FEATURES
from fastapi_todo_kit.storage.feature import Feature

PACKAGE = Path(fastapi_todo_kit.__file__).parent
# What everything else is about, or stands in: spaces and who is in them; the trash is a state of lists and todos.
# Items are also what pages hold.
FOUNDATIONS = {"spaces", "members", "lists", "todos", "trash", "items"}
# What may name every feature: what hosts import and call, and what is made by a script.
EVERYWHERE = (
    "__init__.py",
    "catalog.py",
    "changes.py",
    "errors.py",
    "host.py",
    "policy.py",
    "schemas.py",
    "services/",
    "settings/",
    "testing/",
    "worker/calls.py",
    "worker/taskiq.py",
)
# Other meanings of a word.
EXCEPTIONS = {
    "reminders": {
        "reminder_hour": "a field of `Host`, and of who calls",
        "default_reminder_hour": "its default",
        "_reminder_hour": "its value",
        "reminders": "how many do not go along to another space: a member of `dropped`",
    },
    "assignees": {"assignees": "who does not go along to another space: a member of `dropped`"},
    "sharing": {"sharing": "a group of settings", "Sharing": "its class", "SharingOff": "what it says"},
    "labels": {
        "label": "the name of a column, of a branch",
        "labels": "those of metrics",
        "Label": "the branches that a command takes",
    },
    "invitations": {"InvitationNeeded": "what is said to whoever adds people without asking them"},
    "occurrences": {"occurrence": "a member of problem documents"},
    # Of the worked example: the verb.
    "notes": dict.fromkeys(("note", "note_and_send", "_note_failure", "_note"), "notes something"),
}


def names_in(module: Path) -> set[str]:
    with module.open("rb") as source:
        return {token.string for token in tokenize.tokenize(source.readline) if token.type == tokenize.NAME}


def words_of(name: str) -> set[str]:
    """The words of `a_name`, `AName` or `A_NAME`, in the singular."""
    return {word.lower().removesuffix("s") for word in re.findall("[A-Z]?[a-z]+|[A-Z]+", name)}


def folders_above(feature: Feature) -> set[str]:
    """The folders of the features that import this one."""
    mark = f"fastapi_todo_kit.features.{feature.name}."
    return {
        module.relative_to(PACKAGE / "features").parts[0]
        for module in (PACKAGE / "features").rglob("*.py")
        if mark in module.read_text()
    }


@pytest.mark.parametrize(
    "feature", [one for one in FEATURES if one.name not in FOUNDATIONS], ids=lambda feature: str(feature.name)
)
def test_the_word_of_a_feature_stands_where_it_belongs(feature: Feature) -> None:
    word, known = feature.name.removesuffix("s"), EXCEPTIONS.get(feature.name, {})
    at_home = folders_above(feature) | {feature.name, feature.part_of}
    elsewhere = [
        (str(path), name)
        for module in PACKAGE.rglob("*.py")
        if not (path := module.relative_to(PACKAGE)).as_posix().startswith(EVERYWHERE)
        and not (path.parts[0] == "features" and path.parts[1] in at_home)
        and not path.parent.name.endswith("versions")
        for name in names_in(module)
        if word in words_of(name) and name not in known
    ]

    assert not elsewhere
