"""Erasing and exporting a user: what a host calls, and what the routes of accounts call."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from typing import Any

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from typing_extensions import TypedDict

from fastapi_todo_kit.core.access import HostKey, personal_space, team_space, user_key
from fastapi_todo_kit.core.observing.logs import get_logger
from fastapi_todo_kit.features.members.errors import LastOwner
from fastapi_todo_kit.features.members.service import MemberService, SoleOwner
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.kit import kit_on, running_kit
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.privacy.repository import (
    PrivacyRepository,
    key_of,
    tables_that_name_users,
)
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.people import verified_address_of
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.storage.teams import teams_of
from fastapi_todo_kit.storage.work import Work
from fastapi_todo_kit.tables import tables_of_spaces

_logger = get_logger(__name__)

Run = Callable[[Callable[[Work], Awaitable[Any]]], Awaitable[Any]]


class Erased(TypedDict):
    """How many rows are gone, and in how many the user was made unrecognisable because others need them."""

    removed: int
    renamed: int


class Exported(TypedDict):
    """One row that is held on a user: of which table, and what it says."""

    table: str
    row: dict[str, Any]


async def erase_user(
    settings: TodoKitSettings,
    user_id: HostKey | None,
    host: Host | None = None,
    *,
    session: AsyncSession | Session | None = None,
    sole_owner: SoleOwner = "promote",
    email: str | None = None,
) -> Erased:
    """Erase everything that the kit holds on a user: the account if it is the kit's, the personal space, all traces.

    In spaces that others use, what the user made stays, and names `erased` where it named the user. Doing it twice does
    no harm; of a user whom nobody knows nothing is erased.

    Args:
        settings: which database.
        user_id: the id, as `Host.user_id` returns it.
        host: the `Host` of `auth_router`, where accounts are the kit's.
        session: a session of the host's own for the todos, which the host then commits; by default the kit connects by
            itself.
        sole_owner: what becomes of a space that nobody else owns: whoever has been its admin for longest owns it then,
            or else an editor (`promote`), or it goes to the trash (`delete`, and where there is neither), or nothing is
            erased (`refuse`).
        email: the address of a user of the host's, whose invitations are erased, too; by default the verified one that
            `Host.people` knows.

    Raises:
        ConfigurationError: the id is no str, int or UUID.
        LastOwner: there is such a space, and it was to be refused.
        DatabaseUnavailable: the database is away; do it again.
    """
    user_id = user_key(user_id)
    async with _kit_in(settings, host, session) as kit:
        if sole_owner == "refuse":
            await _check_not_alone(kit, user_id)
        if settings.auth.signing_keys:
            await _accounts().close_account(settings, host, user_id)
        return await _erase_closed(kit, user_id, host, sole_owner, email)


async def resume_erasures(settings: TodoKitSettings, host: Host | None = None) -> int:
    """Finish what a process began to erase that was killed meanwhile; return how many accounts are gone.

    Several processes may do this at once. What fails is logged, and tried again minutes later.
    """
    done = 0
    while claimed := await _accounts().claim_erasures(settings, host):
        for user_id in claimed:
            try:
                async with _kit_in(settings, host, None) as kit:
                    await _erase_closed(kit, user_id, host)
            except Exception as error:
                _logger.warning("user %s could not be erased yet, which is tried again: %r", user_id, error)
            else:
                done += 1
    return done


async def _erase_closed(
    kit: Kit, user_id: str, host: Host | None, sole_owner: SoleOwner = "promote", email: str | None = None
) -> Erased:
    """Erase a user who cannot write any more."""
    if email is None and kit.settings.auth.signing_keys:
        email = await _accounts().address_of(kit.settings, host, user_id)
    await _leave_teams(kit, user_id, sole_owner)
    erased: Erased = await _runner(kit, user_id)(lambda work: _erase(work, user_id, email))
    # An account goes last: until then, an erasure that was killed half way is found and finished.
    if kit.settings.auth.signing_keys:
        erased["removed"] += await _accounts().delete_account(kit.settings, host, user_id)
    return erased


async def export_user(
    settings: TodoKitSettings,
    user_id: HostKey | None,
    host: Host | None = None,
    *,
    session: AsyncSession | Session | None = None,
) -> AsyncIterator[Exported]:
    """Yield everything that the kit holds on a user, row by row, for `async for`.

    First the account, if it is the kit's, without secrets; then the personal space; then the keys of what names the
    user in other spaces. What changes meanwhile may be in it or not. The arguments are those of `erase_user`.

    Raises:
        ConfigurationError: the id is no str, int or UUID.
        DatabaseUnavailable: the database is away.
    """
    user_id = user_key(user_id)
    if settings.auth.signing_keys:
        for one in await _accounts().export_account(settings, host, user_id):
            yield one
    async with _kit_in(settings, host, session) as kit:
        run = _runner(kit, user_id)
        for table in tables_of_spaces():
            async for one in _rows(run, user_id, PrivacyRepository.page_of_space, table):
                yield one
        for table in tables_that_name_users():
            async for one in _rows(run, user_id, PrivacyRepository.page_elsewhere, table):
                yield one


async def _rows(run: Run, user_id: str, read_page: Any, table: Table) -> AsyncIterator[Exported]:
    after = None
    while rows := await run(partial(_page, user_id=user_id, read_page=read_page, table=table, after=after)):
        for row in rows:
            yield {"table": str(table.name), "row": row}
        after = key_of(table, rows[-1])


async def _page(work: Work, user_id: str, read_page: Any, table: Table, after: Any) -> Any:
    work.authorise()
    return await read_page(PrivacyRepository(work, user_id), table, after)


async def _erase(work: Work, user_id: str, email: str | None) -> Erased:
    work.authorise()
    repository = PrivacyRepository(work, user_id)
    email = email or await verified_address_of(work, user_id)
    removed = await repository.delete_space()
    if email is not None:
        removed += await repository.forget_address(email)
    return {"removed": removed, "renamed": await repository.rename_elsewhere()}


async def _check_not_alone(kit: Kit, user_id: str) -> None:
    for space_id in await teams_of(kit, user_id):
        context = kit.as_system(team_space(space_id), Action.READ_MEMBER, "privacy")
        if await kit.store.read(context, lambda work: MemberService(work).is_sole_owner(user_id)):
            raise LastOwner


async def _leave_teams(kit: Kit, user_id: str, sole_owner: SoleOwner) -> None:
    """Let go of a user in each space that it is a member of, one after the other."""
    for space_id in await teams_of(kit, user_id):
        context = kit.as_system(team_space(space_id), Action.DELETE_SPACE, "privacy")
        await kit.store.write(context, lambda work: MemberService(work).erase(user_id, sole_owner))


@asynccontextmanager
async def _kit_in(
    settings: TodoKitSettings, host: Host | None, session: AsyncSession | Session | None
) -> AsyncIterator[Kit]:
    """Yield a kit on connections of its own, or in a session of the host's that the host commits."""
    if session is not None:
        yield kit_on(SessionStore(session, commits=False), settings, host)
        return
    async with running_kit(settings, host) as kit:
        yield kit


def _runner(kit: Kit, user_id: str) -> Run:
    """Return what runs an operation in one transaction; in a session of the host's that the host commits.

    No lock of a space: what is written here is no change of it.
    """
    context = kit.as_system(personal_space(kit.settings.namespace, user_id), Action.PURGE_TRASH, "privacy")
    if isinstance(kit.store, SessionStore):
        return partial(kit.store.read, context)

    async def run(operation: Callable[[Work], Awaitable[Any]]) -> Any:
        return await kit.store.transact(lambda connection: Work(context, connection).perform(operation))

    return run


def _accounts() -> Any:
    # Not imported above: accounts need an extra, which a host with users of its own does not have.
    return import_module("fastapi_todo_kit.auth.users.erasure")
