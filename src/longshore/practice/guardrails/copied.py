"""A trade as it is passed on: where it was wrong and where it was to end, never why nor how large.

What is copied opens as a plan that lacks its reason and its limit: those are each trader's own.
"""

from __future__ import annotations

import base64
import binascii
from typing import Literal

import msgspec

TEXT_MAX = 2_000
LINK = "#/trade/"


class NoTradeError(ValueError):
    """A text that no trade is read from."""


class Trade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is passed on; prices and hours as they are written, to be read in the reader's world."""

    longshore: Literal["trade"] = "trade"
    symbol: str
    side: Literal["buy", "sell"]
    stop_price: str
    target_price: str | None = None
    hours: str | None = None


def written(trade: Trade) -> str:
    """A trade as text."""
    return msgspec.json.encode(trade).decode()


def link(trade: Trade) -> str:
    """A trade as the end of an address of the screen."""
    packed = base64.urlsafe_b64encode(msgspec.json.encode(trade)).decode().rstrip("=")
    return f"{LINK}{packed}"


def read(text: str) -> Trade:
    """A trade from its text, from a link, or from what stands in one. Raises NoTradeError."""
    if len(text) > TEXT_MAX:
        raise NoTradeError(f"more than {TEXT_MAX} characters")
    bare = text.strip()
    try:
        content = bare.encode() if bare.startswith("{") else _unpacked(bare.split(LINK)[-1])
        return msgspec.json.decode(content, type=Trade)
    except (msgspec.DecodeError, binascii.Error, UnicodeError) as error:
        raise NoTradeError(str(error)) from error


def _unpacked(packed: str) -> bytes:
    return base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
