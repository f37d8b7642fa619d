"""The verbs of each feature as methods, each a unit of work of its own; `services` brings them together."""
