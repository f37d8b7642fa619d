"""Erasing and exporting everything that is held on one user, in every table of the kit."""
