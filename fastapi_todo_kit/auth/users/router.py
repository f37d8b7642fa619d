"""The operations on one's own account, short of logging in."""

from fastapi import APIRouter
from starlette.responses import Response

from fastapi_todo_kit.auth.dependencies import Anybody, LoggedIn, ReadsAccount
from fastapi_todo_kit.auth.routing import account_router
from fastapi_todo_kit.auth.users.schemas import (
    Accepted,
    EmailBody,
    Register,
    TicketBody,
    UserRead,
    UserUpdate,
)
from fastapi_todo_kit.auth.users.service import UserService
from fastapi_todo_kit.http.etags import etag
from fastapi_todo_kit.http.preconditions import GivenVersions
from fastapi_todo_kit.http.problems import BODY, problems
from fastapi_todo_kit.http.strict_request import JsonBody

router: APIRouter = account_router("Accounts")


@router.post("/register", status_code=202, response_model=Accepted, responses=problems(*BODY, 403, 429))
async def register(call: Anybody, new: JsonBody[Register]) -> Accepted:
    """Make an account. The answer is the same for an address that has one; the mail tells its owner."""
    return await UserService(call).register(new)


@router.post("/verify/request", status_code=202, response_model=Accepted, responses=problems(*BODY, 429))
async def request_verification(call: Anybody, body: JsonBody[EmailBody]) -> Accepted:
    """Send the mail that verifies an address once more."""
    return await UserService(call).ask_to_verify(body.email)


@router.post("/verify", status_code=204, responses=problems(*BODY))
async def verify_email(call: Anybody, body: JsonBody[TicketBody]) -> Response:
    """Verify an address, with the token of the link in the mail."""
    await UserService(call).verify(body.token)
    return Response(status_code=204)


@router.get("/me", response_model=UserRead, responses=problems(403))
async def get_me(call: ReadsAccount, response: Response) -> UserRead:
    """Your account."""
    user = await UserService(call).get()
    response.headers["ETag"] = etag(user["version"])
    return user


@router.patch("/me", response_model=UserRead, responses=problems(*BODY, 403, 412))
async def update_me(
    call: LoggedIn, changes: JsonBody[UserUpdate], versions: GivenVersions, response: Response
) -> UserRead:
    """Change your name or time zone; address and password have operations of their own."""
    user = await UserService(call).update(changes, versions)
    response.headers["ETag"] = etag(user["version"])
    return user


@router.post("/email/confirm", status_code=204, responses=problems(*BODY, 409))
async def confirm_email(call: Anybody, body: JsonBody[TicketBody]) -> Response:
    """Change to the new address, with the token of the link in the mail to it."""
    await UserService(call).change_email(body.token)
    return Response(status_code=204)
