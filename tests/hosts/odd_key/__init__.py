"""Async SQLAlchemy, users whose key is called user_id, tokens that expire, and tests in which the time stands."""
