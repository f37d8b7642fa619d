from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, Path, Query
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from fastapi_todo_kit import Host, RequestError, TodoKitSettings, answer_problem, todo_router, todo_services
from fastapi_todo_kit.schemas import TodoPage, TodoQuery

engine = create_async_engine("sqlite+aiosqlite:///./host.db")
new_session = async_sessionmaker(engine, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with new_session.begin() as session:
        yield session


async def get_current_user() -> str:
    return "ann"


settings = TodoKitSettings()
host = Host(current_user=get_current_user, session=get_session, commit="host")
app = FastAPI()
app.include_router(todo_router(settings, host), prefix="/api")
UserDep = Annotated[str, Depends(get_current_user)]
InvoiceNumber = Annotated[str, Path(pattern="^[A-Z0-9-]{1,40}$")]
Cursor = Annotated[str | None, Query(max_length=4_096)]
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


# --8<-- [start:routes]
app.add_exception_handler(RequestError, answer_problem)  # for your own routes; the kit's have it


@app.get("/invoices/{number}/todos")
async def list_todos(number: InvoiceNumber, user: UserDep, session: SessionDep, cursor: Cursor = None) -> TodoPage:
    query = TodoQuery(link_source="billing", link_type="invoice", link_id=number, cursor=cursor)
    async with todo_services(settings, host, session=session, user_id=user) as kit:
        return await kit.todos.page(query)


# --8<-- [end:routes]
