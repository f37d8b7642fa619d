"""The operations on members."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from fastapi_todo_kit.features.members.schemas import MemberPage, MemberPut, MemberRead, OwnerTransfer, UserId
from fastapi_todo_kit.features.members.service import MemberService
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, SpaceId
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action

router: APIRouter = feature_router("Spaces")

MemberId = Annotated[UserId, Path(description="The id of the user")]
MayReadMembers = Annotated[Call, Action.READ_MEMBER]
MayManageMembers = Annotated[Call, Action.MANAGE_MEMBER]
MayLeave = Annotated[Call, Action.LEAVE_SPACE]
MayTransfer = Annotated[Call, Action.TRANSFER_SPACE]


@router.get("/spaces/{space_id}/members", response_model=MemberPage, responses=problems(400, 409))
async def list_members(call: MayReadMembers, space_id: SpaceId, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Who is in a space, and as what."""
    return await call.within(space_id).read_page(lambda work: MemberService(work).members(limit, cursor))


@router.put("/spaces/{space_id}/members/{user_id}", response_model=MemberRead, responses=problems(*BODY, *VERB))
async def put_member(
    call: MayManageMembers, space_id: SpaceId, user_id: MemberId, wanted: JsonBody[MemberPut], if_match: IfMatch
) -> Response:
    """Give a member another role; or make somebody a member without asking, where the application lets you."""
    return await call.within(space_id).write(lambda work: MemberService(work).put_member(user_id, wanted, if_match))


@router.delete("/spaces/{space_id}/members/{user_id}", status_code=204, responses=problems(*VERB))
async def remove_member(call: MayManageMembers, space_id: SpaceId, user_id: MemberId, if_match: IfMatch) -> Response:
    """Remove a member, who sees nothing of the space from now on."""
    return await call.within(space_id).write(lambda work: MemberService(work).remove_member(user_id, if_match), 204)


@router.post("/spaces/{space_id}/leave", status_code=204, responses=problems(*VERB))
async def leave_space(call: MayLeave, space_id: SpaceId) -> Response:
    """Be no member of a space any more."""
    return await call.within(space_id).write(lambda work: MemberService(work).leave(), 204)


@router.post("/spaces/{space_id}/transfer", response_model=MemberRead, responses=problems(*BODY, *VERB))
async def transfer_space(call: MayTransfer, space_id: SpaceId, target: JsonBody[OwnerTransfer]) -> Response:
    """Make another member the owner of a space; you are an admin of it then."""
    return await call.within(space_id).write(lambda work: MemberService(work).transfer(target))
