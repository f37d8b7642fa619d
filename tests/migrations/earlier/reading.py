"""What everybody is answered who reads, and whether that is still the same.

A collection names an object by its id where it shows it as the object itself is answered.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.migrations.earlier.application import Application, Caller

OBJECTS: Final = ("todos", "lists", "labels")
SORTS: Final = ("-position", "due,title", "-start", "deadline", "priority", "-title", "-created_at", "updated_at")
FILTERS: Final = (
    "status=completed",
    "status=cancelled&status=in_progress",
    "parent=none",
    "overdue=true",
    "today=true",
    "no_due=true",
    "no_label=true",
    "due.lt=2026-03-29",
    "start.gte=2026-03-01",
    "deadline.gte=2026-04-01",
    "completed.gte=2026-03-20",
    "priority.lte=5",
    "updated_since=2026-03-25T00:00:00Z",
    "link.source=billing",
    "link.source=billing&link.type=invoice&link.id=42",
    "q=cafe+orsted",
    "q=STRASSE",
    "q=fine",
)
OF_TODO: Final = ("subtasks", "occurrences", "upcoming", "reminders")
OF_ACCOUNT: Final = ("me", "sessions", "tokens", "me/logins", "providers", "users?limit=200", ".well-known/jwks.json")
Answer = Any
"""The status where it is no success, else the body."""


async def answers(application: Application, caller: Caller, *, is_thorough: bool = False) -> dict[str, Answer]:
    """Return what somebody is answered, by path; thoroughly, in every order and with every filter."""
    found: dict[str, Answer] = {}
    root = "/own" if "Authorization" in caller else "/api"
    for path in _collections(root, is_thorough=is_thorough):
        found[path] = await answer(application, caller, path)
    for path in [*_objects(found, root)]:
        found[path] = await answer(application, caller, path)
        if path.startswith(f"{root}/todos/"):
            below = {f"{path}/{name}": await answer(application, caller, f"{path}/{name}") for name in OF_TODO}
            found |= {one: body for one, body in below.items() if _items(body)}
            for reminder in _items(below[f"{path}/reminders"]):
                one = f"{path}/reminders/{reminder['id']}"
                found[one] = await answer(application, caller, one)
    if root == "/own":
        for path in (f"/auth/{name}" for name in OF_ACCOUNT):
            found[path] = await answer(application, caller, path)
    return found


def _collections(root: str, *, is_thorough: bool) -> Iterator[str]:
    yield from (f"{root}/spaces", f"{root}/spaces/current", f"{root}/trash?limit=200", f"{root}/reminders?limit=200")
    yield from (f"{root}/labels?limit=200", f"{root}/lists?limit=200&archived=any&counts=true")
    yield f"{root}/lists?limit=200"
    yield f"{root}/todos?limit=200&count=exact"
    if is_thorough:
        yield from (f"{root}/todos?limit=200&sort={sort}" for sort in SORTS)
        yield from (f"{root}/todos?limit=200&{words}" for words in FILTERS)


def _objects(found: Mapping[str, Answer], root: str) -> Iterator[str]:
    todos = [one["id"] for one in found[f"{root}/todos?limit=200&count=exact"]["items"] if "occurrence_of" not in one]
    trashed = [one["id"] for one in found[f"{root}/trash?limit=200"]["items"]]
    lists = [one["id"] for one in found[f"{root}/lists?limit=200&archived=any&counts=true"]["items"]]
    yield from (f"{root}/todos/{identity}" for identity in todos + trashed)
    yield from (f"{root}/lists/{identity}" for identity in lists)
    yield from (f"{root}/labels/{one['id']}" for one in found[f"{root}/labels?limit=200"]["items"])


def _items(body: Answer) -> list[Any]:
    return list(body["items"]) if isinstance(body, dict) else []


async def answer(application: Application, caller: Caller, path: str) -> Answer:
    """Return what somebody is answered at a path."""
    response = await application.send(caller, "GET", path)
    return response.json() if response.is_success else response.status_code


def shortened(found: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return answers in which a collection names the objects that it shows as they are."""
    alone = {path.split("/")[-1]: body for path, body in found.items() if "?" not in path and isinstance(body, dict)}

    def short(item: Any) -> Any:
        is_known = isinstance(item, dict) and "id" in item and alone.get(item["id"]) == item
        return item["id"] if is_known else item

    return {
        path: {**body, "items": [short(item) for item in body["items"]]}
        if isinstance(body, dict) and "items" in body
        else body
        for path, body in found.items()
    }


def lengthened(kept: Mapping[str, Answer]) -> dict[str, Answer]:
    """Undo `shortened`."""
    alone = {path.split("/")[-1]: body for path, body in kept.items()}

    def whole(item: Any) -> Any:
        return alone[item] if isinstance(item, str) and item in alone else item

    return {
        path: {**body, "items": [whole(item) for item in body["items"]]}
        if isinstance(body, dict) and "items" in body
        else body
        for path, body in kept.items()
    }


def differences(before: Any, now: Any, place: str = "") -> Iterator[str]:
    """Say what is lost or another: members may come in, and nothing else may change."""
    if isinstance(before, dict) and isinstance(now, dict):
        for name, value in before.items():
            if name in now:
                yield from differences(value, now[name], f"{place}/{name}")
            else:
                yield f"{place}/{name} is lost"
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for number, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from differences(one, other, f"{place}/{number}")
    elif before != now or type(before) is not type(now):
        yield f"{place}: {before!r} was answered, now {now!r}"
