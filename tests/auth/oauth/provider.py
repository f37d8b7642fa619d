"""A provider of logins on a port of its own: OpenID Connect and plain OAuth 2, as strict as the good ones are."""

import asyncio
import base64
import gzip
import hashlib
import secrets
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI, Form, Header, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from jwt.algorithms import RSAAlgorithm
from starlette.middleware.base import RequestResponseEndpoint

CLIENT_ID = "the-client"
CLIENT_SECRET = "the secret of the client"


@dataclass
class Provider:
    """What the provider knows of people, and what it is told to do wrong."""

    url: str = ""
    key: Any = field(default_factory=lambda: rsa.generate_private_key(65_537, 2_048))
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed_claims: dict[str, Any] = field(default_factory=dict)
    is_broken: bool = False
    answers: dict[str, bytes] = field(default_factory=dict)
    """What is answered at a path, instead of what is right."""
    manner: dict[str, str] = field(default_factory=dict)
    """How what is right is answered at a path: "long", "zipped", "slowly"."""

    def come_back(self, authorization_url: str, **person: Any) -> dict[str, str]:
        """Do what a browser does at the provider: log in as this person, and return what it comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(authorization_url).query).items()}
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = {**asked, "person": person}
        return {"code": code, "state": asked["state"]}

    def id_token(self, asked: dict[str, Any]) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "nonce": asked.get("nonce")}
        return jwt.encode(
            {**claims, **asked["person"], **self.changed_claims}, self.key, "RS256", headers={"kid": "the-key"}
        )


async def answer(provider: Provider, request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Answer what is right, unless the provider is told to answer something else, or in another way."""
    path = request.url.path
    if path in provider.answers:
        return Response(provider.answers[path], media_type="application/json")
    response = await call_next(request)
    if path not in provider.manner:
        return response
    body: Any = response
    return in_manner(provider.manner[path], b"".join([piece async for piece in body.body_iterator]))


def make_app(provider: Provider) -> FastAPI:
    """Return the provider's application."""
    app = FastAPI()

    app.middleware("http")(partial(answer, provider))

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        return {
            "issuer": provider.url,
            "authorization_endpoint": f"{provider.url}/authorize",
            "token_endpoint": f"{provider.url}/token",
            "userinfo_endpoint": f"{provider.url}/userinfo",
            "jwks_uri": f"{provider.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    @app.get("/keys")
    async def keys() -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(provider.key.public_key(), as_dict=True)
        public.pop("key_ops", None)
        return {"keys": [{**public, "kid": "the-key", "use": "sig"}]}

    @app.post("/token", response_model=None)
    async def token(
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        client_secret: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()] = "",
    ) -> JSONResponse | dict[str, Any]:
        if provider.is_broken:
            return JSONResponse({"error": "server_error"}, 502)
        asked = provider.codes.pop(code, None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).rstrip(b"=").decode()
        fits = asked is not None and asked["redirect_uri"] == redirect_uri and asked["code_challenge"] == challenge
        if asked is None or not fits or client_secret != CLIENT_SECRET:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access_token = secrets.token_urlsafe(8)
        provider.profiles[access_token] = asked["person"]
        answer = {"access_token": access_token, "token_type": "bearer", "expires_in": 60}
        return {**answer, "id_token": provider.id_token(asked)}

    @app.get("/userinfo")
    async def userinfo(authorization: Annotated[str, Header()]) -> Any:
        return provider.profiles[authorization.removeprefix("Bearer ")]

    return app


def in_manner(manner: str, body: bytes) -> Response:
    """Return what is right in a way that is not: a mebibyte of it, compressed unasked, or in an hour."""
    if manner == "zipped":
        return Response(gzip.compress(body), headers={"Content-Encoding": "gzip"}, media_type="application/json")
    if manner == "long":
        return Response(body + b" " * 2**20, media_type="application/json")

    async def slowly() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.02)
            yield b" "

    return StreamingResponse(slowly(), media_type="application/json")


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider in a thread."""
    provider = Provider()
    server = uvicorn.Server(uvicorn.Config(make_app(provider), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    provider.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(timeout=20)
