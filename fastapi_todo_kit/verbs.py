"""Methods of services that can be called without HTTP, each as a unit of work of its own: async, and a sync twin."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from fastapi_todo_kit.access import Access
from fastapi_todo_kit.host import Host
from fastapi_todo_kit.policy import Action
from fastapi_todo_kit.settings import TodoKitSettings
from fastapi_todo_kit.storage.sessions import SessionStore, drive
from fastapi_todo_kit.storage.tables import new_id
from fastapi_todo_kit.storage.work import Context, Events, Work

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


class Caller:
    """Whose calls these are, and in which session they work."""

    def __init__(
        self, settings: TodoKitSettings, host: Host, access: Access, store: SessionStore, events: Events
    ) -> None:
        self._settings = settings
        self._host = host
        self._access = access
        self._store = store
        self._events = events
        self._request_id = new_id().hex

    async def run(self, action: Action, operation: Callable[[Work], Awaitable[T]]) -> T:
        """Run one operation as a unit of work."""
        context = Context(self._settings, self._host, self._access, action, self._request_id, self._events)
        run = self._store.read if action.is_read else self._store.write
        return await run(context, operation)


class Verb(Generic[P, T]):
    """A method of a service as a host calls it: one unit of work in the host's transaction, with the same arguments."""

    def __init__(
        self, action: Action, service: Callable[[Work], S], method: Callable[Concatenate[S, P], Awaitable[T]]
    ) -> None:
        self._action = action
        self._service = service
        self._method = method
        self.__doc__ = method.__doc__

    async def run(self, caller: Caller, *args: P.args, **options: P.kwargs) -> T:
        """Run the method for a caller."""
        return await caller.run(self._action, lambda work: self._method(self._service(work), *args, **options))

    @overload
    def __get__(self, verbs: None, owner: type) -> "Verb[P, T]": ...
    @overload
    def __get__(self, verbs: "Verbs", owner: type) -> Callable[P, Coroutine[Any, Any, T]]: ...
    def __get__(self, verbs: "Verbs | None", owner: type) -> Any:
        """Return the method, bound to a caller."""
        if verbs is None:
            return self
        caller = verbs.caller

        def call(*args: P.args, **options: P.kwargs) -> Coroutine[Any, Any, T]:
            return self.run(caller, *args, **options)

        call.__doc__ = self.__doc__
        return call


class SyncVerb(Generic[P, T]):
    """The sync twin of a verb."""

    def __init__(self, verb: Verb[P, T]) -> None:
        self._verb = verb
        self.__doc__ = verb.__doc__

    @overload
    def __get__(self, verbs: None, owner: type) -> "SyncVerb[P, T]": ...
    @overload
    def __get__(self, verbs: "Verbs", owner: type) -> Callable[P, T]: ...
    def __get__(self, verbs: "Verbs | None", owner: type) -> Any:
        """Return the method, bound to a caller."""
        if verbs is None:
            return self
        verb, caller = self._verb, verbs.caller

        def call(*args: P.args, **options: P.kwargs) -> T:
            return drive(verb.run(caller, *args, **options))

        call.__doc__ = self.__doc__
        return call


class Verbs:
    """The methods of one service, for one caller."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
