"""The processor time that a process has used, as the operating system counts it."""

import platform
import time
from collections.abc import Iterable

import psutil


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the user and system time of processes with all their threads."""
    return sum(map(_cpu_seconds, pids))


def with_children(pid: int) -> list[int]:
    """Return a process and all that it has started: a server may have its workers there."""
    return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]


def _cpu_seconds(pid: int) -> float:
    if platform.system() == "Linux":
        # The process's CPU clock, see clock_getcpuclockid(3), has nanoseconds; /proc/<pid>/stat has ticks of
        # 10 ms, a tenth of a short measurement.
        return time.clock_gettime((~pid << 3) | 2)
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system
