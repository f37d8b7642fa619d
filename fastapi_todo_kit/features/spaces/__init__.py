"""Spaces: the personal one and the tenants of the host."""
