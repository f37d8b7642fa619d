"""Orders, in a house with rules: one format for errors, one commit per request, one name scheme for operations."""

import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException as StarletteHTTPException

# --8<-- [start:imports]
from fastapi_todo_kit import Host, RequestError, TodoKitSettings, todo_router

# --8<-- [end:imports]
from .database import engine, get_session
from .models import Account, Order

API_KEY = os.environ.get("HOST_API_KEY", "development")

# The session commits behind its `yield`. In the scope of the function that is before the response leaves.
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


def operation_id(route: APIRoute) -> str:
    return "".join(word.title() for word in route.name.split("_"))


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan, generate_unique_id_function=operation_id)


@app.middleware("http")
async def measure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    started = time.perf_counter()
    response = await call_next(request)
    response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1_000:.1f}"
    return response


def failure(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None, **details: Any
) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, **details}}, status, headers)


@app.exception_handler(StarletteHTTPException)
async def on_http_exception(_request: Request, error: StarletteHTTPException) -> JSONResponse:
    return failure(error.status_code, "HTTP_ERROR", str(error.detail), error.headers)


@app.exception_handler(RequestValidationError)
async def on_validation_error(_request: Request, error: RequestValidationError) -> JSONResponse:
    fields = [".".join(str(part) for part in one["loc"]) for one in error.errors()]
    return failure(422, "VALIDATION_ERROR", "The request is not valid", fields=fields)


async def require_api_key(x_api_key: Annotated[str | None, Header()] = None) -> None:
    if x_api_key != API_KEY:
        raise HTTPException(403, "Unknown API key")


async def get_account(session: SessionDep, x_account: Annotated[int | None, Header()] = None) -> Account:
    account = await session.get(Account, x_account) if x_account is not None else None
    if account is None:
        raise HTTPException(401, "Unknown account")
    return account


CurrentAccount = Annotated[Account, Depends(get_account)]

orders = APIRouter(prefix="/orders")


class OrderCreate(BaseModel):
    total_cents: int


class OrderRead(OrderCreate):
    model_config = ConfigDict(from_attributes=True)

    id: int


@orders.post("", status_code=201, response_model=OrderRead)
async def place_order(new: OrderCreate, account: CurrentAccount, session: SessionDep) -> Order:
    order = Order(account_id=account.id, total_cents=new.total_cents)
    session.add(order)
    await session.flush()
    return order


@orders.get("", response_model=list[OrderRead])
async def list_orders(account: CurrentAccount, session: SessionDep) -> Sequence[Order]:
    return (await session.scalars(select(Order).where(Order.account_id == account.id).order_by(Order.id))).all()


app.include_router(orders, prefix="/v1", dependencies=[Depends(require_api_key)])


# --8<-- [start:mount]
@app.exception_handler(RequestError)
async def on_request_error(_request: Request, error: RequestError) -> JSONResponse:
    return failure(error.status, error.code.upper(), error.detail, error.headers, **error.members)


tasks = todo_router(
    TodoKitSettings(),
    Host(current_user=get_account, session=get_session, commit="host"),
    features=["todos", "lists"],
    leave_out=["duplicate_todo"],
    paths={"todos": "tasks"},
)
app.include_router(tasks, prefix="/v1", dependencies=[Depends(require_api_key)])
# --8<-- [end:mount]
