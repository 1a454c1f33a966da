"""The CRC32 of a book: what a client compares its copy with.

The ten best asks, then the ten best bids, of each the price and the size as digits without point
and leading zeros, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from zlib import crc32

LEVELS = 10

TextLevel = tuple[str, str]
"""Price and size with all their decimals."""


def checksum(asks: Iterable[TextLevel], bids: Iterable[TextLevel]) -> int:
    """Of levels in order, best first; those after the tenth of a side do not count."""
    return crc_of([*islice(asks, LEVELS), *islice(bids, LEVELS)])


def crc_of(levels: Iterable[TextLevel]) -> int:
    """Of all of these, one after the other."""
    digits = (text.replace(".", "").lstrip("0") for level in levels for text in level)
    return crc32("".join(digits).encode())
