import uuid

from pydantic import EmailStr
from sqlmodel import Field, SQLModel


class UserBase(SQLModel):
    email: EmailStr = Field(unique=True, index=True, max_length=255)
    is_active: bool = True
    is_superuser: bool = False


class UserRegister(SQLModel):
    email: EmailStr
    password: str = Field(min_length=8, max_length=128)


class User(UserBase, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    hashed_password: str


class UserPublic(UserBase):
    id: uuid.UUID


class ItemCreate(SQLModel):
    title: str = Field(min_length=1, max_length=255)


class Item(ItemCreate, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    owner_id: uuid.UUID = Field(foreign_key="user.id", ondelete="CASCADE")


class ItemPublic(ItemCreate):
    id: uuid.UUID
    owner_id: uuid.UUID


class Token(SQLModel):
    access_token: str
    token_type: str = "bearer"
