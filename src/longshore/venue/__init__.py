"""The server: one process, one loop, one world in the open, private worlds beside it."""
