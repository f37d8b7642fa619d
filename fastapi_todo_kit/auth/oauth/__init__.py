"""Logging in with somebody else's login: OAuth 2 and OpenID Connect."""
