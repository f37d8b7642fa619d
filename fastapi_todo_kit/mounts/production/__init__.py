"""Middleware around a whole application in production: opt-in, pure ASGI. Needs the extra `production`."""
