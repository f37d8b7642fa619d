"""The applications that are compared. What they have in common is here; how they differ is in `registry.py`."""

import os

# The default lets a module be imported for its tables; a server always gets the variable.
DATABASE_URL = os.environ.get("BENCH_DSN", "postgresql+asyncpg://localhost/benchmark")
POOL_SIZE = 10
JWT_SECRET = "benchmark-secret-of-at-least-32-bytes"  # noqa: S105 - signs tokens of this benchmark only
