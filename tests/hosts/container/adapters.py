import secrets
from collections.abc import AsyncIterator

from dishka import AsyncContainer, Provider, Scope, make_async_container, provide
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

# --8<-- [start:services]
from fastapi_todo_kit import TodoKitSettings, todo_services
from fastapi_todo_kit.schemas import Link, TodoCreate

# --8<-- [end:services]
from .domain import TicketDTO, Tickets, UserDTO, Users
from .tables import TicketRow, UserRow


class SqlUsers(Users):
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sign_in(self, email: str) -> str:
        user = (await self._session.scalars(select(UserRow).where(UserRow.email == email))).one_or_none()
        if user is None:
            user = UserRow(email=email)
            self._session.add(user)
        user.token = secrets.token_hex(32)
        await self._session.commit()
        return user.token

    async def of_token(self, token: str) -> UserDTO | None:
        user = (await self._session.scalars(select(UserRow).where(UserRow.token == token))).one_or_none()
        return UserDTO(user.uid, user.email) if user is not None else None


class SqlTickets(Tickets):
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(self, subject: str, author: UserDTO) -> TicketDTO:
        ticket = TicketRow(subject=subject, author=author.uid)
        self._session.add(ticket)
        await self._session.flush()
        # --8<-- [start:services]
        link = Link(source="desk", type="ticket", id=str(ticket.number))
        async with todo_services(TodoKitSettings(), session=self._session, user_id=author.uid) as kit:
            await kit.todos.create(TodoCreate(title=f"Answer {subject}", links=[link]))
        # --8<-- [end:services]
        return _ticket(ticket)

    async def get(self, number: int) -> TicketDTO | None:
        ticket = await self._session.get(TicketRow, number)
        return _ticket(ticket) if ticket is not None else None

    async def of(self, author: UserDTO) -> list[TicketDTO]:
        found = await self._session.scalars(select(TicketRow).where(TicketRow.author == author.uid))
        return [_ticket(ticket) for ticket in found]


def _ticket(row: TicketRow) -> TicketDTO:
    return TicketDTO(row.number, row.subject, row.author)


class Persistence(Provider):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    @provide(scope=Scope.APP)
    async def engine(self) -> AsyncIterator[AsyncEngine]:
        engine = create_async_engine(self._url)
        yield engine
        await engine.dispose()

    @provide(scope=Scope.APP)
    def sessions(self, engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
        return async_sessionmaker(engine, expire_on_commit=False)

    @provide(scope=Scope.REQUEST)
    async def session(self, sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
        async with sessions() as session:
            yield session

    users = provide(SqlUsers, scope=Scope.REQUEST, provides=Users)
    tickets = provide(SqlTickets, scope=Scope.REQUEST, provides=Tickets)


def make_container(url: str) -> AsyncContainer:
    return make_async_container(Persistence(url))
