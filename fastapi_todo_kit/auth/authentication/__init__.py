"""Who is calling: from a token to a user whose account can be used, without a query in the common case."""
