"""What one call does to Python's collector of garbage, in a process of its own: it is for the whole process."""

import subprocess
import sys

SCRIPT = """
import gc
from fastapi_todo_kit import spare_collections
spare_collections()
print(gc.get_freeze_count() > 1_000, gc.get_threshold()[0], gc.isenabled())
"""


def test_a_process_is_spared_collections_of_what_it_is_built_of() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout.split() == ["True", "10000", "True"]
