"""What is asked of the process that watches a venue, and what it says, a line of JSON each."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Trouble = Literal["reconnecting", "stale"]
"""The connection is lost; or it stands, and nothing new is told on it."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What to watch, and how. `symbols`: ccxt's by the world's."""

    client: str
    watch: str
    url: str
    symbols: dict[str, str]
    levels: int
    interval_ms: int
    quiet_ms: int
    retry_ms: int
    retry_most_ms: int
    patient: bool
    """Whether a first connection that fails is tried again, too."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Every symbol has been heard of."""


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The venue cannot be watched, and this is why; nothing more is said."""

    why: str


class Lost(msgspec.Struct, frozen=True, tag="lost"):
    """Nothing is heard any more, and it is tried again."""

    trouble: Trouble
    why: str


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """The newest index of a symbol, when it was heard, and the book as it stands, best first."""

    symbol: str
    at_ns: int
    """By this machine's monotonic clock, which all its processes share."""
    index: Decimal
    bids: list[tuple[Decimal, Decimal]]
    asks: list[tuple[Decimal, Decimal]]


Said = Ready | Failed | Lost | Quote
