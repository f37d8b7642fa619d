"""What libpq understands in the URL of a PostgreSQL: each parameter is obeyed, or refused in a sentence at start."""

import pytest
from sqlalchemy import make_url

from fastapi_todo_kit import ConfigurationError, TodoKitSettings
from fastapi_todo_kit.errors import DatabaseUnavailable
from tests.support import make_app, running

# Those of PostgreSQL 18, section 34.1.2, and what Prisma and Django add.
LIBPQ = [
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "passfile",
    "require_auth",
    "channel_binding",
    "connect_timeout",
    "client_encoding",
    "options",
    "application_name",
    "fallback_application_name",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
    "replication",
    "gssencmode",
    "sslmode",
    "requiressl",
    "sslnegotiation",
    "sslcompression",
    "sslcert",
    "sslkey",
    "sslkeylogfile",
    "sslpassword",
    "sslcertmode",
    "sslrootcert",
    "sslcrl",
    "sslcrldir",
    "sslsni",
    "requirepeer",
    "ssl_min_protocol_version",
    "ssl_max_protocol_version",
    "min_protocol_version",
    "max_protocol_version",
    "krbsrvname",
    "gsslib",
    "gssdelegation",
    "scram_client_key",
    "scram_server_key",
    "service",
    "servicefile",
    "target_session_attrs",
    "load_balance_hosts",
    "oauth_issuer",
    "oauth_client_id",
    "oauth_client_secret",
    "oauth_scope",
    "pgbouncer",
    "connection_limit",
    "pool_timeout",
    "schema",
]
PASSED = {
    *("host", "port", "user", "password", "passfile", "service", "servicefile"),
    *("target_session_attrs", "krbsrvname", "gsslib"),
}
SECRET = "s3cret"


def url_with(parameters: str) -> str:
    return f"postgresql://ann:{SECRET}@db.example.com/todos?{parameters}"


REFUSED = [("asyncpg", name) for name in LIBPQ if name not in {*PASSED, "sslmode"}]
REFUSED_BY_PSYCOPG = [
    *("dbname", "connect_timeout", "client_encoding", "options", "application_name", "fallback_application_name"),
    *("replication", "requiressl", "prepared_statement_cache_size", "oauth_issuer"),
    *(
        "oauth_client_id",
        "oauth_client_secret",
        "oauth_scope",
        "pgbouncer",
        "connection_limit",
        "pool_timeout",
        "schema",
    ),
]


@pytest.mark.parametrize(("driver", "name"), [*REFUSED, *(("psycopg", name) for name in REFUSED_BY_PSYCOPG)])
def test_what_cannot_be_obeyed_is_refused(driver: str, name: str) -> None:
    given = url_with(f"{name}={SECRET}").replace(":", f"+{driver}:", 1)
    for field in ("database_url", "read_url"):
        with pytest.raises(
            ConfigurationError, match=rf"^argument {field}: {name} in the URL cannot be obeyed: "
        ) as said:
            TodoKitSettings(**{"database_url": url_with(""), field: given})
        assert SECRET not in str(said.value)


def test_libpq_gets_what_it_knows() -> None:
    for name in {*LIBPQ, "prepared_statement_cache_size"} - {"sslmode", *REFUSED_BY_PSYCOPG}:
        url = url_with(f"{name}=1").replace(":", "+psycopg:", 1)
        assert TodoKitSettings(database_url=url).url.query == {name: "1"}


@pytest.mark.parametrize("name", sorted(PASSED))
def test_what_asyncpg_knows_is_passed_on(name: str) -> None:
    assert TodoKitSettings(database_url=url_with(f"{name}=5432")).url.query == {name: "5432"}


@pytest.mark.parametrize(
    ("given", "ssl"),
    [
        *((f"sslmode={mode}", mode) for mode in ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
        *(("ssl=true", "require"), ("ssl=0", "disable"), ("ssl=verify-full", "verify-full")),
        ("sslmode=require&channel_binding=prefer&gssencmode=disable&client_encoding=utf8", "require"),
    ],
)
def test_a_mode_of_ssl_is_translated(given: str, ssl: str) -> None:
    of_psycopg = TodoKitSettings(database_url=url_with(given).replace(":", "+psycopg:", 1)).url.query

    assert TodoKitSettings(database_url=url_with(given)).url.query == {"ssl": ssl}
    assert of_psycopg == {"sslmode": ssl}


@pytest.mark.parametrize("given", ["sslmode=on", "ssl=maybe", "sslmode=require&sslmode=disable"])
def test_a_mode_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError, match="in the URL must be one of disable, allow, prefer, require"):
        TodoKitSettings(database_url=url_with(given))


@pytest.mark.parametrize("driver", ["asyncpg", "psycopg"])
@pytest.mark.parametrize("given", ["sslmode=disable", "sslmode=prefer", "ssl=false&target_session_attrs=read-write"])
async def test_the_server_is_reached_with_them(postgres_url: str, driver: str, given: str) -> None:
    url = make_url(postgres_url).set(drivername=f"postgresql+{driver}")
    joined = url.render_as_string(hide_password=False) + ("&" if url.query else "?") + given

    async with running(make_app(TodoKitSettings(database_url=joined))) as api:
        assert (await api.todo())["version"] == 1


@pytest.mark.parametrize("driver", ["asyncpg", "psycopg"])
async def test_a_server_that_is_no_standby_is_away_for_who_wants_one(postgres_url: str, driver: str) -> None:
    url = make_url(postgres_url).set(drivername=f"postgresql+{driver}").render_as_string(hide_password=False)
    standby = url + ("&" if "?" in url else "?") + "target_session_attrs=standby"

    async with running(make_app(TodoKitSettings(database_url=url, read_url=standby))) as api:
        assert (await api.send("GET", "/todos")).status_code == 200
    async with running(make_app(TodoKitSettings(database_url=standby))) as api:
        answer = await api.send("GET", "/todos")
        assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")


@pytest.mark.parametrize("driver", ["asyncpg", "psycopg"])
async def test_a_server_without_tls_is_away_for_who_requires_it(postgres_url: str, driver: str) -> None:
    url = make_url(postgres_url).set(drivername=f"postgresql+{driver}")
    joined = url.render_as_string(hide_password=False) + ("&" if url.query else "?") + "sslmode=require"

    async with running(make_app(TodoKitSettings(database_url=joined))) as api:
        answer = await api.send("GET", "/todos")

    assert (answer.status_code, answer.json()["code"]) == (503, DatabaseUnavailable.code)
