"""What every router stands on: the call, the route class, errors as problem documents, pages, preconditions."""
