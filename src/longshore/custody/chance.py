"""Chance that can be told again: a number drawn from words, a world's seed among them."""

from __future__ import annotations

import hashlib


def drawn(below: int, *words: object) -> int:
    """A number from 0 up to below `below`: the same for the same words."""
    text = "\n".join(["longshore:drawn", *map(str, words)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % below
