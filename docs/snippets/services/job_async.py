import asyncio
import uuid

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import TodoKitSettings, todo_services
from fastapi_todo_kit.errors import ListArchived, ListNotFound
from fastapi_todo_kit.schemas import TodoCreate

engine = create_async_engine("sqlite+aiosqlite:///./host.db")
settings = TodoKitSettings()


async def import_lines(lines: list[str], list_id: uuid.UUID, *, tenant: str, user_id: str) -> None:
    async with (
        AsyncSession(engine) as session,
        session.begin(),
        todo_services(settings, session=session, user_id=user_id, tenant=tenant) as kit,
    ):
        for line in lines:
            try:
                await kit.todos.create(TodoCreate(title=line, list_id=list_id))
            except (ListNotFound, ListArchived):
                # The transaction goes on: the todo goes to the inbox instead.
                await kit.todos.create(TodoCreate(title=line))


async def main() -> None:
    await import_lines(["Buy milk", "Feed the cat"], uuid.uuid4(), tenant="acme", user_id="ann")
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
