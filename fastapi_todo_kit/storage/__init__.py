"""What every repository and service stands on: tables, the engine, the unit of work. Knows nothing of HTTP."""
