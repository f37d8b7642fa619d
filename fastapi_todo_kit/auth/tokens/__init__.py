"""Personal access tokens: for scripts, services and clients that cannot show a login page."""
