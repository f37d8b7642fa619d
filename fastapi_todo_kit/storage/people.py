"""Asking the host who people are: in a unit of work, or before one, whose lock others wait for."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from anyio import from_thread

from fastapi_todo_kit.core.answers import is_async, wrong
from fastapi_todo_kit.core.people import Person
from fastapi_todo_kit.storage.asking import answer_of
from fastapi_todo_kit.storage.kit import Kit
from fastapi_todo_kit.storage.sessions import SessionStore
from fastapi_todo_kit.storage.work import Work


async def people_of(work: Work, user_ids: Collection[str]) -> Mapping[str, Person]:
    """Return what the host says of users; nothing of whom it does not know.

    Raises:
        ConfigurationError: it answers no mapping of ids to `Person`.
    """
    people = work.kit.host.people
    if people is None or not user_ids:
        return {}
    return _checked_people(await _asked(work, people.by_ids, user_ids))


async def verified_address_of(work: Work, user_id: str) -> str | None:
    """Return the address of a user that the host knows to be his.

    Raises:
        ConfigurationError: it answers neither a text nor None.
    """
    people = work.kit.host.people
    return None if people is None else _checked_address(await _asked(work, people.email_of, user_id))


async def address_before_work(kit: Kit, user_id: str) -> str:
    """Return that address before a unit of work, whose lock is not to wait for the host; an empty text for none.

    Raises:
        ConfigurationError: the host answers neither a text nor None.
    """
    people = kit.host.people
    return "" if people is None else _checked_address(await answer_of(people.email_of, user_id)) or ""


async def names_before_work(kit: Kit, user_ids: Collection[str]) -> Mapping[str, Person]:
    """Return what the host says of users, before a unit of work.

    Raises:
        ConfigurationError: it answers no mapping of ids to `Person`.
    """
    people = kit.host.people
    in_thread = not isinstance(kit.store, SessionStore)
    return {} if people is None else _checked_people(await answer_of(people.by_ids, user_ids, in_thread=in_thread))


def _checked_address(found: Any) -> str | None:
    if not isinstance(found, str | None):
        raise wrong("Host.people.email_of", "an address, or None", found)
    return found


def _checked_people(found: Any) -> Mapping[str, Person]:
    if not isinstance(found, Mapping) or not all(isinstance(one, Person) for one in found.values()):
        raise wrong("Host.people.by_ids", "a mapping of ids to Person(...)", found)
    return found


async def _asked(work: Work, function: Callable[..., Any], given: Any) -> Any:
    if work.is_sync and is_async(function) and _is_beside_a_loop():
        return from_thread.run(function, given)
    return await answer_of(function, given, in_thread=not work.is_sync)


def _is_beside_a_loop() -> bool:
    """Say whether this is a thread of an event loop's, which can do meanwhile what has to be waited for."""
    try:
        from_thread.run_sync(int)
    except RuntimeError:
        return False
    return True
