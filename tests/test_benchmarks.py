"""What benchmarks use of the tests: it is imported where pytest is not installed."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
USED = {
    name
    for module in (ROOT / "benchmarks").rglob("*.py")
    for name in re.findall(r"^from (tests[\w.]*) import", module.read_text("utf-8"), re.MULTILINE)
}


def test_what_benchmarks_use_needs_no_pytest() -> None:
    script = "; ".join(["import sys", "sys.modules['pytest'] = None", *(f"import {name}" for name in sorted(USED))])

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
