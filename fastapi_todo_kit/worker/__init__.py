"""Work that nobody waits for: reminding, and removing what has been kept long enough."""
