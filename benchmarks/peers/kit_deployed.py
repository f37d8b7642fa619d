"""The kit as `example_app/production.py` starts it: collections leave out what was built, and come less often."""

from benchmarks.peers.kit import app
from fastapi_todo_kit import spare_collections

__all__ = ["app"]

spare_collections()
