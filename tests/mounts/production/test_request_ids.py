"""One id for each request: in the header, in problems, in changes, and where the host's own logs look for it."""

from collections.abc import Sequence
from typing import Any

import pytest

from fastapi_todo_kit import OnChange, TodoKitSettings
from fastapi_todo_kit.changes import ChangeEvent
from tests.mounts.production.support import client_of, kit_of, make_app

SANE = "7b2f0c1e-of.the:client"


@pytest.mark.parametrize("given", [SANE, "x" * 65, 'bad"<id>', "", None])
async def test_a_request_has_one_id(database_url: str, given: str | None) -> None:
    settings = TodoKitSettings(database_url=database_url)
    heard: list[str] = []

    async def listen(events: Sequence[ChangeEvent]) -> None:
        heard.extend(event.request_id for event in events)

    headers = {} if given is None else {"X-Request-ID": given}
    async with client_of(make_app(settings, kit_of(settings, on_change=OnChange(after_commit=listen)))) as client:
        created = await client.post("/api/todos", json={"title": "Milk"}, headers=headers)
        refused = await client.post("/api/todos", json={"title": ""}, headers=headers)
        seen = await client.get("/seen", headers=headers)

    assert set(heard) == {created.headers["x-request-id"]}
    assert refused.json()["request_id"] == refused.headers["x-request-id"]
    assert seen.json()["id"] == seen.headers["x-request-id"]
    ids = {one.headers["x-request-id"] for one in (created, refused, seen)}
    assert ids == {SANE} if given == SANE else len(ids) == 3


@pytest.mark.parametrize(
    ("path", "request_of", "status"),
    [
        ("/seen", {"headers": {"Host": "elsewhere.example"}}, 400),
        ("/size", {"content": b"x" * 2_000}, 413),
        ("/crash", {}, 500),
        ("/nowhere", {}, 404),
    ],
)
async def test_refusals_have_the_id_and_the_security_headers(
    settings: TodoKitSettings, path: str, request_of: dict[str, Any], status: int
) -> None:
    app = make_app(settings, body_bytes=1_024, allowed_hosts=["test"])

    async with client_of(app) as client:
        request = client.build_request("POST" if "content" in request_of else "GET", path, **request_of)
        request.headers["X-Request-ID"] = SANE
        answer = await client.send(request)

    assert answer.status_code == status
    assert answer.headers["x-request-id"] == SANE
    assert answer.headers["x-content-type-options"] == "nosniff"
