"""Holding coins for others: what a venue owes, and how anybody can check it."""
