from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from fastapi_todo_kit import Access, Host, LinkTarget, TodoKitSettings, Transaction, todo_router, todo_services
from fastapi_todo_kit.schemas import TodoQuery


class Base(DeclarativeBase):
    pass


class Invoice(Base):
    __tablename__ = "invoice"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]


engine = create_async_engine("sqlite+aiosqlite:///./host.db")


async def get_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session


async def get_current_user() -> str:
    return "ann"


# --8<-- [start:policy]
async def may_reach(access: Access, target: LinkTarget, transaction: Transaction) -> bool:
    if (target.source, target.type) != ("billing", "invoice") or not target.id.isdecimal():
        return False
    invoice = await transaction.session.get(Invoice, int(target.id))
    return invoice is not None and invoice.owner == access.principal.user_id


# --8<-- [end:policy]
app = FastAPI()
settings = TodoKitSettings()
host = Host(current_user=get_current_user, session=get_session, link_policy=may_reach)
app.include_router(todo_router(settings, host), prefix="/api")


# --8<-- [start:delete]
@app.delete("/invoices/{number}", status_code=204)
async def delete_invoice(
    number: int,
    user: Annotated[str, Depends(get_current_user)],
    session: Annotated[AsyncSession, Depends(get_session)],
) -> None:
    invoice = await session.get(Invoice, number)
    if invoice is None or invoice.owner != user:
        raise HTTPException(404)
    of_invoice = TodoQuery(link_source="billing", link_type="invoice", link_id=str(number), limit=200)
    async with todo_services(settings, host, session=session, user_id=user) as kit:
        while found := (await kit.todos.page(of_invoice))["items"]:
            for todo in found:
                await kit.todos.delete(todo["id"])
    await session.delete(invoice)
    await session.commit()


# --8<-- [end:delete]
