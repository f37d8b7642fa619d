"""Living in the Alembic history of a host: its configuration, its revision files and its version table."""
