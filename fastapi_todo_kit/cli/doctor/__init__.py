"""Naming every trap between the kit, the Alembic of a host and a database."""
