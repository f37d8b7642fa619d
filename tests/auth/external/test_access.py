"""The dependency on a host: the kit below it, the host's own routes, and the arguments of real providers."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated, Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import Depends, FastAPI

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from fastapi_todo_kit.auth.external.dependencies import ExternalUser, jwt_user
from fastapi_todo_kit.errors import ConfigurationError
from tests.auth.external.support import (
    ABSENT,
    AUDIENCE,
    DISCOVERY,
    ISSUER,
    JWKS,
    FakeIssuer,
    Forge,
    StandingClock,
    calling,
    make_app,
    private_key,
    public_jwk,
)
from tests.support import running

SECRET = "a secret of at least thirty-two bytes"


@pytest.fixture
def host(settings: TodoKitSettings, issuer: FakeIssuer, clock: StandingClock) -> FastAPI:
    """A host with a route of its own and the kit, for the users of the issuer."""
    user = jwt_user(issuer=ISSUER, audience=AUDIENCE, clock=clock, transport=issuer.transport)
    app = FastAPI()

    @app.get("/api/whoami")
    async def whoami(user: Annotated[ExternalUser, Depends(user)]) -> str:
        return user.id

    app.include_router(todo_router(settings, Host(current_user=user, clock=clock)), prefix="/api")
    return app


async def test_the_kit_and_the_host_know_the_same_user(host: FastAPI, issuer: FakeIssuer, forge: Forge) -> None:
    ann, bob = ({"Authorization": f"Bearer {forge(sub=f'auth0|{name}-{id(host)}')}"} for name in ("ann", "bob"))
    async with running(host) as api:
        todo = (await api.send("POST", "/todos", {"title": "Ann's"}, headers=ann)).json()
        own = (await api.send("GET", "/whoami", headers=ann)).json()
        statuses = [(await api.send("GET", f"/todos/{todo['id']}", headers=who)).status_code for who in (ann, bob)]

    assert todo["created_by"] == own == f"auth0|ann-{id(host)}"
    assert statuses == [200, 404]
    assert issuer.asked == [DISCOVERY, JWKS]


async def test_the_zone_of_the_token_says_what_today_is(host: FastAPI, forge: Forge) -> None:
    subject = f"auth0|{id(host)}"
    # It is noon in UTC on the 28th: on Kiritimati, the 29th.
    west, east = (forge(sub=subject, zoneinfo=zone) for zone in ("Pacific/Niue", "Pacific/Kiritimati"))
    async with running(host) as api:
        due = {"title": "x", "due": {"date": "2026-03-28"}}
        await api.send("POST", "/todos", due, headers={"Authorization": f"Bearer {west}"})
        found = [
            len(
                (await api.send("GET", "/todos?overdue=true", headers={"Authorization": f"Bearer {one}"})).json()[
                    "items"
                ]
            )
            for one in (west, east)
        ]

    assert found == [0, 1]


async def test_the_kit_refuses_as_a_problem_with_the_same_challenge(host: FastAPI, forge: Forge) -> None:
    headers = {"Authorization": f"Bearer {forge(aud='https://another.example.com')}"}
    async with running(host) as api:
        of_kit, of_host = [await api.send("GET", path, headers=headers) for path in ("/todos", "/whoami")]

    assert (of_kit.status_code, of_host.status_code) == (401, 401)
    assert of_kit.headers["content-type"] == "application/problem+json"
    assert of_kit.headers["www-authenticate"] == of_host.headers["www-authenticate"]
    assert of_kit.json()["detail"] == of_host.json()["detail"] == "The token is for another audience"


async def test_an_issuer_that_is_away_is_503_in_both(host: FastAPI, issuer: FakeIssuer, forge: Forge) -> None:
    issuer.is_away = True
    headers = {"Authorization": f"Bearer {forge()}"}
    async with running(host) as api:
        answers = [await api.send("GET", path, headers=headers) for path in ("/todos", "/whoami")]

    assert [(answer.status_code, answer.headers["retry-after"]) for answer in answers] == [(503, "5"), (503, "5")]


def test_the_document_says_that_a_bearer_token_is_needed(host: FastAPI) -> None:
    document = host.openapi()

    scheme = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    assert document["components"]["securitySchemes"] == {"HTTPBearer": scheme}
    for path, item in document["paths"].items():
        assert all(operation["security"] == [{"HTTPBearer": []}] for operation in item.values()), path


@pytest.mark.parametrize(
    ("options", "claims", "wrong"),
    [
        pytest.param(
            {"audience": ["api://todo", "5a1e"], "user_id": "oid"},
            {"aud": "5a1e", "oid": "00000000-0000-0000-66f3-3332eca7ea81", "ver": "2.0"},
            {"aud": "https://graph.microsoft.com"},
            id="Entra ID",
        ),
        pytest.param(
            {"audience": None, "required_claims": {"token_use": "access", "client_id": "5a1e"}},
            {"aud": ABSENT, "token_use": "access", "client_id": "5a1e"},
            {"aud": "5a1e", "token_use": "id"},
            id="Cognito",
        ),
        pytest.param(
            {"audience": "todo", "required_claims": {"typ": "Bearer"}},
            {"aud": ["todo", "account"], "typ": "Bearer"},
            {"typ": "ID"},
            id="Keycloak",
        ),
        pytest.param(
            {"audience": None}, {"aud": "anything"}, {"iss": "https://another.example.com/"}, id="any audience"
        ),
    ],
)
async def test_the_tokens_of_a_provider(
    issuer: FakeIssuer, forge: Forge, options: dict[str, Any], claims: dict[str, Any], wrong: dict[str, Any]
) -> None:
    async with calling(make_app(issuer, forge.clock, **options)) as me:
        assert await me.status(forge(**claims)) == 200
        assert await me.status(forge(**{**claims, **wrong})) == 401


@pytest.mark.parametrize("kid", [ABSENT, "any"])
async def test_a_shared_secret_needs_no_keys(issuer: FakeIssuer, forge: Forge, kid: Any) -> None:
    async with calling(make_app(issuer, forge.clock, secret=SECRET)) as me:
        header = {"kid": kid}
        assert await me.status(forge(header=header, algorithm="HS256", key=SECRET.encode())) == 200
        assert await me.status(forge(header=header, algorithm="HS256", key=SECRET[:-1].encode())) == 401
        assert await me.status(forge(header=header, algorithm="HS512", key=SECRET.encode() * 2)) == 401
        assert await me.status(forge()) == 401

    assert issuer.asked == []


async def test_a_transport_that_connects_is_used_again(forge: Forge) -> None:
    with published_here() as (name, asked):
        app = make_app(FakeIssuer([], name), forge.clock, transport=httpx.AsyncHTTPTransport())
        async with calling(app) as me:
            assert await me.status(forge(iss=name)) == 200
            forge.clock.advance(hours=1)
            assert await me.status(forge(iss=name)) == 200

    assert asked == [DISCOVERY, JWKS] * 2


async def test_the_issuer_is_asked_over_the_network_by_default(forge: Forge) -> None:
    with published_here() as (name, asked):
        async with calling(make_app(FakeIssuer([], name), forge.clock, transport=None)) as me:
            assert await me.status(forge(iss=name)) == 200

    assert asked == [DISCOVERY, JWKS]


@contextmanager
def published_here() -> Iterator[tuple[str, list[str]]]:
    """Publish a key on this machine; yield the issuer and the paths that it is asked for."""
    asked: list[str] = []

    class Published(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            documents = {DISCOVERY: {"issuer": name, "jwks_uri": f"{name}{JWKS}"}, JWKS: {"keys": [public_jwk("rsa")]}}
            body = json.dumps(documents[self.path]).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Print nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Published) as server:
        name = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield name, asked
        finally:
            server.shutdown()
            thread.join()


def pem() -> str:
    text: bytes = private_key("rsa").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return text.decode()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"issuer": "http://issuer.example.com/"}, "https"),
        ({"issuer": "issuer.example.com"}, "https"),
        ({"issuer": ""}, "https"),
        ({"issuer": "https://"}, "https"),
        ({"issuer": "https://["}, "https"),
        ({"issuer": "http://localhost.example.com/"}, "https"),
        ({"issuer": "https://issuer.example.com/?a=b"}, "query"),
        ({"issuer": "https://issuer.example.com/#a"}, "query"),
        ({"jwks_url": "http://issuer.example.com/keys"}, "https"),
        ({"jwks_url": "file:///keys"}, "https"),
        ({"audience": ""}, "empty"),
        ({"audience": []}, "empty"),
        ({"audience": ["a", ""]}, "empty"),
        ({"algorithms": []}, "RS256"),
        ({"algorithms": "RS256"}, "RS256"),
        ({"algorithms": ["none"]}, "secret"),
        ({"algorithms": ["RS256", "HS256"]}, "secret"),
        ({"secret": ""}, "empty"),
        ({"secret": "x" * 31}, "32 bytes"),
        ({"secret": pem()}, "asymmetric"),
        ({"secret": json.dumps(public_jwk("rsa"))}, "JWK"),
        ({"secret": SECRET, "jwks_url": "https://issuer.example.com/keys"}, "not both"),
        ({"required_claims": {"x": object()}}, "JSON"),
        ({"required_claims": {"x": float("nan")}}, "JSON"),
        ({"leeway": timedelta(seconds=-1)}, "negative"),
    ],
)
def test_arguments_that_cannot_be_right_are_refused_at_once(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        jwt_user(**{"issuer": ISSUER, "audience": AUDIENCE, **wrong})
