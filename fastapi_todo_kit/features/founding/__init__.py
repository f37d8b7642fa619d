"""Founding: a user makes a space, and asks people in."""
