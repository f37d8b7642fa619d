"""Notes on todos."""
