"""The parameters of a PostgreSQL URL, written for libpq: what they are to the driver, or what to do instead."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import URL

_SSL_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_YES_OR_NO: Final = {"true": "require", "1": "require", "false": "disable", "0": "disable"}
_TAKEN: Final = {
    *("host", "port", "user", "password", "database", "passfile", "service", "servicefile"),
    *("target_session_attrs", "krbsrvname", "gsslib", "prepared_statement_cache_size"),
}
"""What asyncpg or SQLAlchemy's dialect understands as it is."""
_TAKEN_BY_LIBPQ: Final = frozenset(
    # PostgreSQL 18, section 34.1.2, without what the kit says itself
    [
        "host",
        "hostaddr",
        "port",
        "user",
        "password",
        "database",
        "passfile",
        "require_auth",
        "channel_binding",
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "gssencmode",
        "sslmode",
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
    ]
)
_NOTHING: Final = {
    "channel_binding": {"disable", "prefer"},
    "gssencmode": {"disable", "prefer"},
    "client_encoding": {"utf8", "UTF8", "UTF-8", "utf-8", "auto"},
    "pgbouncer": {"false"},
    "requiressl": {"0"},
}
"""Values that ask for nothing that is not so anyway."""
_INSTEAD: Final = {
    "connect_timeout": "set TODO_KIT_POOL__TIMEOUT",
    "pool_timeout": "set TODO_KIT_POOL__WAIT",
    "connection_limit": "set TODO_KIT_POOL__SIZE and TODO_KIT_POOL__OVERFLOW",
    "pgbouncer": "set TODO_KIT_POSTGRES__POOLER=transaction",
    "schema": "set TODO_KIT_POSTGRES__SCHEMA_NAME",
    "options": "set TODO_KIT_POSTGRES__SCHEMA_NAME and the timeouts beside it, or ALTER ROLE",
    "dbname": "write the name of the database behind the host",
    "requiressl": "write sslmode=require",
}
_WITHOUT_LIBPQ: Final = {
    "channel_binding": "asyncpg has no channel binding; leave it out, or take psycopg",
    "sslrootcert": "set the variable PGSSLROOTCERT",
    "sslcert": "set the variable PGSSLCERT",
    "sslkey": "set the variable PGSSLKEY",
    "sslcrl": "set the variable PGSSLCRL",
}


def for_asyncpg(url: URL) -> URL:
    """Return a URL of PostgreSQL with the parameters that asyncpg knows by another name under that.

    Raises:
        ValueError: one is none that could be obeyed; the message says what to do instead, without its value.
    """
    return url.set(query=dict(_for_asyncpg(name, value) for name, value in _asking(url.query).items()))


def for_psycopg(url: URL) -> URL:
    """Return a URL of PostgreSQL with the parameters that libpq knows.

    Raises:
        ValueError: as with `for_asyncpg`.
    """
    return url.set(query=dict(_for_psycopg(name, value) for name, value in _asking(url.query).items()))


_Value = str | tuple[str, ...]


def _asking(query: Mapping[str, _Value]) -> dict[str, _Value]:
    return {name: value for name, value in query.items() if value not in _NOTHING.get(name, ())}


def _for_asyncpg(name: str, value: _Value) -> tuple[str, _Value]:
    if name in {"sslmode", "ssl"}:
        return "ssl", _ssl_mode(name, value)
    if name not in _TAKEN:
        raise _refusal(name, {**_INSTEAD, **_WITHOUT_LIBPQ}.get(name, "asyncpg has no such parameter; leave it out"))
    return name, value


def _for_psycopg(name: str, value: _Value) -> tuple[str, _Value]:
    if name in {"sslmode", "ssl"}:
        return "sslmode", _ssl_mode(name, value)
    if name not in _TAKEN_BY_LIBPQ:
        raise _refusal(name, _INSTEAD.get(name, "libpq has no such parameter, or the kit sets it; leave it out"))
    return name, value


def _ssl_mode(name: str, value: _Value) -> str:
    mode = _YES_OR_NO.get(value, value) if name == "ssl" and isinstance(value, str) else value
    if not isinstance(mode, str) or mode not in _SSL_MODES:
        raise ValueError(f"{name} in the URL must be one of {', '.join(_SSL_MODES)}")
    return mode


def _refusal(name: str, advice: str) -> ValueError:
    return ValueError(f"{name} in the URL cannot be obeyed: {advice}")
