"""No secret in a log, a traceback or an answer. Every test of accounts is watched; these see that it is."""

import logging

import httpx2
import pytest

from fastapi_todo_kit import Host, TodoKitSettings
from fastapi_todo_kit.auth.accounts import accounts_of
from fastapi_todo_kit.auth.authentication.user import AuthUser
from tests.auth.canaries import watched_answers, watched_logs
from tests.auth.support import PASSWORD, SECRET, Application, auth_settings

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("secret", [PASSWORD, SECRET, "tdk_" + "a" * 36, "$argon2id$v=19"])
def test_the_watch_sees_a_secret_in_a_log(secret: str) -> None:
    quiet = logging.getLogger("only.of.this.test")
    quiet.propagate = False
    with watched_logs() as logs:
        quiet.addHandler(logs)
        quiet.warning("the value is %s", secret)

    assert len(logs.found) == 1


async def test_the_watch_sees_a_secret_in_an_answer() -> None:
    with watched_answers("watched.test") as found:
        transport = httpx2.MockTransport(lambda _request: httpx2.Response(200, text=f"it is {SECRET}"))
        async with httpx2.AsyncClient(transport=transport, base_url="https://watched.test") as client:
            await client.get("/")

    assert len(found) == 1


async def test_the_watch_sees_the_statements_of_a_login(application: Application) -> None:
    with watched_logs() as logs:
        await application.person()

    assert logs.seen > 10
    assert logs.found == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/register", {"email": PASSWORD, "password": PASSWORD}),
        ("/auth/register", {"email": "a@example.com", "password": [PASSWORD]}),
        ("/auth/register", {"email": "a@example.com", "password": PASSWORD, "surplus": PASSWORD}),
        ("/auth/login", {"email": 7, "password": PASSWORD}),
        ("/auth/login", {"email": "nobody@example.com", "password": PASSWORD}),
        ("/auth/reset", {"token": PASSWORD, "password": PASSWORD}),
        ("/auth/verify", {"token": SECRET}),
        ("/auth/refresh", {"refresh_token": SECRET}),
    ],
)
async def test_what_is_refused_is_not_repeated(application: Application, path: str, body: dict[str, object]) -> None:
    response = await application.client.post(path, json=body)

    assert response.status_code >= 400
    assert PASSWORD not in response.text
    assert SECRET not in response.text


def test_settings_and_what_is_made_of_them_hide_their_secrets(accounts_url: str) -> None:
    settings = auth_settings(accounts_url)
    accounts = accounts_of(settings, Host())

    for thing in (settings, settings.auth, accounts, vars(accounts), accounts.access_tokens, accounts.passwords):
        assert SECRET not in repr(thing)
        assert SECRET not in str(thing)
    assert SECRET not in settings.model_dump_json()


def test_a_secret_that_is_refused_is_not_repeated() -> None:
    with pytest.raises(Exception, match="at least 32 bytes") as refused:
        TodoKitSettings(auth={"secret": "too short a one"})

    assert "too short a one" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert "token" not in repr(AuthUser("1", None, is_verified=True, is_superuser=False)).replace("token_id", "")
