"""Lists: the inbox and those that people make, in an order of their own."""
