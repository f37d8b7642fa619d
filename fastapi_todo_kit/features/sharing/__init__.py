"""Sharing: a list gets a space of its own, with members of its own."""
