"""The operations on items. They work in the personal space, whatever space the request is in."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.features.items.errors import ItemNotFound
from fastapi_todo_kit.features.items.schemas import ItemKind, ItemPage, ItemRead, ItemUpdate, SpaceSeen
from fastapi_todo_kit.features.items.service import ItemService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, SpaceId, path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Spaces")

Kind = Annotated[ItemKind, Path(description="What the item is about")]
TargetId = Annotated[uuid.UUID, BeforeValidator(path_id(ItemNotFound))]
MayReadItems = Annotated[Call, Action.READ_ITEM]
MayUpdateItems = Annotated[Call, Action.UPDATE_ITEM]


@router.get("/me/items", response_model=ItemPage, responses=problems(400))
async def list_items(call: MayReadItems, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """What you keep of your own about spaces, lists and labels."""
    return await call.read_page(lambda work: ItemService(work).items(limit, cursor))


@router.patch("/me/items/{space_id}/{kind}/{target_id}", response_model=ItemRead, responses=problems(*BODY, *VERB))
async def update_item(
    call: MayUpdateItems,
    space_id: SpaceId,
    kind: Kind,
    target_id: TargetId,
    changes: JsonBody[ItemUpdate],
    *,
    if_match: IfMatch,
) -> Response:
    """Change what you keep about something: what is absent stays, null clears (JSON Merge Patch)."""
    return await call.write(lambda work: ItemService(work).update_item(space_id, kind, target_id, changes, if_match))


@router.delete("/me/items/{space_id}/{kind}/{target_id}", status_code=204, responses=problems(*VERB))
async def reset_item(
    call: MayUpdateItems, space_id: SpaceId, kind: Kind, target_id: TargetId, if_match: IfMatch
) -> Response:
    """Keep nothing about something any more."""
    return await call.write(lambda work: ItemService(work).reset_item(space_id, kind, target_id, if_match), 204)


@router.post("/spaces/{space_id}/seen", response_model=ItemRead, responses=problems(*BODY, *VERB))
async def mark_space_seen(call: MayUpdateItems, space_id: SpaceId, seen: JsonBody[SpaceSeen]) -> Response:
    """Note how far you have seen a space, which is not unread then."""
    return await call.write(lambda work: ItemService(work).see(space_id, seen))
