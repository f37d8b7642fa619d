"""The operations that share."""

import uuid
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.features.lists.errors import ListNotFound
from fastapi_todo_kit.features.lists.schemas import ListRead
from fastapi_todo_kit.features.sharing.schemas import ListShare
from fastapi_todo_kit.features.sharing.service import ListSharing
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, TOO_MANY, VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Lists")

ListId = Annotated[uuid.UUID, BeforeValidator(path_id(ListNotFound))]
MayShareLists = Annotated[Call, Action.SHARE_LIST]


@router.post("/lists/{list_id}/share", response_model=ListRead, responses={**problems(*BODY, *VERB), **TOO_MANY})
async def share_list(call: MayShareLists, list_id: ListId, wanted: JsonBody[ListShare], if_match: IfMatch) -> Response:
    """Give a list a space of its own, with all that is in it; its address goes on to lead to it."""
    return await call.write(lambda work: ListSharing(work).share(list_id, wanted, if_match))
