"""What holds in every database at every moment between two requests, as hosts can check it too."""

from sqlalchemy.ext.asyncio import create_async_engine

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.testing import assert_invariants as assert_invariants_of


async def assert_invariants(settings: TodoKitSettings) -> None:
    """Check positions, trees, batches and the change log of every space."""
    engine = create_async_engine(settings.url)
    async with engine.connect() as connection:
        await assert_invariants_of(connection)
    await engine.dispose()
