from typing import Annotated

from fastapi import FastAPI, Header
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fastapi_todo_kit import Host, Membership, Recipient, TodoKitSettings, todo_router


class Base(DeclarativeBase):
    pass


class GroupMember(Base):
    """Your own table: who is in which group, and who leads it."""

    __tablename__ = "group_member"

    group_id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(primary_key=True)
    leads: Mapped[bool]


engine = create_async_engine("sqlite+aiosqlite:///./host.db")


async def get_current_user(x_user: Annotated[str, Header()]) -> str:
    return x_user


async def groups_of(user: str) -> list[Membership]:
    of_user = select(GroupMember).where(GroupMember.user_name == user)
    async with AsyncSession(engine) as session:
        return [_membership(one) for one in await session.scalars(of_user)]


async def find_recipient(user_id: str, tenant: str | None) -> Recipient | None:
    if tenant is None:
        return Recipient()
    group_id = int(tenant.removeprefix("group:"))
    async with AsyncSession(engine) as session:
        member = await session.get(GroupMember, (group_id, user_id))
    return None if member is None else Recipient(membership=_membership(member))


def _membership(member: GroupMember) -> Membership:
    return Membership(f"group:{member.group_id}", "admin" if member.leads else "editor")


app = FastAPI()
host = Host(current_user=get_current_user, spaces=groups_of, recipient=find_recipient)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
