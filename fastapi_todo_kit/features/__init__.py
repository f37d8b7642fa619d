"""Lists, todos and what belongs to them: one folder for each feature."""
