"""Sessions: what a login begins, refresh tokens keep alive, and a logout ends."""
