"""Imports a host as a new process would, as often as tests want, with the URLs that it is told."""

import importlib.util
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import URL, make_url
from sqlmodel import SQLModel

HOSTS = Path(__file__).parent
NAMES = (
    "minimal",
    "tutorial.main",
    "async_users.main",
    "external_idp",
    "tenants",
    "opinionated.main",
    "own_jwt.main",
    "odd_key.main",
    "container.main",
    "no_sqlalchemy.main",
    "crowded.main",
)


@contextmanager
def loaded(name: str, folder: Path = HOSTS, /, **environment: str) -> Iterator[ModuleType]:
    """Yield the module of a host, imported with these variables and under a name that nobody has used."""
    tables = set(SQLModel.metadata.tables)
    fresh = f"host_{uuid.uuid4().hex}"
    try:
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in environment.items():
                patch.setenv(variable, value)
            host = _import(name, folder, fresh)
        yield host
    finally:
        for module in [one for one in sys.modules if one.partition(".")[0] == fresh]:
            del sys.modules[module]
        for table in set(SQLModel.metadata.tables) - tables:
            SQLModel.metadata.remove(SQLModel.metadata.tables[table])


def with_sync_driver(url: str | URL) -> URL:
    """Return the URL of the same database for a sync engine."""
    parsed = make_url(url)
    return parsed.set(drivername={"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[parsed.get_backend_name()])


def source_files(name: str, folder: Path = HOSTS) -> list[Path]:
    """Return the files that a host is made of."""
    package, _, module = name.partition(".")
    return sorted((folder / package).glob("*.py")) if module else [folder / f"{package}.py"]


def _import(name: str, folder: Path, fresh: str) -> ModuleType:
    package, _, module = name.partition(".")
    path = folder / package / "__init__.py" if module else folder / f"{package}.py"
    spec = importlib.util.spec_from_file_location(fresh, path)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[fresh] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[fresh])
    return importlib.import_module(f"{fresh}.{module}") if module else sys.modules[fresh]
