"""Sets of pins that applications were seen to have in their lock files, beside which the kit must install and work."""

from typing import Final

SETS: Final[dict[str, tuple[str, ...]]] = {
    "alembic-1.13": ("alembic==1.13.1",),
    "alembic-1.17": ("alembic==1.17.2",),
    "alembic-1.18.0": ("alembic==1.18.0",),
    "alembic-1.18.5": ("alembic==1.18.5",),
    "alembic-1.19": ("alembic==1.19.1",),
    "alembic-1.20": ("alembic==1.20.0",),
    "early-2024": ("fastapi==0.109.1", "asyncpg<0.30"),
    "spring-2024": ("fastapi==0.110.0", "pydantic==2.7.4", "sqlalchemy==2.0.30", "alembic==1.13.1", "asyncpg==0.29.0"),
    "fastapi-0.111": (
        "fastapi==0.111.0",
        "pydantic==2.10.5",
        "pydantic-settings==2.7.1",
        "typer==0.15.1",
        "aiosqlite==0.20.0",
        "anyio==4.8.0",
    ),
    "autumn-2024": (
        "fastapi==0.115.4",
        "pydantic==2.9.2",
        "pydantic-settings==2.6.1",
        "sqlalchemy==2.0.36",
        "alembic==1.13.3",
        "structlog==24.4.0",
        "asyncpg==0.30.0",
    ),
    "pydantic-2.10": ("pydantic==2.10.4",),
    "pydantic-2.11": ("fastapi==0.115.12", "pydantic==2.11.4"),
    "fastapi-0.128": ("fastapi==0.128.6", "pydantic-settings==2.12.0", "alembic==1.18.3"),
    "fastapi-0.136": ("fastapi==0.136.3", "alembic==1.19.1"),
    "fastapi-0.136-tzdata": ("fastapi==0.136.3", "tzdata==2025.1", "alembic==1.18.4"),
    "newest": (),
}

SHORT: Final = ("early-2024", "autumn-2024", "fastapi-0.128", "alembic-1.18.0", "alembic-1.20")
"""Enough for each change: FastAPI that copies routes, with lifespans and scopes or not, and each kind of Alembic."""
