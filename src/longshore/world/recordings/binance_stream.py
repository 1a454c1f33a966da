"""Binance's streams: depth differences, best prices, trades, and the snapshot asked for beside."""

from __future__ import annotations

from typing import Any

from longshore.world.feeds.depth import ASK, BID
from longshore.world.recordings.collected import Change, Collected, Update
from longshore.world.recordings.tables import BUY, SELL

Key = tuple[str, str, str]
VENUE = "binance"


def take(time_us: int, message: Any, markets: dict[Key, Collected]) -> set[Key]:
    """Put a message where it belongs; the market it was about, if it is one of these."""
    if not isinstance(message, dict):
        return set()
    if "lastUpdateId" in message:
        return _snapshot(time_us, message, markets)
    if "stream" not in message:
        return set()
    data, topic = message["data"], message["stream"].partition("@")[2]
    if not topic.startswith(("depth", "bookTicker", "trade")):
        return set()
    key = (VENUE, _market(data), data["s"])
    market = markets.setdefault(key, Collected())
    if topic.startswith("depth"):
        ids = (data.get("pu"), data["U"], data["u"])
        market.updates.append(Update(time_us, _changes(data["b"], data["a"]), False, *ids))
    elif topic == "bookTicker":
        market.tops.append((time_us, data["u"], data["b"], data["B"], data["a"], data["A"]))
    elif data.get("X", "MARKET") == "MARKET":  # others are the insurance fund's own
        market.trades.append((time_us, data["p"], data["q"], SELL if data["m"] else BUY))
    return {key}


def _market(data: dict[str, Any]) -> str:
    """Which of the venue's markets: each says a word that the others do not."""
    if "ps" in data:
        return "coinm"
    if data.get("e") == "depthUpdate":
        return "usdm" if "pu" in data else "spot"
    if data.get("e") == "trade":
        return "spot" if "M" in data else ("coinm" if "_" in data["s"] else "usdm")
    return "usdm" if "e" in data else "spot"


def _snapshot(time_us: int, message: Any, markets: dict[Key, Collected]) -> set[Key]:
    """A snapshot names its market at best in part: it is the one whose ids it stands among."""
    last = message["lastUpdateId"]
    keys = [k for k, m in markets.items() if k[0] == VENUE and _is_among(last, m)]
    if len(keys) != 1:
        raise ValueError("a snapshot that belongs to no market of the lines before it")
    changes = _changes(message["bids"], message["asks"])
    markets[keys[0]].updates.append(Update(time_us, changes, True, None, None, last))
    return set(keys)


def _is_among(last: int, market: Collected) -> bool:
    ids = [update.last_id or 0 for update in market.updates]
    return bool(ids) and ids[0] <= last and not any(u.is_snapshot for u in market.updates)


def _changes(bids: list[list[str]], asks: list[list[str]]) -> list[Change]:
    return [(BID, p, q) for p, q, *_ in bids] + [(ASK, p, q) for p, q, *_ in asks]
