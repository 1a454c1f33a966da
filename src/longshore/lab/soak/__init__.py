"""A world left to itself for days, and whether its market stays one."""
