"""An inventory, in the shape of the template that many applications begin with."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from fastapi.security import OAuth2PasswordRequestForm
from sqlalchemy import text
from sqlmodel import col, select

# --8<-- [start:imports]
from fastapi_todo_kit import Access, Host, LinkTarget, TodoKitSettings, Transaction, sync_todo_services, todo_router
from fastapi_todo_kit.schemas import Link, TodoCreate, TodoQuery

# --8<-- [end:imports]
from .config import settings
from .deps import CurrentUser, SessionDep, engine, get_current_user, get_db
from .models import Item, ItemCreate, ItemPublic, Token, User, UserPublic, UserRegister
from .security import create_access_token, password_hash


def operation_id(route: APIRoute) -> str:
    return f"{route.tags[0]}-{route.name}"


login = APIRouter(tags=["login"])
users = APIRouter(prefix="/users", tags=["users"])
items = APIRouter(prefix="/items", tags=["items"])
utils = APIRouter(tags=["utils"])


@login.post("/login/access-token")
def login_access_token(session: SessionDep, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    user = session.exec(select(User).where(User.email == form.username)).first()
    if user is None or not password_hash.verify(form.password, user.hashed_password):
        raise HTTPException(400, "Incorrect email or password")
    return Token(access_token=create_access_token(user.id))


@users.post("/signup", response_model=UserPublic)
def register_user(session: SessionDep, new: UserRegister) -> Any:
    if session.exec(select(User).where(User.email == new.email)).first():
        raise HTTPException(400, "The user with this email already exists in the system")
    user = User(email=new.email, hashed_password=password_hash.hash(new.password))
    session.add(user)
    session.commit()
    session.refresh(user)
    return user


@users.get("/me", response_model=UserPublic)
def read_user_me(user: CurrentUser) -> Any:
    return user


@items.get("/", response_model=list[ItemPublic])
def read_items(session: SessionDep, user: CurrentUser) -> Any:
    return session.exec(select(Item).where(Item.owner_id == user.id).order_by(col(Item.title))).all()


@items.post("/", response_model=ItemPublic)
def create_item(session: SessionDep, user: CurrentUser, new: ItemCreate) -> Any:
    item = Item.model_validate(new, update={"owner_id": user.id})
    session.add(item)
    # --8<-- [start:services]
    link = Link(source="inventory", type="item", id=str(item.id))
    with sync_todo_services(todo_settings, host, session=session, user_id=user.id) as kit:
        kit.todos.create(TodoCreate(title=f"Label {item.title}", links=[link]))
    # --8<-- [end:services]
    session.commit()
    session.refresh(item)
    return item


@items.delete("/{item_id}", status_code=204)
def delete_item(session: SessionDep, user: CurrentUser, item_id: uuid.UUID) -> None:
    item = session.get(Item, item_id)
    if item is None or item.owner_id != user.id:
        raise HTTPException(404, "Item not found")
    # --8<-- [start:services]
    of_item = TodoQuery(link_source="inventory", link_type="item", link_id=str(item_id), limit=200)
    with sync_todo_services(todo_settings, host, session=session, user_id=user.id) as kit:
        while found := kit.todos.page(of_item)["items"]:
            for todo in found:
                kit.todos.delete(todo["id"])
    # --8<-- [end:services]
    session.delete(item)
    session.commit()


@utils.get("/utils/health-check/")
def health_check() -> bool:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT true")) is True


api_router = APIRouter()
for router in (login, users, items, utils):
    api_router.include_router(router)


# --8<-- [start:services]
def owns_item(access: Access, target: LinkTarget, transaction: Transaction) -> bool:
    try:
        item = transaction.session.get(Item, uuid.UUID(target.id))
    except ValueError:
        return False
    return item is not None and str(item.owner_id) == access.principal.user_id


# --8<-- [end:services]
# --8<-- [start:mount]
todo_settings = TodoKitSettings()
host = Host(current_user=get_current_user, session=get_db, link_policy=owns_item)
api_router.include_router(todo_router(todo_settings, host))
# --8<-- [end:mount]

app = FastAPI(openapi_url=f"{settings.api_prefix}/openapi.json", generate_unique_id_function=operation_id)
app.add_middleware(
    CORSMiddleware,
    allow_origins=["http://localhost:5173"],
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)
app.include_router(api_router, prefix=settings.api_prefix)
