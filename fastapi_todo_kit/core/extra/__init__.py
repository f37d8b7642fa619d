"""The `extra` field of lists and todos."""
