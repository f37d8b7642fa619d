"""The snippets of the how-to, each with a token as its provider makes them."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from fastapi_todo_kit.host import utc_now
from tests.auth.external.support import ABSENT, Forge, StandingClock, public_jwk
from tests.docs.running import SNIPPETS, ran

SECRET = "the legacy secret of a project, 40 bytes"
NEON = "https://ep-example-123456.neonauth.us-east-2.aws.neon.tech"
CLIENT = "00001111-aaaa-2222-bbbb-3333cccc4444"

PROVIDERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "auth0": ("https://example.eu.auth0.com/", "rsa", {"aud": ["https://api.example.com", "x"]}),
    "keycloak": ("https://sso.example.com/realms/example", "rsa", {"aud": ["todo-api", "account"], "typ": "Bearer"}),
    "supabase": ("https://abcdefghijklmnopqrst.supabase.co/auth/v1", "p256", {"aud": "authenticated"}),
    "supabase_secret": ("https://abcdefghijklmnopqrst.supabase.co/auth/v1", "secret", {"aud": "authenticated"}),
    "neon": (NEON, "ed", {"aud": NEON}),
    "entra": (
        "https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/v2.0",
        "rsa",
        {"aud": CLIENT, "oid": "auth0|ann", "sub": "another in each application"},
    ),
    "cognito": (
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
        "rsa",
        {"aud": ABSENT, "token_use": "access", "client_id": "1example23456789"},
    ),
}
OTHERS = {"app", "testing"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snippets write their database into the present folder, and one reads a variable."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPABASE_JWT_SECRET", SECRET)


def answer_as(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer what the snippets ask the network as this issuer would."""
    keys = [public_jwk(kind) for kind in ("rsa", "p256", "ed")]

    def answer(request: httpx.Request) -> httpx.Response:
        path = str(request.url).removeprefix(name.removesuffix("/"))
        if path == "/.well-known/openid-configuration":
            return httpx.Response(200, json={"issuer": name, "jwks_uri": f"{name}/keys"})
        return (
            httpx.Response(200, json={"keys": keys}) if path.endswith(("/keys", "/jwks.json")) else httpx.Response(404)
        )

    async def handle(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        return await httpx.MockTransport(answer).handle_async_request(request)

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", handle)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_call_for_a_provider_accepts_its_tokens(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, kind, claims = PROVIDERS[provider]
    answer_as(name, monkeypatch)
    forge = Forge(StandingClock(utc_now()), name)
    signing: dict[str, Any] = {"algorithm": "HS256", "key": SECRET.encode()} if kind == "secret" else {"kind": kind}
    app = FastAPI()
    with ran(f"external/{provider}.py") as names:
        app.include_router(todo_router(TodoKitSettings(), Host(current_user=names["user"])), prefix="/api")
    with TestClient(app) as client:
        good, bad = (forge(**signing, **one) for one in (claims, {**claims, "iss": "https://evil.example.com/"}))
        answers = [
            client.post("/api/todos", json={"title": "x"}, headers={"Authorization": f"Bearer {token}"})
            for token in (good, bad)
        ]

    assert [answer.status_code for answer in answers] == [201, 401]
    assert answers[0].json()["created_by"] == "auth0|ann"


def test_the_application_has_the_kit_and_a_route_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "https://example.eu.auth0.com/"
    answer_as(name, monkeypatch)
    token = Forge(StandingClock(utc_now()), name)(email="ann@example.com")
    with ran("external/app.py") as names, TestClient(names["app"]) as client:
        headers = {"Authorization": f"Bearer {token}"}

        assert client.get("/me", headers=headers).json() == "ann@example.com"
        assert client.get("/api/todos", headers=headers).json()["items"] == []
        assert client.get("/me").status_code == 401


def test_the_test_of_a_host_passes() -> None:
    with ran("external/testing.py") as names:
        names["test_ann_adds_a_todo"]()


def test_every_snippet_of_a_provider_has_a_test() -> None:
    assert {path.stem for path in (SNIPPETS / "external").glob("*.py")} == {*PROVIDERS, *OTHERS}
