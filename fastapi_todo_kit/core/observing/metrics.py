"""Prometheus metrics (extra `metrics`), in the default registry, where the host's own are: it exposes them all.

They work in Prometheus's multiprocess mode too, which several workers of one server need.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final, Literal

from prometheus_client import Counter, Gauge, Histogram, start_http_server

from fastapi_todo_kit.core.errors import ConfigurationError

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LAGS: Final = (0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3_600.0)


@cache
def _operations() -> Histogram:
    names = ("mount", "operation", "status")
    return Histogram("todo_kit_operation_seconds", "Time from request to answer", names, buckets=_SECONDS)


@cache
def _changes() -> Counter:
    return Counter("todo_kit_changes", "Changes that were committed", ("mount",))


@cache
def _lag() -> Histogram:
    return Histogram("todo_kit_change_lag_seconds", "From a change to its announcement", ("mount",), buckets=_SECONDS)


@cache
def _repeats() -> Counter:
    return Counter("todo_kit_repeats", "Units of work that were run again", ("mount",))


@cache
def _connections() -> Gauge:
    names = ("mount", "state")
    return Gauge("todo_kit_pool_connections", "Connections of the pool", names, multiprocess_mode="livesum")


@cache
def _fallbacks() -> Counter:
    names = ("mount", "reason")
    return Counter("todo_kit_replica_fallbacks", "Reads that the primary answered for the replica", names)


@cache
def _refusals() -> Counter:
    return Counter("todo_kit_rate_limited", "Requests that were one too many", ("mount", "group"))


@cache
def _jobs() -> Counter:
    return Counter("todo_kit_jobs", "Jobs of workers by what became of them", ("mount", "kind", "outcome"))


@cache
def _job_seconds() -> Histogram:
    return Histogram("todo_kit_job_seconds", "Time that a job took", ("mount", "kind"), buckets=_SECONDS)


@cache
def _job_lag() -> Histogram:
    names = ("mount", "kind")
    return Histogram("todo_kit_job_lag_seconds", "From when a job was due to when it was begun", names, buckets=_LAGS)


@cache
def _waiting_jobs() -> Gauge:
    # What one worker saw is what all see: it is in the database.
    return Gauge("todo_kit_jobs_waiting", "Jobs that wait", ("mount", "state"), multiprocess_mode="livemax")


@cache
def _oldest_job() -> Gauge:
    help_text = "How long the oldest job has been due"
    return Gauge("todo_kit_jobs_oldest_seconds", help_text, ("mount",), multiprocess_mode="livemax")


class Metrics:
    """The metrics of one mount; the others have them with another value of the label `mount`."""

    def __init__(self, mount: str) -> None:
        self._mount = mount
        self._changes = _changes().labels(mount)
        self._lag = _lag().labels(mount)
        self._repeats = _repeats().labels(mount)
        self._in_use, self._idle = (_connections().labels(mount, state) for state in ("in_use", "idle"))

    def operation(self, name: str, status: int, seconds: float) -> None:
        """An operation was answered."""
        _operations().labels(self._mount, name, status).observe(seconds)

    def changes(self, count: int, lag: float) -> None:
        """Changes were committed, so many seconds after they were made."""
        self._changes.inc(count)
        self._lag.observe(lag)

    def repeated(self) -> None:
        """A unit of work is run again."""
        self._repeats.inc()

    def connections(self, in_use: int, idle: int) -> None:
        """The pool has so many connections."""
        self._in_use.set(in_use)
        self._idle.set(idle)

    def fell_back(self, reason: Literal["behind", "unavailable"]) -> None:
        """The primary answered a read, because the replica had not come so far, or could not answer."""
        _fallbacks().labels(self._mount, reason).inc()

    def limited(self, group: str) -> None:
        """A request was one too many of its group."""
        _refusals().labels(self._mount, group).inc()

    def job(self, kind: str, outcome: str, seconds: float) -> None:
        """A job of a worker was done, failed and is tried again, or failed too often and was parked."""
        _jobs().labels(self._mount, kind, outcome).inc()
        _job_seconds().labels(self._mount, kind).observe(seconds)

    def begun(self, kind: str, lag: float) -> None:
        """A job was begun for the first time, so many seconds after it was due."""
        _job_lag().labels(self._mount, kind).observe(lag)

    def waiting(self, due: int, parked: int, oldest: float) -> None:
        """So many jobs are due, the oldest since so many seconds, and so many are parked."""
        _waiting_jobs().labels(self._mount, "due").set(due)
        _waiting_jobs().labels(self._mount, "parked").set(parked)
        _oldest_job().labels(self._mount).set(oldest)


@cache
def metrics_of(mount: str) -> Metrics:
    """Return the metrics of a mount, by its `settings.name`."""
    return Metrics(mount)


@contextmanager
def serving(address: str, port: int, named: str) -> Iterator[None]:
    """Answer Prometheus at a port, by a server of its client's in a thread, as long as what is inside takes.

    Args:
        address: of this machine, where it listens.
        port: the same.
        named: what says so.

    Raises:
        ConfigurationError: the port is taken, or not this machine's to give.
    """
    try:
        server, thread = start_http_server(port, address)
    except OSError as error:
        raise ConfigurationError(f"{named}: metrics cannot be served at {address}:{port}: {error.strerror}") from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
