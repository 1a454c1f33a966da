"""`Depth`, `Trades` and `Spread`."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from longshore.engine.book import each_level
from longshore.engine.codes import Side
from longshore.venue.dialects.kraken_spot.api import price_text, size_text
from longshore.venue.dialects.kraken_spot.decode import whole
from longshore.venue.dialects.kraken_spot.errors import invalid
from longshore.venue.dialects.kraken_spot.ids import trade_number
from longshore.venue.dialects.kraken_spot.tickers import best
from longshore.venue.dialects.kraken_spot.values import (
    BOOK_SIZE_DECIMALS,
    NS_PER_US,
    US_PER_SECOND,
    Json,
    fixed,
    seconds,
    whole_seconds,
)
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.projections.records import Execution

DEPTH_DEFAULT, DEPTH_MAX = 100, 500
TRADES_MAX = 1_000
SECONDS_MAX_DIGITS = 11
"""`since` is in seconds; with more digits it is the `last` of an answer, in nanoseconds."""
SIDE_LETTERS: dict[int, str] = {Side.BUY: "b", Side.SELL: "s"}


class DepthAsked(msgspec.Struct):
    """How much of which book."""

    pair: str
    count: int = DEPTH_DEFAULT


class TradesAsked(msgspec.Struct):
    """Which trades."""

    pair: str
    since: str = ""
    count: int = TRADES_MAX


class SpreadAsked(msgspec.Struct):
    """Since when."""

    pair: str
    since: str = "0"


async def depth(api: Api, call: Call) -> Json:
    """Public Depth: levels best first, each with the time of its newest order."""
    asked = call.form(DepthAsked)
    key, market = api.keyed_pair(asked.pair)
    if not 1 <= asked.count <= DEPTH_MAX:
        raise invalid("count")
    asks, bids = (_side(api, market, side, asked.count) for side in (Side.SELL, Side.BUY))
    return {key: {"asks": asks, "bids": bids}}


def _side(api: Api, market: MarketInfo, side: Side, count: int) -> list[list[str | int]]:
    found = islice(each_level(api.view, api.row(market), side), count)
    return [
        [
            price_text(market, market.price(level.price_ticks)),
            fixed(market.size(level.qty_lots), BOOK_SIZE_DECIMALS),
            whole_seconds(api.view.orders[level.last].placed_us),
        ]
        for level in found
    ]


async def trades(api: Api, call: Call) -> Json:
    """Public Trades: the newest, or the first ones after `since`; oldest first.

    `last` is the time of the newest one, in nanoseconds: the `since` to go on from.
    """
    asked = call.form(TradesAsked)
    key, market = api.keyed_pair(asked.pair)
    if not 1 <= asked.count <= TRADES_MAX:
        raise invalid("count")
    found = await _found(api, market, asked)
    last = found[-1].time_us * NS_PER_US if found else _since_us(asked.since) * NS_PER_US
    return {key: [_trade(market, trade) for trade in found], "last": str(last)}


async def _found(api: Api, market: MarketInfo, asked: TradesAsked) -> list[Execution]:
    """A page that is full goes on to the end of its last moment: `last` could not name the rest."""
    read = api.venue.history.executions
    if not asked.since:
        return (await read(market.market_id, Span(limit=asked.count)))[::-1]
    after_us = _since_us(asked.since) + 1
    span = Span(after_us=after_us, limit=asked.count, ascending=True)
    found = await read(market.market_id, span)
    if len(found) == asked.count:
        newest = found[-1]
        rest = replace(
            span, after_key=(newest.seq, newest.index), before_us=newest.time_us + 1, limit=10_000
        )
        found += await read(market.market_id, rest)
    return found


def _since_us(text: str) -> int:
    if not text:
        return 0
    since = whole(text, "since")
    return since * US_PER_SECOND if len(text) <= SECONDS_MAX_DIGITS else since // NS_PER_US


def _trade(market: MarketInfo, trade: Execution) -> list[object]:
    """The public record says who took, not with which type of order: all are told as market."""
    return [
        price_text(market, market.price(trade.price_ticks)),
        size_text(market, trade.qty_lots),
        seconds(trade.time_us),
        SIDE_LETTERS[trade.side],
        "m",
        "",
        trade_number(trade.seq, trade.index),
    ]


async def spread(api: Api, call: Call) -> Json:
    """Public Spread: best bid and ask as they stand; those of the past are not kept."""
    asked = call.form(SpreadAsked)
    key, market = api.keyed_pair(asked.pair)
    now = whole_seconds(api.venue.now_us)
    row = [now, *(price_text(market, best(api, market, each)[0]) for each in (Side.BUY, Side.SELL))]
    return {key: [row] if now > whole(asked.since, "since") else [], "last": now}
