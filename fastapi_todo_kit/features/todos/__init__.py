"""Todos: subtasks, time values, links, order, and everything that happens to them."""
