import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from fastapi_todo_kit import TodoKitSettings, migrate, todo_services
from fastapi_todo_kit.testing import assert_invariants, check_migrations, seed

URL = "sqlite+aiosqlite:///./host.db"


async def look() -> None:
    await migrate(TodoKitSettings(database_url=URL))  # or your own `alembic upgrade head`
    engine = create_async_engine(URL)
    async with AsyncSession(engine) as session:
        await check_migrations(session)
        async with todo_services(TodoKitSettings(), session=session, user_id="ann") as kit:
            todos = await seed(kit, lists=2, todos=3)
        await assert_invariants(session)
    await engine.dispose()

    assert {todo["status"] for todo in todos} == {"needs_action"}


def test_the_database_is_as_the_kit_needs_it() -> None:
    asyncio.run(look())
