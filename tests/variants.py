"""Runs the suite where something about PostgreSQL is different: `hatch run variant NAME [arguments of pytest]`.

PgBouncer is in Debian's package `pgbouncer`.
"""

import asyncio
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_connection
from typing import Any

from sqlalchemy import URL, make_url

from fastapi_todo_kit import TodoKitSettings, migrate
from fastapi_todo_kit.migrations.runner import write_sql
from fastapi_todo_kit.storage.database import make_engine
from tests.postgres import DSN_VARIABLE, free_port, running_postgres

VARIANT_VARIABLE = "KIT_TEST_VARIANT"
PORT_VARIABLE = "KIT_TEST_POOLER_PORT"
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
        listen = free_port()
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


@dataclass(frozen=True)
class Variant:
    """What differs from an ordinary run."""

    what: str
    sql: str = ""
    """Run by a superuser on the server, before anything else."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Of the kit, in the environment."""
    without: str = ""
    """What it cannot pass, for pytest's `-k`."""


# Those that count, because what is run again is counted twice, and those that run nothing again.
COUNTS = "not test_statements and not whatever_the_servers_isolation_is and not that_over_the_file"
# In a session of a host the isolation is the host's, and so is repeating what it refuses.
MANY_IN_SESSIONS = "not lose_nothing and not more_requests_than_threads"
# Those that look at the server's connections, which are the pooler's then.
CONNECTIONS = "not too_old_is_replaced and not beyond_the_pools_size"
# Those that look at the names of tables and indexes: partitions have some of their own.
NAMES = (
    "not usual_pages_come_from_an_index and not two_schemas_of_one_database and not autogenerate "
    "and not seeded_space_keeps_every_invariant"
)
VARIANTS = {
    "pooler": Variant(
        "behind PgBouncer in transaction mode",
        settings={"TODO_KIT_POSTGRES__POOLER": "transaction"},
        without=CONNECTIONS,
    ),
    "repeatable-read": Variant(
        "where PostgreSQL gives REPEATABLE READ by default",
        "ALTER ROLE CURRENT_USER SET default_transaction_isolation = 'repeatable read'",
        without=MANY_IN_SESSIONS,
    ),
    "serializable": Variant(
        "where PostgreSQL gives SERIALIZABLE by default",
        "ALTER ROLE CURRENT_USER SET default_transaction_isolation = 'serializable'",
        without=MANY_IN_SESSIONS,
    ),
    "partitioned": Variant("on tables that are partitioned by space", without=NAMES),
    "psycopg": Variant("with psycopg as the driver of the kit's own engine"),
    "refusals": Variant(
        "where one commit of ten fails with 40001, and one of fifty with 40P01",
        settings={"TODO_KIT_WRITE_RETRIES": "20"},
        without=COUNTS,
    ),
}
REFUSE = """
CREATE FUNCTION refuse_at_random() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE dice float := random(); BEGIN
    -- Once for each commit: a thousand rows that each may refuse it would never be let through.
    IF current_setting('application_name') = 'todo_kit' AND dice < 0.12
        AND NEW.seq = (SELECT seq FROM todokit_space WHERE id = NEW.space_id) THEN
        IF dice < 0.10 THEN RAISE EXCEPTION 'refused' USING ERRCODE = '40001'; END IF;
        RAISE EXCEPTION 'refused' USING ERRCODE = '40P01';
    END IF;
    RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER refuse_at_random AFTER INSERT ON todokit_change DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION refuse_at_random();
"""
"""Makes commits of the kit's own engine fail; what runs in a session of a host is not the kit's to repeat."""


def partitioned_tables() -> str:
    """Return the SQL of the migrations of todos, with every table partitioned by the hash of its space."""
    script = io.StringIO()
    write_sql("postgresql", script)
    return re.sub(
        r"CREATE TABLE (todokit_(?!alembic)\w+) \((.*?)\n\);",
        lambda table: (
            f"CREATE TABLE {table[1]} ({table[2]}\n) "
            f"PARTITION BY HASH ({'id' if table[1] == 'todokit_space' else 'space_id'});"
            + "".join(
                f"CREATE TABLE {table[1]}_{n} PARTITION OF {table[1]} FOR VALUES WITH (MODULUS 4, REMAINDER {n});"
                for n in range(4)
            )
        ),
        script.getvalue(),
        flags=re.DOTALL,
    )


def driver_name() -> str:
    """Return what URLs of PostgreSQL begin with in the present variant."""
    return "postgresql+psycopg" if os.environ.get(VARIANT_VARIABLE) == "psycopg" else "postgresql+asyncpg"


async def make_tables(settings: TodoKitSettings) -> None:
    """Make the tables of the tests' template as the present variant wants them."""
    variant = os.environ.get(VARIANT_VARIABLE)
    if variant == "partitioned":
        await run_script(settings, partitioned_tables())
    else:
        await migrate(settings)
    if variant == "refusals":
        await run_script(settings, REFUSE)


async def run_script(settings: TodoKitSettings, script: str) -> None:
    """Run many statements at once, which only the driver itself can."""
    engine = make_engine(settings)
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        await driver.execute(script)
    await engine.dispose()


def main() -> int:
    """Run the suite; return pytest's exit status."""
    if len(sys.argv) == 1 or sys.argv[1] not in VARIANTS:
        names = "".join(f"\n  {name:16} {variant.what}" for name, variant in VARIANTS.items())
        sys.stderr.write(f"hatch run variant NAME [arguments of pytest]{names}\n")
        return 2
    name, arguments = sys.argv[1], sys.argv[2:]
    variant = VARIANTS[name]
    with running_postgres() as server, ExitStack() as stack:
        environment = {**os.environ, **variant.settings, DSN_VARIABLE: server, VARIANT_VARIABLE: name}
        if name == "pooler":
            environment[PORT_VARIABLE] = str(stack.enter_context(running_pooler(server)).port)
        if variant.sql:
            asyncio.run(run_script(TodoKitSettings(database_url=server), variant.sql))
        only = ["-k", variant.without] if variant.without and "-k" not in arguments else []
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", *only, *(arguments or ["tests"])]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
