"""What keeps Python's collector of garbage from stopping requests."""

import gc
from typing import Final

_THRESHOLDS: Final = (10_000, 10, 10)


def spare_collections() -> None:
    """Keep the collector of garbage from stopping requests.

    Call it once in each process, when the application is built. What was made until then stays until the end, and every
    full collection would look at all of it again: 0.13 s with 200,000 objects, in which nobody is answered. It is left
    out from now on (`gc.freeze`). And the collector waits for 10,000 new objects instead of 700, which a few requests
    have at the same moment. It holds for the whole process, your own routes included. Measured in
    docs/explanation/performance.md.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
