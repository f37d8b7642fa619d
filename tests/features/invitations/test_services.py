"""The same verbs without HTTP, in the session of a host; and with a session that cannot wait."""

import asyncio
import uuid
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from fastapi_todo_kit import Host, Person, Sharing, TodoKitSettings, migrate, sync_todo_services, todo_services
from fastapi_todo_kit.errors import InvitationNotFound, RoleTooHigh
from fastapi_todo_kit.schemas import InvitationCreate, InvitationToken, SpaceCreate
from fastapi_todo_kit.testing.invariants import assert_invariants
from tests.features.invitations.support import PAGE, accept, invite, roles
from tests.support import Everybody, TestClock, make_app, running
from tests.teams import join, team


async def test_services_invite_and_accept(database_url: str) -> None:
    settings = TodoKitSettings(database_url=database_url, sharing=Sharing(invitation_url=PAGE))
    engine, host = create_async_engine(settings.url), Host(people=Everybody(), clock=TestClock())
    ann, bob = f"ann-{uuid.uuid4().hex}", f"bob-{uuid.uuid4().hex}"
    async with AsyncSession(engine) as session:
        async with todo_services(settings, host, session=session, user_id=ann) as kit:
            space = await kit.spaces.create(SpaceCreate(name="Kitchen"))
        async with todo_services(settings, host, session=session, user_id=ann, space=space["id"]) as kit:
            made = await kit.invitations.invite(InvitationCreate(role="editor"))
            await kit.invitations.invite(InvitationCreate(role="admin", email=f"{bob}@example.com"))
            assert len((await kit.invitations.page())["items"]) == 2
        async with todo_services(settings, host, session=session, user_id=bob) as kit:
            named = InvitationToken(token=str(made["token"]))
            assert (await kit.invitations.preview(named))["space_name"] == "Kitchen"
            assert (await kit.invitations.accept(named))["role"] == "editor"
            (mine,) = (await kit.invitations.mine())["items"]
            assert (await kit.invitations.accept(InvitationToken(token=mine["token"])))["role"] == "admin"
            with pytest.raises(InvitationNotFound):
                await kit.invitations.decline(InvitationToken(token="nothing"))
        async with todo_services(settings, host, session=session, user_id=bob, space=space["id"]) as kit:
            with pytest.raises(RoleTooHigh):
                await kit.invitations.invite(InvitationCreate(role="owner"))
        await session.commit()
        await assert_invariants(session)
    await engine.dispose()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    asyncio.run(migrate(TodoKitSettings(database_url=f"sqlite:///{tmp_path}/sync.db")))
    engine = create_engine(f"sqlite:///{tmp_path}/sync.db")
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_sync_services_invite_and_accept(session: Session) -> None:
    settings, host = TodoKitSettings(), Host(people=Everybody(), clock=TestClock())
    with sync_todo_services(settings, host, session=session, user_id="ann") as kit:
        space = kit.spaces.create(SpaceCreate(name="Kitchen"))
    with sync_todo_services(settings, host, session=session, user_id="ann", space=space["id"]) as kit:
        made = kit.invitations.invite(InvitationCreate(role="editor"))
    with sync_todo_services(settings, host, session=session, user_id="bob") as kit:
        assert kit.invitations.accept(InvitationToken(token=str(made["token"])))["is_new"]


class Slow:
    """People who are asked by something that waits."""

    async def by_ids(self, ids: Collection[str]) -> Mapping[str, Person]:
        await asyncio.sleep(0)
        return Everybody().by_ids(ids)

    async def email_of(self, user_id: str) -> str:
        await asyncio.sleep(0)
        return Everybody().email_of(user_id)


@pytest.mark.parametrize("commit", ["kit", "host"])
async def test_a_host_with_a_sync_session_has_people_who_are_waited_for(tmp_path: Path, commit: str) -> None:
    settings = TodoKitSettings(
        database_url=f"sqlite:///{tmp_path}/sync.db", sharing=Sharing(add_directly=True, invitation_url=PAGE)
    )
    await migrate(settings)
    engine = create_engine(f"sqlite:///{tmp_path}/sync.db", connect_args={"check_same_thread": False})

    def session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session
            if commit == "host":
                session.commit()

    async with running(make_app(settings, people=Slow(), session=session, commit=commit)) as api:
        owner, ann = await team(api), api.as_user()
        await join(owner, "viewer")
        await invite(owner, email=f"{ann.user}@example.com")
        (mine,) = (await ann.get("/invitations"))["items"]

        tries = [await ann.send("POST", "/invitations/accept", {"token": "nonsense"}) for _ in range(21)]

        assert tries[-1].status_code == (429 if commit == "kit" else 404)  # the host takes back what it commits
        if commit == "host":
            assert (await accept(ann, mine["token"]))["role"] == "editor"
            assert ann.user in await roles(owner)
    engine.dispose()
