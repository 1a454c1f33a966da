"""Worlds that follow a real venue: which ones, how they are watched, what is heard of them."""
