import http.server
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from fastapi.testclient import TestClient
from jwt.algorithms import RSAAlgorithm

from tests.hosts.loading import loaded

AUDIENCE = "https://api.example.com"


@dataclass(frozen=True)
class Provider:
    """An OpenID provider: what it signs with, and where its keys are published."""

    issuer: str
    key: RSAPrivateKey

    def token(self, sub: str, *, kid: str = "one", key: Any = None, algorithm: str = "RS256", **claims: Any) -> str:
        """Return a token that is valid unless the arguments say otherwise."""
        now = int(time.time())
        valid = {"iss": self.issuer, "aud": AUDIENCE, "sub": sub, "iat": now, "exp": now + 600}
        return jwt.encode({**valid, **claims}, key or self.key, algorithm, {"kid": kid})


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """The only thing here that is not real: a provider that publishes one key."""
    key = generate_private_key(65_537, 2_048)
    document = {"keys": [{**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "one", "use": "sig"}]}

    class Keys(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(document).encode()
            self.send_response(200 if self.path == "/.well-known/jwks.json" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Keys) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Provider(f"http://127.0.0.1:{server.server_port}/", key)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=["sqlite_url", "postgres_url"])
def database(request: pytest.FixtureRequest) -> str:
    """The kit's own database, on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(scope="module")
def client(database: str, provider: Provider) -> Iterator[TestClient]:
    """A client of the host, which trusts the provider."""
    trusted = {"OIDC_ISSUER": provider.issuer, "OIDC_AUDIENCE": AUDIENCE}
    with loaded("external_idp", TODO_KIT_DATABASE_URL=database, **trusted) as host, TestClient(host.app) as client:
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def titles(client: TestClient, token: str, **params: Any) -> Any:
    page = client.get("/api/todos", params=params, headers=bearer(token)).json()
    return [todo["title"] for todo in page["items"]]


def test_a_subject_that_is_a_text_has_a_space_of_its_own(client: TestClient, provider: Provider) -> None:
    subjects = [f"auth0|{time.time_ns()}", f"google-oauth2|{time.time_ns()}"]
    ann, bob = (provider.token(subject) for subject in subjects)

    todo = client.post("/api/todos", json={"title": "Ann's"}, headers=bearer(ann)).json()

    assert todo["created_by"] == subjects[0]
    assert (titles(client, ann), titles(client, bob)) == (["Ann's"], [])
    assert client.get(f"/api/todos/{todo['id']}", headers=bearer(bob)).status_code == 404


def test_the_space_outlives_the_token(client: TestClient, provider: Provider) -> None:
    subject, now = f"auth0|{time.time_ns()}", int(time.time())
    early, late = (provider.token(subject, exp=now + seconds) for seconds in (60, 600))

    client.post("/api/todos", json={"title": "x"}, headers=bearer(early))

    assert titles(client, late) == ["x"]


def test_the_zone_of_the_provider_says_what_today_is(client: TestClient, provider: Provider) -> None:
    subject = f"auth0|{time.time_ns()}"
    # 25 hours apart: what is due today in the west is overdue in the east at any time of the day.
    west, east = (provider.token(subject, zoneinfo=zone) for zone in ("Pacific/Niue", "Pacific/Kiritimati"))
    today = datetime.now(ZoneInfo("Pacific/Niue")).date().isoformat()
    client.post("/api/todos", json={"title": "x", "due": {"date": today}}, headers=bearer(west))

    assert titles(client, west, overdue=True) == []
    assert titles(client, east, overdue=True) == ["x"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "https://another.example.com"},
        {"iss": "https://another.example.com/"},
        {"exp": 1_700_000_000},
        {"kid": "two"},
        {"key": generate_private_key(65_537, 2_048)},
        {"key": "the public key, as a secret of 32 bytes or more", "algorithm": "HS256"},
        {"sub": None},
    ],
    ids=["audience", "issuer", "expired", "unknown key", "forged", "another algorithm", "nobody"],
)
def test_a_token_that_is_not_valid_is_401(client: TestClient, provider: Provider, wrong: dict[str, Any]) -> None:
    token = provider.token(**{"sub": "auth0|abc", **wrong})

    assert_refused(client, {"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x.y.z", "Basic YW5uOng="])
def test_a_missing_token_is_401(client: TestClient, header: str) -> None:
    assert_refused(client, {"Authorization": header})


def assert_refused(client: TestClient, headers: dict[str, str]) -> None:
    """Check that the kit answers as a problem what the host refuses in its own way."""
    of_kit, of_host = client.get("/api/todos", headers=headers), client.get("/whoami", headers=headers)

    assert (of_kit.status_code, of_host.status_code) == (401, 401)
    assert of_kit.headers["content-type"] == "application/problem+json"
    assert of_kit.json()["code"] == "unauthorized"
    assert of_kit.headers["www-authenticate"] == of_host.headers["www-authenticate"]
    assert of_host.json() == {"detail": of_kit.json()["detail"]}


def test_a_provider_that_is_away_is_503(sqlite_url: str, provider: Provider) -> None:
    environment = {"TODO_KIT_DATABASE_URL": sqlite_url, "OIDC_ISSUER": "http://127.0.0.1:9/"}
    with loaded("external_idp", **environment) as host, TestClient(host.app) as client:
        response = client.get("/api/todos", headers=bearer(provider.token("auth0|abc")))

    assert (response.status_code, response.headers["retry-after"]) == (503, "10")
    assert response.json()["code"] == "service_unavailable"


def test_its_security_scheme_is_in_the_document(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    assert document["components"]["securitySchemes"] == {"HTTPBearer": {"type": "http", "scheme": "bearer"}}
    for path, item in document["paths"].items():
        assert all(operation["security"] == [{"HTTPBearer": []}] for operation in item.values()), path
