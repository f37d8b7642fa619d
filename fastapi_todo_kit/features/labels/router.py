"""The operations on labels."""

import uuid
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.core.access import ALL_SPACES
from fastapi_todo_kit.features.labels.errors import LabelNotFound
from fastapi_todo_kit.features.labels.schemas import LabelCreate, LabelMerge, LabelPage, LabelRead, LabelUpdate
from fastapi_todo_kit.features.labels.service import LabelService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, found, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Labels")

LabelId = Annotated[uuid.UUID, BeforeValidator(path_id(LabelNotFound))]
MayReadLabels = Annotated[Call, Action.READ_LABEL]
MayReadLabelsAnywhere = Annotated[Call, Action.READ_LABEL, ALL_SPACES]
MayCreateLabels = Annotated[Call, Action.CREATE_LABEL]
MayUpdateLabels = Annotated[Call, Action.UPDATE_LABEL]
MayDeleteLabels = Annotated[Call, Action.DELETE_LABEL]


@router.get("/labels", response_model=LabelPage, responses=problems(400))
async def list_labels(call: MayReadLabelsAnywhere, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Labels by name."""
    return await call.read_page(lambda work: LabelService(work).page(limit, cursor))


@router.post(
    "/labels", status_code=201, response_model=LabelRead, responses={**found(LabelRead), **problems(*BODY, 409, 507)}
)
async def create_label(call: MayCreateLabels, new: JsonBody[LabelCreate]) -> Response:
    """Add a label; its name is unique in the space, upper and lower case apart."""
    return await call.write(lambda work: LabelService(work).create(new), 201)


@router.get("/labels/{label_id}", response_model=LabelRead, responses=problems(304))
async def get_label(call: MayReadLabels, label_id: LabelId) -> Response:
    """One label."""
    return await call.read_item(lambda work: LabelService(work).get(label_id))


@router.patch("/labels/{label_id}", response_model=LabelRead, responses=problems(*BODY, *VERB))
async def update_label(
    call: MayUpdateLabels, label_id: LabelId, changes: JsonBody[LabelUpdate], if_match: IfMatch
) -> Response:
    """Rename or recolour a label: what is absent stays, null clears (JSON Merge Patch)."""
    return await call.write(lambda work: LabelService(work).update(label_id, changes, if_match))


@router.delete("/labels/{label_id}", status_code=204, responses=problems(*VERB))
async def delete_label(call: MayDeleteLabels, label_id: LabelId, if_match: IfMatch) -> Response:
    """Remove a label for good, from every todo too."""
    return await call.write(lambda work: LabelService(work).delete(label_id, if_match), 204)


@router.post("/labels/{label_id}/merge", response_model=LabelRead, responses=problems(*BODY, *VERB))
async def merge_label(
    call: MayDeleteLabels, label_id: LabelId, target: JsonBody[LabelMerge], if_match: IfMatch
) -> Response:
    """Make every todo with this label carry another one instead, and remove this one."""
    return await call.write(lambda work: LabelService(work).merge(label_id, target, if_match))
