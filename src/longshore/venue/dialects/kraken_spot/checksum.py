"""The CRC32 of a book: what a client compares its copy with.

The ten best asks, then the ten best bids, of each the price and the size as digits without point
and leading zeros, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

LEVELS = 10

TextLevel = tuple[str, str]
"""Price and size with all their decimals."""


def checksum(asks: Iterable[TextLevel], bids: Iterable[TextLevel]) -> int:
    """Of levels in order, best first; those after the tenth of a side do not count."""
    return crc32("".join([*_digits(asks), *_digits(bids)]).encode())


def _digits(levels: Iterable[TextLevel]) -> list[str]:
    best = [level for level, _ in zip(levels, range(LEVELS), strict=False)]
    return [text.replace(".", "").lstrip("0") for level in best for text in level]
