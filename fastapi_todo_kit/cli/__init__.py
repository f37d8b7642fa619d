"""The command `todo-kit`."""
