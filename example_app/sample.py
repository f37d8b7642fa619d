"""A little sample data, sent through the API like any client would. Its ids are fixed, so it is made only once."""

from http import HTTPStatus
from typing import Any

import httpx2
from fastapi import FastAPI

_TRIP = "01980000-0000-7000-8000-000000000001"
_URGENT = "01980000-0000-7000-8000-000000000002"
_PASSPORT = "01980000-0000-7000-8000-000000000003"
_SAMPLE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/lists", {"id": _TRIP, "name": "Trip to Lisbon", "color": "#d97706", "icon": "✈️"}),
    ("/labels", {"id": _URGENT, "name": "Urgent", "color": "#dc2626"}),
    (
        "/todos",
        {
            "id": _PASSPORT,
            "list_id": _TRIP,
            "title": "Renew the passport",
            "priority": 1,
            "label_ids": [_URGENT],
            "due": {"datetime": "2027-01-11T09:00:00", "timezone": "Europe/Berlin"},
        },
    ),
    (
        "/todos",
        {
            "id": "01980000-0000-7000-8000-000000000004",
            "parent_id": _PASSPORT,
            "title": "Have a photo taken",
        },
    ),
    (
        "/todos",
        {"id": "01980000-0000-7000-8000-000000000005", "title": "Water the plants", "due": {"date": "2026-12-24"}},
    ),
)


async def add_sample(app: FastAPI, token: str) -> None:
    """Add the sample for the user of a token; what is there already stays as it is.

    Raises:
        RuntimeError: the application answered with anything else than "created" or "exists already".
    """
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app), base_url="http://demo/api", headers={"Authorization": f"Bearer {token}"}
    ) as client:
        for path, body in _SAMPLE:
            response = await client.post(path, json=body)
            if response.status_code not in {HTTPStatus.CREATED, HTTPStatus.CONFLICT}:
                raise RuntimeError(f"the sample was refused: {response.text}")
