"""What is not understood is refused by the routes of accounts as by those of todos."""

import pytest

from tests.auth.support import Application
from tests.http.heavy import Operation, operations_of

pytestmark = pytest.mark.thorough

NOTHING = dict.fromkeys(("session_id", "token_id", "user_id", "provider"), "nothing")


def accounts_of(application: Application) -> list[Operation]:
    return [one for one in operations_of(application.app) if one.path.startswith("/auth/")]


async def test_every_operation_refuses_an_unknown_parameter(application: Application) -> None:
    admin = await application.superuser()

    for operation in accounts_of(application):
        response = await admin.send(operation.method, f"{operation.path.format(**NOTHING)}?in_cookie=true")

        told = response.json()
        assert (response.status_code, told["code"]) == (422, "unknown_parameter"), operation.name
        assert told["errors"][0]["parameter"] == "in_cookie"


async def test_every_operation_without_a_body_refuses_one(application: Application) -> None:
    admin = await application.superuser()

    for operation in accounts_of(application):
        if not operation.takes_body:
            path = operation.path.format(**NOTHING)
            assert (await admin.send(operation.method, path, {"x": 1})).json()["code"] == "unexpected_body", path


async def test_who_calls_is_asked_before(application: Application) -> None:
    response = await application.nobody().get("/auth/users?page=2")

    assert response.status_code == 401


async def test_parameters_of_accounts_are_known(application: Application) -> None:
    admin = await application.superuser()

    assert (await admin.get("/auth/users?limit=1&email=x@example.com")).status_code == 200
    assert (await admin.get("/auth/users?limit=1&limit=2")).status_code == 422
