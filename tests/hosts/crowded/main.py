"""Projects. Whoever has a token or an API key gets in; each request is one transaction."""

import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from pydantic import BaseModel, ConfigDict
from sqladmin import Admin
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.middleware.sessions import SessionMiddleware

# --8<-- [start:imports]
from fastapi_todo_kit import Access, Host, LinkTarget, TodoKitSettings, Transaction, todo_router, todo_services
from fastapi_todo_kit.schemas import Link, TodoCreate

# --8<-- [end:imports]
from .admin import AdminLogin, MemberAdmin, ProjectAdmin
from .database import engine, get_session
from .models import ApiKey, Member, Project

SECRET = "for development only, and long enough for HS256"

# --8<-- [start:session]
# before> SessionDep = Annotated[AsyncSession, Depends(get_session)]
SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]
# --8<-- [end:session]


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
app.add_middleware(GZipMiddleware, minimum_size=200)
app.add_middleware(SessionMiddleware, secret_key=SECRET)
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], expose_headers=["X-Elapsed"])
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["testserver", "projects.example.com"])


@app.middleware("http")
async def add_elapsed(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    started = time.perf_counter()
    response = await call_next(request)
    response.headers["X-Elapsed"] = f"{time.perf_counter() - started:.4f}"
    return response


admin = Admin(app, engine, authentication_backend=AdminLogin(SECRET))
admin.add_view(MemberAdmin)
admin.add_view(ProjectAdmin)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


async def get_member(
    session: SessionDep,
    authorization: Annotated[str | None, Header()] = None,
    x_api_key: Annotated[str | None, Header()] = None,
) -> Member:
    member = None
    if x_api_key is not None and (key := await session.get(ApiKey, digest_of(x_api_key))):
        key.used_at = datetime.now(UTC)
        member = await session.get(Member, key.member_id)
    elif authorization is not None:
        try:
            claims = jwt.decode(authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            raise HTTPException(401, "Invalid token") from None
        member = await session.get(Member, int(claims["sub"]))
    if member is None:
        raise HTTPException(401, "Not authenticated")
    return member


CurrentMember = Annotated[Member, Depends(get_member)]


class Name(BaseModel):
    name: str


class ProjectRead(Name):
    model_config = ConfigDict(from_attributes=True)

    id: int


router = APIRouter(prefix="/api")


@router.post("/members", status_code=201)
async def create_member(new: Name, session: SessionDep) -> str:
    member = Member(name=new.name)
    session.add(member)
    await session.flush()
    return jwt.encode({"sub": str(member.id), "exp": datetime.now(UTC) + timedelta(days=1)}, SECRET, "HS256")


@router.post("/api-keys", status_code=201)
async def create_api_key(member: CurrentMember, session: SessionDep) -> str:
    key = secrets.token_urlsafe(24)
    session.add(ApiKey(digest=digest_of(key), member_id=member.id))
    return key


@router.get("/projects", response_model=list[ProjectRead])
async def list_projects(member: CurrentMember, session: SessionDep) -> Sequence[Project]:
    return (await session.scalars(select(Project).where(Project.member_id == member.id).order_by(Project.id))).all()


@router.post("/projects", status_code=201, response_model=ProjectRead)
async def create_project(new: Name, member: CurrentMember, session: SessionDep) -> Project:
    project = Project(name=new.name, member_id=member.id)
    session.add(project)
    await session.flush()
    # --8<-- [start:services]
    link = Link(source="projects", type="project", id=str(project.id))
    async with todo_services(TodoKitSettings(), host, session=session, user_id=member.id) as kit:
        await kit.todos.create(TodoCreate(title=f"Plan {project.name}", links=[link]))
    # --8<-- [end:services]
    return project


app.include_router(router)


# --8<-- [start:services]
async def owns_project(access: Access, target: LinkTarget, transaction: Transaction) -> bool:
    project = await transaction.session.get(Project, int(target.id)) if target.id.isdecimal() else None
    return project is not None and str(project.member_id) == access.principal.user_id


# --8<-- [end:services]
# --8<-- [start:mount]
host = Host(current_user=get_member, session=get_session, commit="host", link_policy=owns_project)
app.include_router(todo_router(TodoKitSettings(), host), prefix="/api")
# --8<-- [end:mount]
