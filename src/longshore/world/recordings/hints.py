"""What a file's name and a symbol tell: venue, market, symbol, asset, what sizes count."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

VENUES = (
    "binance", "bitfinex", "bitmex", "bybit", "coinbase", "deribit", "dydx", "ftx", "hyperliquid",
    "kraken", "okx",
)  # fmt: skip
MARKETS = ("spot", "perp", "futures", "usdm", "coinm")
QUOTES = ("USDT", "USDC", "FDUSD", "BUSD", "USD", "EUR", "CHF", "GBP", "ETH", "XBT", "BTC")
DOLLARS = ("USDT", "USDC", "FDUSD", "BUSD", "USD")
CALLED = {"BTC": "XBT", "XDG": "DOGE", "XXBT": "XBT", "XETH": "ETH"}
ARCHIVE = re.compile(
    r"^([A-Z0-9_]+)-(\d+[smhdw]|1mo|aggTrades|trades|bookTicker|fundingRate)-\d{4}"
)
WORD = re.compile(r"^([A-Z][A-Z0-9]{2,11}(?:-[A-Z]+)?)$")


class Hints(NamedTuple):
    """What a name says; empty where it says nothing."""

    venue: str = ""
    market: str = ""
    symbol: str = ""
    kind: Literal["", "mark", "index"] = ""


def of_name(name: str) -> Hints:
    """The hints of a file's name without its ending."""
    words = re.split(r"_|(?<=[A-Z])(?=\d{4}-\d\d-\d\d)", name)
    low = [word.lower() for word in words]
    kind: Literal["", "mark", "index"] = ""
    if "mark" in low or "markPriceKlines" in name:
        kind = "mark"
    elif "index" in low or "indexPriceKlines" in name:
        kind = "index"
    if (archived := ARCHIVE.match(name)) is not None:
        return Hints("binance", "", archived[1], kind)
    venue = low[0] if low[0] in VENUES else ""
    rest = words[1:] if venue else words
    market = rest[0].lower() if rest and rest[0].lower() in MARKETS else ""
    rest = rest[1:] if market else rest
    word = WORD.match(rest[0]) if rest else None
    return Hints(venue, market, word[1] if word else "", kind)


def base_and_quote(symbol: str) -> tuple[str, str]:
    """The two assets of a market, as rulebooks call them; what is not told is empty."""
    text = symbol.upper().partition(":")[0]
    text = re.sub(r"^(PI|PF|FI|FF)_", "", text)
    text = re.sub(r"([-_]PERP(ETUAL)?|_\d{6})$", "", text)
    parts = re.split(r"[/\-_]", text)
    if len(parts) > 1:
        base, quote = parts[0], parts[1]
    else:
        quote = next((q for q in QUOTES if text.endswith(q) and len(text) > len(q) + 1), "")
        base = text[: len(text) - len(quote)]
    if not quote and symbol.upper() != text:
        quote = "USD"  # a perpetual that names its coin alone is quoted in dollars
    return CALLED.get(base, base), CALLED.get(quote, quote)


def sizes(venue: str, symbol: str, kind: str) -> tuple[Literal["base", "quote"], str]:
    """What sizes count at a venue that is known to count contracts or dollars; else the base."""
    name = symbol.upper()
    if venue == "binance" and "USD_" in name:
        return "quote", "100" if name.startswith("BTC") else "10"
    inverse = venue in {"bitmex", "bybit"} and name.endswith("USD")
    if inverse or (venue == "kraken" and name[:3] in {"PI_", "FI_"}):
        return "quote", "1"
    if venue == "ftx" and kind == "bars":
        return "quote", "1"
    return "base", "1"
