"""What everything else is made of; it knows nothing of todos, of a database or of HTTP."""
