"""A provider that does not answer: it is asked once, and costs nobody else anything."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from fastapi_todo_kit import TodoKitSettings
from fastapi_todo_kit.auth.external import keys
from fastapi_todo_kit.auth.oauth.providers import OpenIDLogin
from tests.auth.support import Application, auth_settings, running_application

pytestmark = pytest.mark.thorough

ISSUER = "https://provider.example"
DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class Provider(httpx.AsyncBaseTransport):
    """The network to a provider, which answers when it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.answers = asyncio.Event()
        self.now = datetime.now(UTC)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        await self.answers.wait()
        return httpx.Response(200, json=DOCUMENT, request=request)


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    monkeypatch.setattr(keys, "TIMEOUT", 0.3)
    return Provider()


@pytest.fixture
async def application(auth_kit_settings: TodoKitSettings, provider: Provider) -> AsyncIterator[Application]:
    async with running_application(auth_kit_settings, login_providers=[login_at(provider)]) as one:

        @one.app.get("/sync")
        def sync_route() -> str:
            return "here"

        yield one


def login_at(provider: Provider) -> OpenIDLogin:
    return OpenIDLogin(
        "slow", client_id="x", client_secret="y", issuer=ISSUER, transport=provider, clock=lambda: provider.now
    )


async def begin(application: Application) -> int:
    return (await application.client.post("/auth/providers/slow/authorize")).status_code


async def test_many_who_begin_at_a_provider_that_hangs_wait_for_one_question(
    application: Application, provider: Provider
) -> None:
    beginning = [asyncio.create_task(begin(application)) for _ in range(45)]
    while not provider.asked:  # noqa: ASYNC110  (the transport belongs to no loop yet)
        await asyncio.sleep(0.001)

    assert (await application.client.get("/sync")).json() == "here"
    assert not any(one.done() for one in beginning), "the threads of the host are free while the provider hangs"
    assert set(await asyncio.gather(*beginning)) == {503}
    assert provider.asked == 1


async def test_who_begins_while_a_provider_is_asked_gets_its_answer(
    application: Application, provider: Provider
) -> None:
    beginning = [asyncio.create_task(begin(application)) for _ in range(10)]
    await asyncio.sleep(0.1)
    provider.answers.set()

    assert await asyncio.gather(*beginning) == [200] * 10
    assert provider.asked == 1


async def test_a_provider_that_failed_is_left_alone_for_a_while(application: Application, provider: Provider) -> None:
    assert await begin(application) == 503
    provider.answers.set()

    assert await begin(application) == 503
    assert provider.asked == 1
    provider.now += timedelta(seconds=6)
    assert (await begin(application), provider.asked) == (200, 2)
    assert (await begin(application), provider.asked) == (200, 2), "it is asked once"


async def test_beginning_a_login_counts_as_an_attempt(accounts_url: str, provider: Provider) -> None:
    provider.answers.set()
    settings = auth_settings(accounts_url, limits={"per_address": 3})
    async with running_application(settings, login_providers=[login_at(provider)]) as application:
        assert [await begin(application) for _ in range(5)] == [200, 200, 200, 429, 429]
