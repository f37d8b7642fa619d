from sqlalchemy.ext.asyncio import AsyncSession

from fastapi_todo_kit import TodoKitSettings, erase_user

settings = TodoKitSettings()


async def delete_customer(session: AsyncSession, customer_id: str) -> None:
    await erase_user(settings, customer_id, session=session)
    # ... your own rows
    await session.commit()
