from collections.abc import AsyncIterator

import httpx2
import pytest
from freezegun import freeze_time
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import StaticPool

# --8<-- [start:services]
from fastapi_todo_kit.testing import create_tables

# --8<-- [end:services]
from .database import get_db
from .main import app
from .models import Base


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        # --8<-- [start:services]
        await create_tables(connection)
        # --8<-- [end:services]

    async def get_test_db() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session

    app.dependency_overrides[get_db] = get_test_db
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        await client.post("/v1/users", json={"username": "ann"})
        yield client
    await engine.dispose()


async def log_in(client: httpx2.AsyncClient) -> dict[str, str]:
    token = await client.post("/v1/token", json={"username": "ann"})
    return {"Authorization": f"Bearer {token.json()}"}


@freeze_time("2026-03-28 12:00:00")
async def test_a_room_is_booked_for_a_day_to_come(client: httpx2.AsyncClient) -> None:
    headers = await log_in(client)
    late = await client.post("/v1/bookings", json={"room": "Blue", "day": "2026-03-27"}, headers=headers)
    booked = await client.post("/v1/bookings", json={"room": "Blue", "day": "2026-03-28"}, headers=headers)
    assert (late.status_code, booked.status_code) == (422, 201)
    assert (await client.get("/v1/bookings", headers=headers)).json() == [booked.json()]


async def test_a_token_ends_after_an_hour(client: httpx2.AsyncClient) -> None:
    with freeze_time("2026-03-28 12:00:00") as frozen:
        headers = await log_in(client)
        assert (await client.get("/v1/bookings", headers=headers)).status_code == 200
        frozen.tick(3601)
        assert (await client.get("/v1/bookings", headers=headers)).status_code == 401


async def test_nobody_sees_bookings(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/v1/bookings")).json() == {"detail": "Not authenticated"}
