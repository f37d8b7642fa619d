"""Users of fastapi-users (extra `fastapi-users`): a `Host` of its object, and erasure when it deletes somebody.

Written for its adapters of SQLAlchemy and SQLModel; `host_of` goes by what every adapter has.
"""

from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from inspect import Parameter, isasyncgenfunction, isawaitable, isgeneratorfunction, signature
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from fastapi.params import Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fastapi_todo_kit.core.errors import ConfigurationError, MissingExtra
from fastapi_todo_kit.core.people import People, Person
from fastapi_todo_kit.host import Host, Recipient, default_reminder_hour, default_time_zone
from fastapi_todo_kit.privacy.service import erase_user
from fastapi_todo_kit.settings import TodoKitSettings

try:
    from fastapi_users import FastAPIUsers
    from fastapi_users.exceptions import InvalidID, UserNotExists
except ImportError:
    raise MissingExtra(
        "fastapi_todo_kit.fastapi_users needs fastapi-users: pip install 'fastapi-todo-kit[fastapi-users]'"
    ) from None

if TYPE_CHECKING:
    from starlette.requests import Request


def default_name(user: Any) -> str | None:
    """Return `user.name`, where the table of users has one."""
    name: str | None = getattr(user, "name", None)
    return name


def host_of(fastapi_users: FastAPIUsers[Any, Any], *, verified: bool = False, **options: Any) -> Host:
    """Return a Host whose users are those of fastapi-users.

    Active users have todos; where a reminder is due, the user is looked up, so that whoever is inactive or gone hears
    nothing, and mails go to verified addresses only. Those who share a space see one another as `people_of` says.
    Columns `time_zone` (an IANA name) and `reminder_hour` of your table of users are read where there are some.

    Args:
        fastapi_users: the object with which your own routes get their users.
        verified: whether users must have verified their addresses; others are answered 403.
        options: whatever else a `Host` takes, such as `session`. With `space`, write a `recipient` too if members are
            to be reminded: only you know who belongs to a tenant.
    """
    people = _People(fastapi_users, verified, options)
    given: dict[str, Any] = {"current_user": fastapi_users.current_user(active=True, verified=verified), **options}
    if _is_solvable(fastapi_users.get_user_manager):
        given.setdefault("people", people)
    if "space" not in options:
        given.setdefault("recipient", people.recipient)
    return Host(**given)


def people_of(
    fastapi_users: FastAPIUsers[Any, Any], *, name: Callable[[Any], str | None] = default_name, verified: bool = False
) -> People:
    """Return who users of fastapi-users are to one another, for `Host(people=...)`; `host_of` has it already.

    Whoever is inactive or gone is nobody, and an address is shown, and good for an invitation, once it is verified.

    Args:
        fastapi_users: the object with which your own routes get their users.
        name: what a user is called; by default the column `name` of your table, where there is one.
        verified: whether only users count who have verified their addresses.
    """
    return _People(fastapi_users, verified, {}, name)


class ErasesTodos:
    """Erases what a user has in the kit when fastapi-users deletes the user; stands before `BaseUserManager`.

    `todo_settings` are the settings of the kit. With `todos_in_session`, the kit's tables are where the users are, and
    both are gone with one commit, or none. Else todos go first: what fails leaves the user, who can try again.
    """

    todo_settings: TodoKitSettings
    todos_in_session: bool = True
    user_db: Any

    async def on_before_delete(self, user: Any, request: "Request | None" = None) -> None:
        """Erase what the user has."""
        await self._erase(user)
        await super().on_before_delete(user, request)  # type: ignore[misc]  # that of BaseUserManager

    async def on_after_delete(self, user: Any, request: "Request | None" = None) -> None:
        """Erase what requests have written that were under way while the user was deleted."""
        await self._erase(user)
        if self.todos_in_session:
            await self.user_db.session.commit()
        await super().on_after_delete(user, request)  # type: ignore[misc]  # the same

    async def _erase(self, user: Any) -> None:
        session = self.user_db.session if self.todos_in_session else None
        await erase_user(self.todo_settings, user.id, session=session, email=user.email)


