"""What is made of the features: the services without HTTP, their sync twins, and the registry of verbs."""

import inspect
import re
from typing import Any, cast

import pytest

from fastapi_todo_kit.http.routing import KitRoute
from fastapi_todo_kit.mounts.todos import ROUTERS
from fastapi_todo_kit.mounts.variation import routes_of
from fastapi_todo_kit.services import SyncTodoServices, TodoServices
from fastapi_todo_kit.services.caller import Caller
from fastapi_todo_kit.services.registry import VERBS

_async = TodoServices(cast("Caller", None))
_sync = SyncTodoServices(_async)


def method_of(services: object, name: str) -> Any:
    feature, _, verb = name.partition(".")
    return getattr(getattr(services, feature), verb)


@pytest.mark.parametrize("name", VERBS)
def test_each_verb_is_in_both_services_as_its_service_spells_it(name: str) -> None:
    own, *given = inspect.signature(VERBS[name].call).parameters.values()

    assert own.name == "self"
    assert list(inspect.signature(method_of(_async, name)).parameters.values()) == given
    assert list(inspect.signature(method_of(_sync, name)).parameters.values()) == given


def test_the_services_have_no_other_methods() -> None:
    found = {
        f"{feature}.{name}"
        for feature, service in vars(_async).items()
        for name in dir(service)
        if not name.startswith("_")
    }

    assert found == set(VERBS)


ROUTES = [route for router in ROUTERS.values() for route in routes_of(router)]
ACTIONS = {verb.call.__qualname__: verb.action for verb in VERBS.values()}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_a_route_calls_a_verb_of_its_own_action(route: KitRoute) -> None:
    """One with another action, or a method that is no verb, would be another operation in the services."""
    called = re.findall(r"(\w+)\(work(?:, \w+)?\)\.(\w+)\(", inspect.getsource(route.endpoint))
    service, verb = called[-1]
    owners = [f"{one.__name__}.{verb}" for one in getattr(inspect.getmodule(route.endpoint), service).__mro__]
    actions = [ACTIONS[name] for name in owners if name in ACTIONS]

    assert actions == [route.action], f"{service}.{verb} needs @verb(Action.{route.action.name})"


def test_each_action_of_a_verb_is_one_of_a_route() -> None:
    assert {route.action for route in ROUTES} == {verb.action for verb in VERBS.values()}
