"""The operator's console: where the markets stand, what may be done to them, and what was done."""
