"""Traces: FastAPI's own spans, with what only the kit knows."""

import pytest
from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from fastapi_todo_kit import Host, TodoKitSettings, todo_router
from tests.support import header_user, running

pytest.importorskip("fastapi.telemetry", reason="this FastAPI has no telemetry of its own yet")


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


async def test_a_span_of_fastapi_says_which_operation_it_was(sqlite_url: str, spans: InMemorySpanExporter) -> None:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    app = FastAPI(telemetry={"tracer_provider": provider, "metrics": False, "logs": False})
    app.include_router(
        todo_router(TodoKitSettings(database_url=sqlite_url), Host(current_user=header_user)),
        prefix="/api",
    )
    async with running(app) as api:
        todo = await api.todo("a secret")

    (request,) = [span for span in spans.get_finished_spans() if span.name == "POST /api/todos"]
    attributes = dict(request.attributes or {})
    assert attributes["todo_kit.operation"] == "create_todo"
    assert attributes["user.id"] == api.user
    assert {"todo_kit.space", "todo_kit.request_id", "http.route"} <= attributes.keys()
    assert "a secret" not in "".join(span.to_json() for span in spans.get_finished_spans())
    assert todo["title"] == "a secret"
