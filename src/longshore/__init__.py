"""Longshore: a whole perpetual-futures venue that runs on one laptop. Practice money only."""

__version__ = "0.1.0"