class _People:
    """Finds users outside of requests, with the user manager of the application."""

    def __init__(
        self,
        fastapi_users: FastAPIUsers[Any, Any],
        verified: bool,
        options: dict[str, Any],
        name: Callable[[Any], str | None] = default_name,
    ) -> None:
        self._name = name
        self._get_user_manager: Callable[..., Any] = fastapi_users.get_user_manager
        self._verified = verified
        self._time_zone = options.get("time_zone", default_time_zone)
        self._reminder_hour = options.get("reminder_hour", default_reminder_hour)

    async def recipient(self, user_id: str, _tenant: str | None) -> Recipient | None:
        """Return how somebody is to be reminded, None for whoever may not log in any more."""
        async with AsyncExitStack() as stack:
            user = await self._find(await self._manager(stack), user_id)
            if user is None:
                return None
            zone, hour = self._time_zone(user), self._reminder_hour(user)
            return Recipient(time_zone=zone, hour=hour, email=user.email if user.is_verified else None)

    async def by_ids(self, ids: Collection[str]) -> Mapping[str, Person]:
        """Return what others see of users who may log in."""
        async with AsyncExitStack() as stack:
            users = await self._find_all(await self._manager(stack), ids)
            return {
                one: Person(name=self._name(user), email=user.email if user.is_verified else None)
                for one, user in users.items()
            }

    async def email_of(self, user_id: str) -> str | None:
        """Return the verified address of a user who may log in."""
        async with AsyncExitStack() as stack:
            user = await self._find(await self._manager(stack), user_id)
            return user.email if user is not None and user.is_verified else None

    async def _manager(self, stack: AsyncExitStack) -> Any:
        return await _solved(self._get_user_manager, stack, {})

    async def _find(self, manager: Any, user_id: str) -> Any:
        """Return a user who may log in."""
        try:
            user = await manager.get(manager.parse_id(user_id))
        except (InvalidID, UserNotExists):
            return None
        return user if self._may_log_in(user) else None

    async def _find_all(self, manager: Any, ids: Collection[str]) -> Mapping[str, Any]:
        """Return users who may log in: with one statement where the adapter is one of SQLAlchemy's or SQLModel's."""
        database = manager.user_db
        table = getattr(database, "user_table", None) or getattr(database, "user_model", None)
        session = getattr(database, "session", None)
        if table is None or not isinstance(session, AsyncSession):
            found = {one: await self._find(manager, one) for one in ids}
            return {one: user for one, user in found.items() if user is not None}
        known = {}
        for one in ids:
            with suppress(InvalidID):
                known[manager.parse_id(one)] = one
        users = (await session.execute(select(table).where(table.id.in_(known)))).unique().scalars()
        return {known[user.id]: user for user in users if self._may_log_in(user)}

    def _may_log_in(self, user: Any) -> bool:
        return bool(user.is_active and (user.is_verified or not self._verified))


async def _solved(call: Callable[..., Any], stack: AsyncExitStack, known: dict[Any, Any]) -> Any:
    """Return what a dependency gives, made of those that it depends on; those that yield end with the stack."""
    if call in known:
        return known[call]
    arguments = {}
    for name, parameter in signature(call, eval_str=True).parameters.items():
        if (needed := _needed_by(parameter)) is not None:
            arguments[name] = await _solved(needed, stack, known)
        elif parameter.default is Parameter.empty:
            raise ConfigurationError(
                f"fastapi-users gets its user manager with `{name}` of a request, and reminders are due without one: "
                "write host_of(..., recipient=...)"
            )
    if isasyncgenfunction(call):
        value = await stack.enter_async_context(asynccontextmanager(call)(**arguments))
    elif isgeneratorfunction(call):
        value = stack.enter_context(contextmanager(call)(**arguments))
    else:
        value = call(**arguments)
        value = await value if isawaitable(value) else value
    known[call] = value
    return value


def _is_solvable(call: Callable[..., Any]) -> bool:
    """Say whether a dependency can be had without a request."""
    try:
        parameters = signature(call, eval_str=True).parameters.values()
    except NameError:  # what an annotation names is not there yet
        return False
    needed = [(_needed_by(one), one.default) for one in parameters]
    return all(_is_solvable(one) if one is not None else default is not Parameter.empty for one, default in needed)


def _needed_by(parameter: Parameter) -> Callable[..., Any] | None:
    """Return the dependency that a parameter is, written either way."""
    kind, marks = parameter.annotation, [parameter.default]
    if get_origin(kind) is Annotated:
        kind, *metadata = get_args(kind)
        marks += metadata
    found = next((mark for mark in marks if isinstance(mark, Depends)), None)
    return None if found is None else found.dependency or kind
