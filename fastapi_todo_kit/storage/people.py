"""Asking the host who people are, in a unit of work."""

from collections.abc import Collection, Mapping

from fastapi_todo_kit.core.answers import wrong
from fastapi_todo_kit.core.people import Person
from fastapi_todo_kit.storage.asking import answer_of
from fastapi_todo_kit.storage.work import Work


async def people_of(work: Work, user_ids: Collection[str]) -> Mapping[str, Person]:
    """Return what the host says of users; nothing of whom it does not know.

    Raises:
        ConfigurationError: it answers no mapping of ids to `Person`.
    """
    people = work.kit.host.people
    if people is None or not user_ids:
        return {}
    found = await answer_of(people.by_ids, user_ids, in_thread=not work.is_sync)
    if not isinstance(found, Mapping) or not all(isinstance(one, Person) for one in found.values()):
        raise wrong("Host.people.by_ids", "a mapping of ids to Person(...)", found)
    return found
