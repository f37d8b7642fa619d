"""A small application that mounts the kit: run it with `hatch run demo`."""
