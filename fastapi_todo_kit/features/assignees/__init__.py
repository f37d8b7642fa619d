"""Assignees: who is to do a todo, and what becomes of that when somebody leaves."""
