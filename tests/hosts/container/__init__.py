"""Ports and adapters: a container of dependencies, users that are values, errors and a limit of its own."""
