"""The kinds of traders there are, as numbers."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a row of the crowd is: it says which rule decides for it."""

    MAKER = 1
    NOISE = 2
    TREND = 3
    REVERTING = 4
    ARBITRAGE = 5
    HARVESTER = 6
    PROVIDER = 7
    METAORDER = 8
    HEDGER = 9
    RETAIL = 10
    HUNTER = 11
