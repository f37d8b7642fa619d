"""The parameters of a PostgreSQL URL, written for libpq: what they are to asyncpg, or what to do instead."""

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
_NOTHING: Final = {
    "channel_binding": {"disable", "prefer"},
    "gssencmode": {"disable", "prefer"},
    "client_encoding": {"utf8", "UTF8", "UTF-8", "utf-8", "auto"},
    "pgbouncer": {"false"},
    "requiressl": {"0"},
}
"""Values that ask for nothing that is not so anyway."""
_INSTEAD: Final = {
    "channel_binding": "asyncpg has no channel binding; leave it out",
    "connect_timeout": "set TODO_KIT_POOL__TIMEOUT",
    "pool_timeout": "set TODO_KIT_POOL__WAIT",
    "connection_limit": "set TODO_KIT_POOL__SIZE and TODO_KIT_POOL__OVERFLOW",
    "pgbouncer": "set TODO_KIT_POSTGRES__POOLER=transaction",
    "schema": "set TODO_KIT_POSTGRES__SCHEMA_NAME",
    "options": "set TODO_KIT_POSTGRES__SCHEMA_NAME and the timeouts beside it, or ALTER ROLE",
    "dbname": "write the name of the database behind the host",
    "sslrootcert": "set the variable PGSSLROOTCERT",
    "sslcert": "set the variable PGSSLCERT",
    "sslkey": "set the variable PGSSLKEY",
    "sslcrl": "set the variable PGSSLCRL",
    "requiressl": "write sslmode=require",
}


def for_asyncpg(url: URL) -> URL:
    """Return a URL of PostgreSQL with the parameters that asyncpg knows by another name under that.

    Raises:
        ValueError: one is none that could be obeyed; the message says what to do instead, without its value.
    """
    return url.set(query=dict(_translated(name, value) for name, value in _asking(url.query).items()))


def _asking(query: Mapping[str, str | tuple[str, ...]]) -> dict[str, str | tuple[str, ...]]:
    return {name: value for name, value in query.items() if value not in _NOTHING.get(name, ())}


def _translated(name: str, value: str | tuple[str, ...]) -> tuple[str, str | tuple[str, ...]]:
    if name in {"sslmode", "ssl"}:
        mode = _YES_OR_NO.get(value, value) if name == "ssl" and isinstance(value, str) else value
        if mode not in _SSL_MODES:
            raise ValueError(f"{name} in the URL must be one of {', '.join(_SSL_MODES)}")
        return "ssl", mode
    if name not in _TAKEN:
        advice = _INSTEAD.get(name, "asyncpg has no such parameter; leave it out")
        raise ValueError(f"{name} in the URL cannot be obeyed: {advice}")
    return name, value
