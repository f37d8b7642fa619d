"""One transaction for each request, behind a yield; JWT or API keys; five middlewares; an admin interface."""
