"""The operations on invitations."""

import uuid
from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter
from pydantic import BeforeValidator
from starlette.responses import Response

from fastapi_todo_kit.core.access import access_to
from fastapi_todo_kit.features.invitations.answering import InvitationAnswers, count_try
from fastapi_todo_kit.features.invitations.errors import InvitationNotFound
from fastapi_todo_kit.features.invitations.schemas import (
    InvitationCreate,
    InvitationPage,
    InvitationPreview,
    InvitationRead,
    InvitationsForMe,
    InvitationToken,
    SpaceJoined,
)
from fastapi_todo_kit.features.invitations.service import InvitationService
from fastapi_todo_kit.features.invitations.tokens import token_of
from fastapi_todo_kit.http.call import Call
from fastapi_todo_kit.http.pages import Cursor, Limit, SpaceId, path_id
from fastapi_todo_kit.http.preconditions import IfMatch
from fastapi_todo_kit.http.problems import BODY, TOO_MANY, VERB, problems
from fastapi_todo_kit.http.routing import feature_router
from fastapi_todo_kit.http.strict_request import JsonBody
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.storage.kit import Context
from fastapi_todo_kit.storage.people import address_before_work

router: APIRouter = feature_router("Invitations")

InvitationId = Annotated[uuid.UUID, BeforeValidator(path_id(InvitationNotFound))]
MayRead = Annotated[Call, Action.READ_INVITATION]
MayInvite = Annotated[Call, Action.INVITE_MEMBER]
MayAnswer = Annotated[Call, Action.ANSWER_INVITATION]
_OF_SPACE = "/spaces/{space_id}/invitations"
_ONE = _OF_SPACE + "/{invitation_id}"


@router.get(_OF_SPACE, response_model=InvitationPage, responses=problems(400, 403, 409))
async def list_invitations(call: MayRead, space_id: SpaceId, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The invitations to a space, open or not; those that have expired are kept for a month."""
    return await call.within(space_id).read_page(lambda work: InvitationService(work).page(limit, cursor))


@router.post(
    _OF_SPACE, status_code=201, response_model=InvitationRead, responses={**problems(*BODY, 409, 507), **TOO_MANY}
)
async def create_invitation(call: MayInvite, space_id: SpaceId, new: JsonBody[InvitationCreate]) -> Response:
    """Invite somebody by mail, or make a link; its `token` is in this answer and in no other."""
    return await call.within(space_id).write(lambda work: InvitationService(work).invite(new), 201)


@router.delete(_ONE, status_code=204, responses=problems(*VERB))
async def revoke_invitation(
    call: MayInvite, space_id: SpaceId, invitation_id: InvitationId, if_match: IfMatch
) -> Response:
    """Take an invitation back."""
    return await call.within(space_id).write(lambda work: InvitationService(work).revoke(invitation_id, if_match), 204)


@router.post(_ONE + "/resend", response_model=InvitationRead, responses={**problems(*VERB), **TOO_MANY})
async def resend_invitation(
    call: MayInvite, space_id: SpaceId, invitation_id: InvitationId, if_match: IfMatch
) -> Response:
    """Send the mail of an invitation again, or make another link instead of the one before."""
    return await call.within(space_id).write(lambda work: InvitationService(work).resend(invitation_id, if_match))


@router.get("/invitations", response_model=InvitationsForMe, responses=problems(400))
async def list_my_invitations(call: MayRead, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The invitations of your verified address that you can accept."""
    return await call.read_page(lambda work: InvitationAnswers(work).mine(limit, cursor))


@router.post("/invitations/preview", response_model=InvitationPreview, responses={**problems(*BODY), **TOO_MANY})
async def preview_invitation(call: MayRead, answer: JsonBody[InvitationToken]) -> Response:
    """What an invitation is to, and by whom."""
    there = _named_by(call, answer)
    return await _counting(call, there.read_page(lambda work: InvitationAnswers(work).preview(answer)))


@router.post(
    "/invitations/accept", response_model=SpaceJoined, responses={**problems(*BODY, 403, 409, 507), **TOO_MANY}
)
async def accept_invitation(call: MayAnswer, answer: JsonBody[InvitationToken]) -> Response:
    """Become a member of the space of an invitation."""
    there, address = _named_by(call, answer), await _address_of(call)
    return await _counting(call, there.write(lambda work: InvitationAnswers(work, address).accept(answer)))


@router.post("/invitations/decline", status_code=204, responses={**problems(*BODY, 403, 409, 507), **TOO_MANY})
async def decline_invitation(call: MayAnswer, answer: JsonBody[InvitationToken]) -> Response:
    """Let an invitation by mail be good no more; a link stays good for others."""
    there, address = _named_by(call, answer), await _address_of(call)
    return await _counting(call, there.write(lambda work: InvitationAnswers(work, address).decline(answer), 204))


def _named_by(call: Call, answer: InvitationToken) -> Call:
    """Return a call in the space of the invitation that a token names; in none where it is no token."""
    return call.within(token_of(answer.token).space_id, InvitationNotFound)


async def _address_of(call: Call) -> str:
    """Return the verified address of the caller, before any lock is held."""
    return await address_before_work(call.kit, call.access.principal.user_id)


async def _counting(call: Call, answering: Awaitable[Response]) -> Response:
    """Return an answer, and count those that there is no invitation for, in a transaction of their own.

    Raises:
        RateLimited: the caller has had too many of them.
    """
    try:
        return await answering
    except InvitationNotFound:
        own = access_to(call.kit.settings.namespace, call.access.principal)
        await call.store.write(Context(call.kit, own, call.action), count_try)
        raise
