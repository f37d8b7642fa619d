"""Bookings of rooms. Whoever logs in gets a token for an hour."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

# --8<-- [start:imports]
from fastapi_todo_kit import Access, Host, LinkTarget, TodoKitSettings, Transaction, todo_router, todo_services
from fastapi_todo_kit.schemas import DateValue, Link, TodoCreate

# --8<-- [end:imports]
from .database import engine, get_db
from .models import Booking, User

SECRET = "for development only, and long enough for HS256"
logger = logging.getLogger("bookings")
bearer = HTTPBearer(auto_error=False)
SessionDep = Annotated[AsyncSession, Depends(get_db)]


async def get_current_user(
    request: Request, token: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)], db: SessionDep
) -> User:
    error = HTTPException(401, "Not authenticated", {"WWW-Authenticate": "Bearer"})
    if token is None:
        raise error
    try:
        claims = jwt.decode(token.credentials, SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise error from None
    user = await db.get(User, int(claims["sub"]))
    if user is None:
        raise error
    request.state.user = user
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


class BookingCreate(BaseModel):
    room: str
    day: date


class BookingRead(BookingCreate):
    model_config = ConfigDict(from_attributes=True)

    booking_id: int


class Credentials(BaseModel):
    username: str


router = APIRouter(prefix="/v1")


@router.post("/users", status_code=201)
async def create_user(new: Credentials, db: SessionDep) -> int:
    user = User(username=new.username)
    db.add(user)
    await db.commit()
    return user.user_id


@router.post("/token")
async def log_in(credentials: Credentials, db: SessionDep) -> str:
    user = (await db.scalars(select(User).where(User.username == credentials.username))).first()
    if user is None:
        raise HTTPException(401, "Not authenticated")
    claims = {"sub": str(user.user_id), "exp": datetime.now(UTC) + timedelta(hours=1)}
    return jwt.encode(claims, SECRET, "HS256")


@router.get("/bookings", response_model=list[BookingRead])
async def list_bookings(user: CurrentUser, db: SessionDep) -> Sequence[Booking]:
    return (await db.scalars(select(Booking).where(Booking.user_id == user.user_id))).all()


@router.post("/bookings", status_code=201, response_model=BookingRead)
async def create_booking(new: BookingCreate, user: CurrentUser, db: SessionDep) -> Booking:
    if new.day < datetime.now(UTC).date():
        raise HTTPException(422, "This day has passed")
    booking = Booking(**new.model_dump(), user_id=user.user_id)
    db.add(booking)
    await db.flush()
    # --8<-- [start:services]
    link = Link(source="rooms", type="booking", id=str(booking.booking_id))
    async with todo_services(settings, host, session=db, user_id=user.user_id) as kit:
        due = DateValue(date=new.day)
        await kit.todos.create(TodoCreate(title=f"Prepare {new.room}", due=due, links=[link]))
    # --8<-- [end:services]
    await db.commit()
    return booking


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
app.include_router(router)


@app.middleware("http")
async def log_who_asked(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    user = getattr(request.state, "user", None)
    logger.info("%s %s by %s: %s", request.method, request.url.path, user and user.user_id, response.status_code)
    return response


# --8<-- [start:services]
async def owns_booking(access: Access, target: LinkTarget, transaction: Transaction) -> bool:
    if not target.id.isdecimal():
        return False
    booking = await transaction.session.get(Booking, int(target.id))
    return booking is not None and str(booking.user_id) == access.principal.user_id


# --8<-- [end:services]
# --8<-- [start:mount]
settings = TodoKitSettings()
host = Host(
    current_user=get_current_user,
    user_id=lambda user: user.user_id,
    time_zone=lambda user: user.timezone,
    session=get_db,
    link_policy=owns_booking,
)
app.include_router(todo_router(settings, host), prefix="/v1")
# --8<-- [end:mount]
