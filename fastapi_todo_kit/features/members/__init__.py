"""Members: who is in the spaces that users have made, and as what."""
