"""What a provider answers is input like any other: whatever it is, nothing breaks by it."""

import asyncio
from collections.abc import Iterator

import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.auth.external import keys
from fastapi_todo_kit.auth.oauth import providers as providers_of_logins
from fastapi_todo_kit.auth.oauth.providers import OAuthLogin, OpenIDLogin
from fastapi_todo_kit.errors import LoginFailed, ProviderUnavailable
from fastapi_todo_kit.host import LoginProvider
from tests.auth.oauth.provider import Provider, running_provider
from tests.auth.oauth.test_oauth import ANN, come_back, log_in, providers
from tests.auth.support import running_application

pytestmark = pytest.mark.thorough

DEEP = 100_000
ANSWERS = {
    "null": b"null",
    "number": b"5",
    "boolean": b"true",
    "text": b'"a text"',
    "array": b"[]",
    "array of texts": b'["access_token", "id_token", "sub", "issuer", "keys"]',
    "empty object": b"{}",
    "deep array": b"[" * DEEP,
    "deep object": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep member": b'{"id_token":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "no json": b"<html>",
    "nothing": b"",
    "not utf-8": b"\xff\xfe",
    "NaN": b"NaN",
    "members of other kinds": b'{"access_token": {}, "id_token": 5, "issuer": [], "keys": {}, "error": 1}',
    "keys of other kinds": b'{"keys": [null, 5, [], {"kty": []}, {"kty": "RSA", "n": 5, "kid": {}}]}',
    "no number of seconds": b'{"access_token": "a", "id_token": "b.c.d", "expires_in": "soon"}',
    "no seconds": b'{"access_token": "a", "id_token": "b.c.d", "expires_in": null}',
    "endless seconds": b'{"access_token": "a", "id_token": "b.c.d", "expires_in": 1e999}',
    "a header": b'{"access_token": "a\\r\\nb", "id_token": "b\\u0000.c.d"}',
}
DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = [("oidc", DISCOVERY), ("oidc", "/token"), ("oidc", "/keys"), ("plain", "/token"), ("plain", "/userinfo")]
SECRETS = {"nonce": "n", "verifier": "v" * 43}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as one:
        yield one


async def asked(
    login: LoginProvider, provider: Provider, path: str, answer: bytes | None = None, manner: str | None = None
) -> None:
    """Log in at a provider that answers something else at a path, or in another way."""
    answers = {} if answer is None else {path: answer}
    manners = {} if manner is None else {path: manner}
    provider.answers, provider.manner = (answers, manners) if path == DISCOVERY else ({}, {})
    url = await login.authorization_url("https://todos.example/login", state="s", **SECRETS)
    back = provider.come_back(url, **ANN, email="ann@example.com")
    provider.answers, provider.manner = answers, manners
    await login.identity("https://todos.example/login", code=back["code"], **SECRETS)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize(("name", "path"), ENDPOINTS)
async def test_nonsense_of_a_provider_is_an_error_that_a_client_understands(
    provider: Provider, name: str, path: str, answer: bytes
) -> None:
    login: OpenIDLogin | OAuthLogin = next(one for one in providers(provider) if one.name == name)

    with pytest.raises((LoginFailed, ProviderUnavailable)):
        await asked(login, provider, path, answer)


@pytest.mark.parametrize("name", ["null", "deep array"])
async def test_whoever_logs_in_then_is_told_so(
    auth_kit_settings: TodoKitSettings, provider: Provider, name: str
) -> None:
    provider.answers, provider.manner = {}, {}
    async with running_application(auth_kit_settings, login_providers=providers(provider)) as application:
        body = await come_back(application, provider, **ANN, email=application.nobody().email)
        provider.answers = {"/token": ANSWERS[name]}

        response = await log_in(application, body)

    assert (response.status_code, response.json()["code"]) == (400, "login_failed")


@pytest.mark.parametrize("manner", ["long", "zipped", "slowly"])
@pytest.mark.parametrize(("name", "path"), ENDPOINTS)
async def test_an_answer_is_bounded_in_bytes_and_in_time(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, name: str, path: str, manner: str
) -> None:
    for where, patience in [(keys, "TIMEOUT"), (providers_of_logins, "TIMEOUT"), (providers_of_logins, "_PATIENCE")]:
        monkeypatch.setattr(where, patience, 0.5)
    login: OpenIDLogin | OAuthLogin = next(one for one in providers(provider) if one.name == name)
    async with asyncio.timeout(20):  # of which the test fails, where nothing else ends it
        with pytest.raises((LoginFailed, ProviderUnavailable)):
            await asked(login, provider, path, manner=manner)
