"""The shape of the fastapi-users documentation: UUIDs, an asynchronous session."""
