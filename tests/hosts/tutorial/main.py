"""Users and invoices, as somebody writes them who has just read the SQLModel tutorial."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session, SQLModel, select

# --8<-- [start:imports]
from fastapi_todo_kit import Host, TodoKitSettings, sync_todo_services, todo_router
from fastapi_todo_kit.schemas import TodoCreate

# --8<-- [end:imports]
from .database import engine, get_session
from .models import Invoice, User


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    SQLModel.metadata.create_all(engine)
    yield


app = FastAPI(lifespan=lifespan)

SessionDep = Annotated[Session, Depends(get_session)]
TokenDep = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


def get_current_user(token: TokenDep, session: SessionDep) -> User:
    # As in the security tutorial, a token is the name of its user.
    user = session.exec(select(User).where(User.name == token.credentials)).first()
    if user is None:
        raise HTTPException(401, "Invalid authentication credentials", {"WWW-Authenticate": "Bearer"})
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


class UserCreate(SQLModel):
    name: str


class InvoiceCreate(SQLModel):
    number: str
    list_id: uuid.UUID | None = None


@app.post("/users", status_code=201)
def create_user(user: UserCreate, session: SessionDep) -> User:
    db_user = User.model_validate(user)
    session.add(db_user)
    session.commit()
    session.refresh(db_user)
    return db_user


@app.get("/invoices")
def read_invoices(user: CurrentUser, session: SessionDep) -> list[Invoice]:
    return list(session.exec(select(Invoice).where(Invoice.user_id == user.id)).all())


@app.post("/invoices", status_code=201)
def create_invoice(invoice: InvoiceCreate, user: CurrentUser, session: SessionDep) -> Invoice:
    db_invoice = Invoice.model_validate(invoice, update={"user_id": user.id})
    session.add(db_invoice)
    # --8<-- [start:services]
    with sync_todo_services(settings, session=session, user_id=user.id) as kit:
        for task in ("Send", "Follow up", "Book"):
            kit.todos.create(TodoCreate(title=f"{task} {invoice.number}", list_id=invoice.list_id))
    # --8<-- [end:services]
    session.commit()
    session.refresh(db_invoice)
    return db_invoice


# --8<-- [start:mount]
settings = TodoKitSettings()
host = Host(current_user=get_current_user, session=get_session)
app.include_router(todo_router(settings, host), prefix="/api")
# --8<-- [end:mount]
