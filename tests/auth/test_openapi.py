"""The document of accounts, and accounts against their document: whatever is sent, nothing is ever a 500."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from schemathesis.python.asgi import shutdown_lifespans

from fastapi_todo_kit import Host, auth_router, todo_router
from fastapi_todo_kit.testing import MemoryMailer
from tests.auth.support import SECRET, auth_settings
from tests.databases import ONLY_SQLITE
from tests.promises import Case, keep_promises

CONFIG = {
    "generation": {"deterministic": True, "allow-x00": False},
    "checks": {
        # FastAPI answers OPTIONS with the methods of the first route of a path, not with those of all.
        "allow_header_conformance": {"enabled": False},
        # What fits the document is still a wrong password, a used link, or no token at all.
        "positive_data_acceptance": {"enabled": False},
        "negative_data_rejection": {
            "expected-statuses": ["400", "401", "403", "404", "405", "413", "415", "422", "429"]
        },
        "ignored_auth": {"enabled": False},
    },
}


def make_app(url: str) -> FastAPI:
    settings, host = auth_settings(url, limits={"per_address": 100_000}), Host(mailer=MemoryMailer())
    app = FastAPI()
    app.include_router(auth_router(settings, host), prefix="/auth")
    app.include_router(todo_router(settings, host), prefix="/api")
    return app


@cache
def document() -> dict[str, Any]:
    return make_app("sqlite+aiosqlite://").openapi()


def operations() -> dict[str, dict[str, Any]]:
    paths = document()["paths"]
    return {
        operation["operationId"]: operation
        for path, methods in paths.items()
        for operation in methods.values()
        if path.startswith("/auth/")
    }


def test_operations_have_names_of_their_own() -> None:
    every = [operation["operationId"] for methods in document()["paths"].values() for operation in methods.values()]

    assert len(every) == len(set(every))
    assert all(name.startswith("todo_kit_") for name in every)


def test_every_operation_of_accounts_describes_itself_and_its_errors() -> None:
    for name, operation in operations().items():
        assert operation["summary"], name
        assert operation["description"], name
        for status, response in operation["responses"].items():
            assert int(status) < 400 or list(response["content"]) == ["application/problem+json"], (name, status)


def test_a_login_is_asked_for_where_it_is_needed() -> None:
    open_to_all = {name for name, operation in operations().items() if "security" not in operation}

    assert open_to_all == {
        f"todo_kit_{name}"
        for name in (
            "authorize",
            "confirm_email",
            "get_key_set",
            "list_providers",
            "log_in",
            "log_in_with_form",
            "log_in_with_provider",
            "refresh_session",
            "register",
            "request_reset",
            "request_verification",
            "reset_password",
            "verify_email",
        )
    }


def test_no_secret_is_in_the_document() -> None:
    assert SECRET not in str(document())


schema = schemathesis.openapi.from_dict(document(), config=schemathesis.Config.from_dict(CONFIG))


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest) -> Iterator[list[FastAPI]]:
    """The application that answers, on each of the databases."""
    names = ("accounts_sqlite_url", *(() if ONLY_SQLITE else ("accounts_postgres_url",)))
    yield [make_app(request.getfixturevalue(name)) for name in names]
    shutdown_lifespans()


@pytest.mark.thorough
@pytest.mark.parametrize("name", operations())
def test_every_operation_keeps_what_its_document_promises(name: str, served: list[FastAPI]) -> None:
    def check(case: Case) -> None:
        for app in served:
            case.call_and_validate(app=app)

    keep_promises(schema, name, check, examples=15)
