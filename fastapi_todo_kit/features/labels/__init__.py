"""Labels: one set for each space, named without regard to case."""
