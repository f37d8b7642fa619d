"""Passwords: logging in with one, changing it, and getting a new one by mail."""
