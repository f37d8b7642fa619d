"""The kit's tables stay the kit's."""

import pytest
from sqlmodel import Field, SQLModel

from fastapi_todo_kit.features.todos.models import Todo
from fastapi_todo_kit.storage.tables import metadata


def test_a_table_of_the_kit_cannot_be_extended() -> None:
    with pytest.raises(TypeError, match="extra"):

        class Mine(Todo, table=True):
            mine: str = Field()


def test_the_tables_are_in_a_registry_of_their_own() -> None:
    assert {name for name in metadata.tables if not name.startswith("todokit_")} == set()
    assert set(metadata.tables) & set(SQLModel.metadata.tables) == set()
