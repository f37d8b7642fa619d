"""Items announce themselves."""

from typing import Final

from fastapi_todo_kit.features.items.changes import CHANGES
from fastapi_todo_kit.features.items.examples import EXAMPLES
from fastapi_todo_kit.features.items.listeners import on_list_leaving
from fastapi_todo_kit.features.lists.events import ListLeaving
from fastapi_todo_kit.features.spaces.models import UserItem
from fastapi_todo_kit.storage.feature import Feature

FEATURE: Final = Feature(
    name="items",
    part_of="spaces",
    tables=(UserItem,),
    listeners={ListLeaving: (on_list_leaving,)},
    changes=CHANGES,
    examples=EXAMPLES,
)
