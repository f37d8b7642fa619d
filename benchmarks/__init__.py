"""What a request costs the server: the kit beside what else one would build on, and beside the limit.

Run it with `hatch run bench` (or `python -m benchmarks`) from the root of the repository. It asserts nothing.
"""
