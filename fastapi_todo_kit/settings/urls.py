"""URLs of databases: with which driver one is opened."""

from importlib.util import find_spec
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from fastapi_todo_kit.settings.libpq import for_asyncpg, for_psycopg

DRIVERS: Final = {"asyncpg": "'fastapi-todo-kit[postgres]'", "psycopg": "'fastapi-todo-kit[psycopg]' 'psycopg[binary]'"}
"""Those of PostgreSQL, the one that is taken where both are there first, with what pip installs them by."""
_SPELLED: Final = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql",
    "postgresql+psycopg_async": "postgresql+psycopg",
}
_NOT_ASYNC: Final = {"postgresql+psycopg2", "postgresql+psycopg2cffi", "postgresql+pg8000"}
_TAKEN: Final = ("postgresql+asyncpg", "postgresql+psycopg", "sqlite+aiosqlite")


def with_async_driver(url: str) -> str:
    """Return the URL of a database with the driver that opens it here, and with parameters as that one knows them.

    Raises:
        ValueError: it is none, or of a database or with a driver that is not supported; nothing of it is repeated.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The original error would repeat the URL, and with it a password.
        raise ValueError("not a database URL; write postgresql+asyncpg://user:password@host/name") from None
    driver = _SPELLED.get(parsed.drivername, parsed.drivername)
    if driver == "postgresql":
        driver = f"postgresql+{_installed()}"
    if driver in _NOT_ASYNC:
        raise ValueError("that driver cannot wait for asyncio; write postgresql+psycopg:// or postgresql+asyncpg://")
    if driver not in _TAKEN:
        # The driver is not repeated: in a URL that lacks its //, it holds the password.
        raise ValueError(f"not a supported database; begin the URL with one of {list(_TAKEN)}")
    if driver == "postgresql+asyncpg":
        parsed = for_asyncpg(parsed)
    if driver == "postgresql+psycopg":
        parsed = for_psycopg(parsed)
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def _installed() -> str:
    """Return the driver of PostgreSQL that is there; if none is, what is said when it is needed names the first."""
    return next((name for name in DRIVERS if find_spec(name) is not None), next(iter(DRIVERS)))


def words_for_missing(driver: str, error: ImportError) -> str:
    """Return what to say where the driver of a URL cannot be imported."""
    (other,) = DRIVERS.keys() - {driver}
    instead = "write it as" if find_spec(other) is not None else f"pip install {DRIVERS[other]} and write it as"
    return (
        f"The database URL needs {driver}, which cannot be imported ({str(error).splitlines()[0]}): "
        f"pip install {DRIVERS[driver]}, or {instead} postgresql+{other}://"
    )
