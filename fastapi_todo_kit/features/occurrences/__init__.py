"""What becomes of the occurrences of recurring todos: completed, skipped, taken back."""
