"""How much the tests of this folder do: a little in CI, and hours with `hatch run soak`."""

import os
from typing import Final

IS_FULL: Final = os.environ.get("KIT_TEST_SURVIVAL") == "full"
KILLS: Final = 100 if IS_FULL else 20
SILENT_SECONDS: Final = 10.0 if IS_FULL else 2.0
OVERLOAD_SECONDS: Final = 60.0 if IS_FULL else 4.0
SOAK_SECONDS: Final = 3_600.0 if IS_FULL else 6.0
SLOWER: Final = 1 if IS_FULL else 4
"""How much longer things may take: by itself they are measured, beside other work they are only to happen."""
SOAK_ROUNDS: Final = 60 if IS_FULL else 3
