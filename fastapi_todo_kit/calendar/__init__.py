"""Recurrence: rules, the slots that they make, series of slots, and rules in words. Pure: no web, no database."""
