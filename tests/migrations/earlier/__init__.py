"""Databases and files of hosts as earlier releases made them, each in a folder named after its newest revisions."""
