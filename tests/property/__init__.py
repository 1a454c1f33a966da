"""Storms of random commands, and what must hold after each of them."""
