"""How long importing the kit takes beside what it stands on: `hatch run benchmarks:imports`."""

import statistics
import subprocess
import sys
import time

BASE = "import fastapi, sqlmodel"
CASES = (BASE, "import fastapi_todo_kit", "from fastapi_todo_kit import todo_router", "from fastapi_todo_kit import *")
ROUNDS = 11


def seconds(code: str) -> float:
    """Return how long a fresh interpreter takes for it."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def main() -> None:
    """Print medians over interleaved rounds, as ratios to the base."""
    taken: dict[str, list[float]] = {code: [] for code in CASES}
    for _ in range(ROUNDS):
        for code in CASES:
            taken[code].append(seconds(code))
    base = statistics.median(taken[BASE])
    for code in CASES:
        median = statistics.median(taken[code])
        print(f"{median * 1_000:6.0f} ms  {median / base:4.2f}  {code}")


if __name__ == "__main__":
    main()
