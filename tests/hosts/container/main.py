"""Tickets of a help desk. What depends on what is said in a container; whoever asks too often is refused."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from dishka.integrations.fastapi import DishkaRoute, FromDishka, inject, setup_dishka
from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

# --8<-- [start:imports]
from fastapi_todo_kit import Access, Host, LinkTarget, RequestError, TodoKitSettings, Transaction, todo_router

# --8<-- [end:imports]
from .adapters import SqlTickets, make_container
from .domain import ApplicationError, NotAuthenticated, TicketDTO, TicketNotFound, Tickets, UserDTO, Users
from .limits import RateLimit
from .tables import Base

container = make_container(os.environ.get("HOST_DATABASE_URL", "sqlite+aiosqlite:///./tickets.db"))


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    engine = await app.state.dishka_container.get(AsyncEngine)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await app.state.dishka_container.close()


app = FastAPI(lifespan=lifespan)
app.add_middleware(RateLimit, per_minute=int(os.environ.get("HOST_PER_MINUTE", "120")))
setup_dishka(container, app)


@app.exception_handler(ApplicationError)
async def on_error(_request: Request, error: Exception) -> JSONResponse:
    status, code = getattr(error, "status", 500), getattr(error, "code", "internal")
    message = str(error) or (type(error).__doc__ or "").strip()
    return JSONResponse({"success": False, "error": {"code": code, "message": message}}, status)


@app.exception_handler(RequestValidationError)
async def on_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    places = [".".join(str(part) for part in one["loc"]) for one in error.errors()]
    return JSONResponse({"success": False, "error": {"code": "invalid", "message": ", ".join(places)}}, 422)


@inject
async def current_user(users: FromDishka[Users], authorization: Annotated[str, Header()] = "") -> UserDTO:
    user = await users.of_token(authorization.removeprefix("Token "))
    if user is None:
        raise NotAuthenticated
    return user


CurrentUser = Annotated[UserDTO, Depends(current_user)]
router = APIRouter(route_class=DishkaRoute)


class SignIn(BaseModel):
    email: str


class NewTicket(BaseModel):
    subject: str


@router.post("/sign-in")
async def sign_in(new: SignIn, users: FromDishka[Users]) -> str:
    return await users.sign_in(new.email)


@router.get("/tickets")
async def list_tickets(user: CurrentUser, tickets: FromDishka[Tickets]) -> list[TicketDTO]:
    return await tickets.of(user)


@router.get("/tickets/{number}")
async def get_ticket(number: int, user: CurrentUser, tickets: FromDishka[Tickets]) -> TicketDTO:
    ticket = await tickets.get(number)
    if ticket is None or ticket.author != user.uid:
        raise TicketNotFound
    return ticket


@router.post("/tickets", status_code=201)
async def open_ticket(
    new: NewTicket, user: CurrentUser, tickets: FromDishka[Tickets], session: FromDishka[AsyncSession]
) -> TicketDTO:
    ticket = await tickets.open(new.subject, user)
    await session.commit()
    return ticket


app.include_router(router)


# --8<-- [start:services]
async def owns_ticket(access: Access, target: LinkTarget, transaction: Transaction) -> bool:
    ticket = await SqlTickets(transaction.session).get(int(target.id)) if target.id.isdecimal() else None
    return ticket is not None and str(ticket.author) == access.principal.user_id


# --8<-- [end:services]
# --8<-- [start:mount]
@inject
async def get_session(session: FromDishka[AsyncSession]) -> AsyncSession:
    return session


app.include_router(
    todo_router(
        TodoKitSettings(),
        Host(current_user=current_user, user_id=lambda user: user.uid, session=get_session, link_policy=owns_ticket),
    ),
    prefix="/tasks",
)
app.add_exception_handler(RequestError, on_error)
# --8<-- [end:mount]
