"""Runs the suite with the kit behind a PgBouncer in transaction mode; Debian's package `pgbouncer` has it.

hatch run pooler             everything
hatch run pooler tests/http  arguments go to pytest
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from sqlalchemy import URL, make_url

from tests.postgres import DSN_VARIABLE, _free_port, running_postgres

PORT_VARIABLE = "TODO_KIT_TEST_POOLER_PORT"
"""Where the kit connects instead of the server, which the tests themselves go on talking to."""

CONFIGURATION = """
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
auth_file = {users}
pool_mode = transaction
default_pool_size = 3
max_client_conn = 500
server_reset_query_always = 0
"""


@contextmanager
def running_pooler(server: str) -> Iterator[URL]:
    """Yield the URL of a PgBouncer before a server; three connections serve all its clients."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise RuntimeError("install PgBouncer: apt-get install pgbouncer")
    url = make_url(server)
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        listen = _free_port()
        (folder / "users").write_text(f'"{url.username}" "{url.password}"\n')
        text = CONFIGURATION.format(host=url.host, port=url.port, listen=listen, users=folder / "users")
        text = text.replace("* = ", f"* = user={url.username} password={url.password} ")
        (folder / "ini").write_text(text)
        user = "nobody" if os.geteuid() == 0 else None
        process = subprocess.Popen([program, "-q", str(folder / "ini")], user=user, stderr=subprocess.DEVNULL)
        try:
            _wait_for(listen)
            yield url.set(host="127.0.0.1", port=listen)
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PgBouncer does not answer")


def main() -> int:
    """Run the suite; return pytest's exit status."""
    with running_postgres() as server, running_pooler(server) as pooler:
        environment = {
            **os.environ,
            DSN_VARIABLE: server,
            PORT_VARIABLE: str(pooler.port),
            "TODO_KIT_POSTGRES__POOLER": "transaction",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *(sys.argv[1:] or ["tests"])]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
