"""Projects with the users of fastapi-users, as its documentation sets them up."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

# --8<-- [start:imports]
from fastapi_todo_kit import TodoKitSettings, todo_router
from fastapi_todo_kit.fastapi_users import host_of

# --8<-- [end:imports]
from .database import engine, get_async_session
from .models import Base, Project, User
from .users import UserCreate, UserRead, UserUpdate, auth_backend, current_active_user, fastapi_users


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
app.include_router(fastapi_users.get_auth_router(auth_backend), prefix="/auth/jwt", tags=["auth"])
app.include_router(fastapi_users.get_register_router(UserRead, UserCreate), prefix="/auth", tags=["auth"])
app.include_router(fastapi_users.get_users_router(UserRead, UserUpdate), prefix="/users", tags=["users"])

CurrentUser = Annotated[User, Depends(current_active_user)]
SessionDep = Annotated[AsyncSession, Depends(get_async_session)]


class ProjectCreate(BaseModel):
    name: str


class ProjectRead(ProjectCreate):
    model_config = ConfigDict(from_attributes=True)

    id: int


@app.get("/projects", response_model=list[ProjectRead])
async def list_projects(user: CurrentUser, session: SessionDep) -> Sequence[Project]:
    return (await session.scalars(select(Project).where(Project.owner_id == user.id))).all()


@app.post("/projects", status_code=201, response_model=ProjectRead)
async def create_project(new: ProjectCreate, user: CurrentUser, session: SessionDep) -> Project:
    project = Project(name=new.name, owner_id=user.id)
    session.add(project)
    await session.commit()
    return project


# --8<-- [start:mount]
host = host_of(fastapi_users, session=get_async_session)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api", tags=["tasks"])
# --8<-- [end:mount]
