"""What browsers are told: security headers, CORS; and the answers to other host names and to crashes."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from fastapi_todo_kit import ConfigurationError, TodoKitSettings, production_middleware
from tests.mounts.production.support import client_of, kit_of, make_app

PAGE = "https://app.example.com"


@pytest.mark.parametrize("path", ["/seen", "/api/todos", "/docs", "/openapi.json"])
async def test_every_answer_has_the_security_headers(settings: TodoKitSettings, path: str) -> None:
    async with client_of(make_app(settings, kit_of(settings))) as client:
        headers = (await client.get(path)).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-site"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_the_policy_lets_the_docs_load_their_scripts(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings)) as client:
        policy = (await client.get("/docs")).headers["content-security-policy"]

    assert not {"default-src", "script-src", "style-src", "img-src", "connect-src"} & set(
        policy.replace(";", "").split()
    )


async def test_what_a_route_says_itself_stays(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings)) as client:
        headers = (await client.get("/page")).headers

    assert headers.get_list("content-security-policy") == ["default-src *"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("values", "scheme", "sent"),
    [
        ({}, "https", "max-age=31536000"),
        ({"hsts": timedelta(hours=1)}, "https", "max-age=3600"),
        ({"hsts": None}, "https", None),
        ({}, "http", None),
    ],
)
async def test_browsers_are_bound_to_https_only_by_https(
    settings: TodoKitSettings, values: dict[str, Any], scheme: str, sent: str | None
) -> None:
    app = make_app(settings, trusted_proxies=["10.0.0.1"], **values)

    async with client_of(app, "10.0.0.1") as client:
        answer = await client.get("/seen", headers={"X-Forwarded-Proto": scheme})

    assert answer.headers.get("strict-transport-security") == sent


async def test_a_policy_can_be_left_out(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings, content_security_policy=None)) as client:
        answer = await client.get("/seen")

    assert "content-security-policy" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("api.example.com", 200),
        ("API.example.com:8443", 200),
        ("a.b.example.org", 200),
        ("example.org", 400),
        ("api.example.com.evil.example", 400),
        ("www.api.example.com", 400),
        ("example.net", 400),
        ("", 400),
    ],
)
async def test_other_host_names_are_refused(settings: TodoKitSettings, host: str, status: int) -> None:
    app = make_app(settings, allowed_hosts=["api.example.com", "*.example.org", "www.example.net"])

    async with client_of(app) as client:
        answer = await client.get("/seen", headers={"Host": host})

    assert answer.status_code == status


async def test_pages_of_named_origins_may_call(settings: TodoKitSettings) -> None:
    asked = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match,authorization"}

    async with client_of(make_app(settings, kit_of(settings), cors_origins=[PAGE])) as client:
        preflight = await client.options("/api/todos", headers={"Origin": PAGE, **asked})
        answer = await client.get("/api/todos", headers={"Origin": PAGE})

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-headers"] == "if-match,authorization"
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "access-control-allow-credentials" not in answer.headers
    assert {"ETag", "X-Request-ID", "RateLimit", "RateLimit-Policy"} <= set(
        answer.headers["access-control-expose-headers"].split(", ")
    )


@pytest.mark.parametrize(
    ("values", "origin"), [({"cors_origins": [PAGE]}, "https://evil.example"), ({}, PAGE)], ids=["another", "none"]
)
async def test_pages_of_other_origins_may_not_call(
    settings: TodoKitSettings, values: dict[str, Any], origin: str
) -> None:
    async with client_of(make_app(settings, kit_of(settings), **values)) as client:
        answer = await client.get("/api/todos", headers={"Origin": origin})

    assert "access-control-allow-origin" not in answer.headers


async def test_pages_can_read_refusals_and_crashes(settings: TodoKitSettings) -> None:
    app = make_app(settings, cors_origins=[PAGE], cors_credentials=True, body_bytes=1_024)

    async with client_of(app) as client:
        refused = await client.post("/size", content=b"x" * 2_000, headers={"Origin": PAGE})
        crashed = await client.get("/crash", headers={"Origin": PAGE})

    for answer, status in ((refused, 413), (crashed, 500)):
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == PAGE
        assert answer.headers["access-control-allow-credentials"] == "true"


async def test_a_crash_is_a_problem(settings: TodoKitSettings) -> None:
    async with client_of(make_app(settings)) as client:
        answer = await client.get("/crash")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "internal_server_error"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "secret" not in answer.text


async def test_servers_and_monitors_hear_of_a_crash(settings: TodoKitSettings) -> None:
    transport = httpx2.ASGITransport(make_app(settings), raise_app_exceptions=True)

    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        with pytest.raises(RuntimeError, match="a secret"):
            await client.get("/crash")


async def test_a_crash_in_the_middle_of_an_answer_is_left_alone(settings: TodoKitSettings) -> None:
    async def late(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError("too late")

    app = make_app(settings)
    app.mount("/late", late)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=True)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        with pytest.raises(RuntimeError, match="too late"):
            await client.get("/late/")


@pytest.mark.parametrize("caught", [500, Exception])
async def test_a_handler_of_the_host_answers_a_crash(settings: TodoKitSettings, caught: Any) -> None:
    app = make_app(settings)
    calls: list[str] = []

    @app.exception_handler(caught)
    async def answer(request: Request, _: Exception) -> PlainTextResponse:
        calls.append(request.url.path)
        return PlainTextResponse("sorry", 500)

    async with client_of(app) as client:
        crashed = await client.get("/crash")

    assert (crashed.text, calls) == ("sorry", ["/crash"])


async def test_tracebacks_are_shown_where_the_host_asks_for_them(settings: TodoKitSettings) -> None:
    app = make_app(settings)
    app.debug = True

    async with client_of(app) as client:
        crashed = await client.get("/crash")

    assert "RuntimeError: a secret" in crashed.text


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"cors_origins": ["*"], "cors_credentials": True}, "production: cors_credentials"),
        ({"cors_origins": ["https://app.example.com/"]}, "production.cors_origins.0"),
        ({"cors_origins": ["app.example.com"]}, "production.cors_origins.0"),
        ({"cors_origins": ["null"]}, "production.cors_origins.0"),
        ({"allowed_hosts": ["example.com:8000"]}, "production.allowed_hosts.0"),
        ({"allowed_hosts": ["https://example.com"]}, "production.allowed_hosts.0"),
        ({"allowed_hosts": ["api.*"]}, "production.allowed_hosts.0"),
        ({"allowed_hosts": []}, "production.allowed_hosts"),
        ({"trusted_proxies": ["*"]}, "production.trusted_proxies.0"),
        ({"trusted_proxies": ["10.0.0.1/8"]}, "production.trusted_proxies.0"),
        ({"trusted_proxies": ["proxy.internal"]}, "production.trusted_proxies.0"),
        ({"content_security_policy": "default-src 'self'\r\nX: y"}, "production.content_security_policy"),
        ({"body_bytes": 0}, "production.body_bytes"),
        ({"body_seconds": 0}, "production.body_seconds"),
    ],
)
def test_what_would_not_do_what_it_says_is_refused(values: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        TodoKitSettings(production=values)

    assert str(caught.value).startswith(f"argument {named}")


async def test_websockets_and_lifespans_pass(settings: TodoKitSettings) -> None:
    passed = []

    async def inner(scope: Any, _receive: Any, _send: Any) -> None:
        passed.append((scope["type"], scope.get("scheme"), scope.get("client")))

    settings = TodoKitSettings(
        database_url=settings.database_url,
        production={"trusted_proxies": ["10.0.0.1"], "cors_origins": [PAGE], "allowed_hosts": ["test"]},
    )
    app: Any = FastAPI(middleware=production_middleware(settings))
    app.router = inner
    headers = [(b"host", b"test"), (b"x-forwarded-proto", b"https"), (b"x-forwarded-for", b"203.0.113.9")]
    socket = {"type": "websocket", "path": "/", "scheme": "ws", "client": ("10.0.0.1", 1), "headers": headers}
    for scope in (socket, {"type": "lifespan"}):
        await app(scope, asyncio.Queue().get, asyncio.Queue().put)

    assert passed == [("websocket", "wss", ("203.0.113.9", 0)), ("lifespan", None, None)]
