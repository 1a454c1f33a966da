"""Kraken's streams: spot version 1 and 2 with their checksums, futures version 1 with its seq."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from longshore.world.feeds.depth import ASK, BID
from longshore.world.recordings.collected import Change, Collected, Update
from longshore.world.recordings.tables import BUY, SELL

Key = tuple[str, str, str]
VENUE = "kraken"
SIDES = {"b": BUY, "s": SELL, "buy": BUY, "sell": SELL}


def take(time_us: int, message: Any, markets: dict[Key, Collected]) -> set[Key]:
    """Put a message where it belongs; the markets it was about, if it is one of these."""
    if isinstance(message, list):
        return _spot_1(time_us, message, markets)
    if not isinstance(message, dict):
        return set()
    if message.get("channel") in {"book", "trade"} and "data" in message:
        return {key for data in message["data"] for key in _spot_2(time_us, message, data, markets)}
    if message.get("feed") in {"book_snapshot", "book", "trade"} and "product_id" in message:
        return _futures(time_us, message, markets)
    return set()


def _spot_1(time_us: int, message: list[Any], markets: dict[Key, Collected]) -> set[Key]:
    """A list: channel, one or two bodies, the channel's name, the pair."""
    name, pair = message[-2], message[-1]
    if name != "trade" and not name.startswith("book-"):
        return set()
    key = (VENUE, "spot", pair)
    market = markets.setdefault(key, Collected())
    if name == "trade":
        market.trades += [(time_us, p, q, SIDES[side]) for p, q, _, side, *_ in message[1]]
        return {key}
    market.depth = int(name.removeprefix("book-"))
    body = {word: value for part in message[1:-2] for word, value in part.items()}
    is_snapshot = "as" in body or "bs" in body
    changes = _pairs(ASK, body.get("as", body.get("a", [])))
    changes += _pairs(BID, body.get("bs", body.get("b", [])))
    checksum = int(body["c"]) if "c" in body else None
    market.updates.append(Update(time_us, changes, is_snapshot, checksum=checksum))
    return {key}


def _spot_2(
    time_us: int, message: dict[str, Any], data: dict[str, Any], markets: dict[Key, Collected]
) -> Iterable[Key]:
    """One market's part of a message of version 2."""
    key = (VENUE, "spot", data["symbol"])
    market = markets.setdefault(key, Collected())
    if message["channel"] == "trade":
        market.trades.append((time_us, str(data["price"]), str(data["qty"]), SIDES[data["side"]]))
        return [key]
    is_snapshot = message["type"] == "snapshot"
    changes = _named(ASK, data["asks"]) + _named(BID, data["bids"])
    if is_snapshot:
        market.depth = max(len(data["asks"]), len(data["bids"]))
    market.updates.append(Update(time_us, changes, is_snapshot, checksum=data.get("checksum")))
    return [key]


def _futures(time_us: int, message: dict[str, Any], markets: dict[Key, Collected]) -> set[Key]:
    """The book by single levels, each with the next seq."""
    key = (VENUE, "futures", message["product_id"])
    market = markets.setdefault(key, Collected())
    if message["feed"] == "trade":
        taker = SIDES[message["side"]]
        market.trades.append((time_us, str(message["price"]), str(message["qty"]), taker))
        return {key}
    seq = message["seq"]
    if message["feed"] == "book_snapshot":
        changes = _named(BID, message["bids"]) + _named(ASK, message["asks"])
        market.updates.append(Update(time_us, changes, True, seq, seq, seq))
        return {key}
    side = BID if message["side"] == "buy" else ASK
    change = (side, str(message["price"]), str(message["qty"]))
    market.updates.append(Update(time_us, [change], False, seq - 1, seq, seq))
    return {key}


def _pairs(side: int, levels: list[list[str]]) -> list[Change]:
    return [(side, level[0], level[1]) for level in levels]


def _named(side: int, levels: list[dict[str, Any]]) -> list[Change]:
    return [(side, str(level["price"]), str(level["qty"])) for level in levels]
