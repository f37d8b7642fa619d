"""A house with rules of its own: a naming convention, Alembic in pyproject.toml, one commit per request."""
