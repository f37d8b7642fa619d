"""The shape of the full-stack template: SQLModel on psycopg, UUIDs, tokens of its own, a router of routers."""
