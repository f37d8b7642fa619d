"""Reminders of todos: each belongs to one user, who alone sees it."""
