"""What is made of the features: the services without HTTP, their sync twins, and the registry of verbs."""

import inspect
from typing import Any, cast

import pytest

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


def test_verbs_and_routes_need_the_same_actions() -> None:
    routes = [route for router in ROUTERS.values() for route in routes_of(router)]

    assert {route.action for route in routes} == {verb.action for verb in VERBS.values()}
