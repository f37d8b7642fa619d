"""No SQLAlchemy of its own: Tortoise ORM, on which the kit knows nothing, and tokens in a table."""
