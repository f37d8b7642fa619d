"""The shape of the SQLModel tutorial: integer ids, synchronous sessions."""
