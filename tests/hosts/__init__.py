"""Applications as their developers write them, which mount the kit. Imports are relative, so that a copy works."""
