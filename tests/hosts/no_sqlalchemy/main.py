"""Gardeners and their plants, on Tortoise ORM."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict
from tortoise.contrib.fastapi import RegisterTortoise

# --8<-- [start:imports]
from fastapi_todo_kit import Host, TodoKitSettings, todo_router

# --8<-- [end:imports]
from . import models
from .models import Gardener, Plant

# --8<-- [start:services]
from .todos import owns_plant, water

# --8<-- [end:services]

DATABASE_URL = os.environ.get("HOST_DATABASE_URL", "sqlite://garden.db")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with RegisterTortoise(app, db_url=DATABASE_URL, modules={"models": [models.__name__]}, generate_schemas=True):
        yield


app = FastAPI(lifespan=lifespan)


async def get_gardener(
    token: Annotated[str | None, Depends(APIKeyHeader(name="X-Token", auto_error=False))],
) -> Gardener:
    gardener = await Gardener.get_or_none(token=token) if token else None
    if gardener is None:
        raise HTTPException(401, "Who are you?")
    return gardener


CurrentGardener = Annotated[Gardener, Depends(get_gardener)]


class Name(BaseModel):
    name: str


class PlantRead(Name):
    model_config = ConfigDict(from_attributes=True)

    id: int


@app.post("/gardeners", status_code=201)
async def sign_up(new: Name) -> str:
    return (await Gardener.create(name=new.name)).token


@app.get("/plants")
async def list_plants(gardener: CurrentGardener) -> list[PlantRead]:
    return [PlantRead.model_validate(plant) for plant in await Plant.filter(gardener=gardener).order_by("id")]


@app.post("/plants", status_code=201)
async def create_plant(new: Name, gardener: CurrentGardener) -> PlantRead:
    plant = await Plant.create(name=new.name, gardener=gardener)
    # --8<-- [start:services]
    await water(plant, gardener)
    # --8<-- [end:services]
    return PlantRead.model_validate(plant)


# --8<-- [start:mount]
host = Host(current_user=get_gardener, link_policy=owns_plant)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
# --8<-- [end:mount]
