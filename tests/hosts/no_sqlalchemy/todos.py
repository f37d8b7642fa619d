# --8<-- [start:services]
import uuid

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from fastapi_todo_kit import Access, LinkTarget, TodoKitSettings, Transaction, todo_services
from fastapi_todo_kit.schemas import Link, TodoCreate

from .models import Gardener, Plant

WATERING = uuid.UUID("0b5c8b64-6c0d-4d3e-9a53-3f3c1b1f9d57")

settings = TodoKitSettings()
engine = create_async_engine(settings.url, poolclass=NullPool)


async def water(plant: Plant, gardener: Gardener) -> None:
    """Add the todo of a plant in a transaction of its own; its id is made of the plant's, so that twice adds one."""
    link = Link(source="garden", type="plant", id=str(plant.id))
    new = TodoCreate(id=uuid.uuid5(WATERING, str(plant.id)), title=f"Water {plant.name}", links=[link])
    async with AsyncSession(engine) as session:
        async with todo_services(settings, session=session, user_id=gardener.id) as kit:
            await kit.todos.create(new)
        await session.commit()


async def owns_plant(access: Access, target: LinkTarget, _transaction: Transaction) -> bool:
    if not target.id.isdecimal():
        return False
    return await Plant.filter(id=int(target.id), gardener_id=int(access.principal.user_id)).exists()


# --8<-- [end:services]
