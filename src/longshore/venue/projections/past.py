"""What a world was born with, as history: candles, trades and funding from before its start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from longshore.engine.codes import Role
from longshore.venue.projections import candles, executions, funding_rates
from longshore.venue.projections.candles import SECOND_US, Bar
from longshore.venue.projections.records import Execution, FundingRate
from longshore.venue.projections.tables import put
from longshore.world.feeds.candles import MINUTE_S

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from longshore.venue.projections.folding import MarketUnits
    from longshore.world.feeds.candles import Candle
    from longshore.world.feeds.past_market import MarketPast
    from longshore.world.world import World

BEFORE_ALL_SEQ = 0
MINUTE_US = MINUTE_S * SECOND_US


def put_past(connection: Connection, world: World, units: dict[int, MarketUnits]) -> None:
    """Write the past under seq 0: a function of the world's file, like the rest of history."""
    markets = world.parts.setup.markets
    pasts = world.parts.feed.past(markets)
    for market_id, past in pasts.items():
        bars = _bars(past, world.scenario.start_us, units[market_id])
        put(connection, candles.TABLE, list(bars))
    put(connection, executions.TABLE, list(_numbered_trades(pasts, units)))
    put(connection, funding_rates.TABLE, list(_numbered_rates(pasts)))


def _bars(past: MarketPast, start_us: int, units: MarketUnits) -> Iterator[Bar]:
    """Whole bars only: an unfinished one is told by the shorter bars in it."""
    for kind, by_length in (("trade", past.trade), ("mark", past.mark), ("index", past.index)):
        for length_s, made in by_length.items():
            for bar in made:
                if bar.start_us + length_s * SECOND_US <= start_us:
                    ticks = bar.close_subticks // units.tick_subticks
                    yield Bar(
                        market_id=past.market_id,
                        kind=kind,
                        start_us=bar.start_us,
                        interval_us=length_s * SECOND_US,
                        open_subticks=bar.open_subticks,
                        high_subticks=bar.high_subticks,
                        low_subticks=bar.low_subticks,
                        close_subticks=bar.close_subticks,
                        volume_lots=bar.volume_lots if kind == "trade" else 0,
                        value_atoms=units.value_atoms(ticks, bar.volume_lots),
                    )


def _numbered_trades(
    pasts: dict[int, MarketPast], units: dict[int, MarketUnits]
) -> Iterator[Execution]:
    trades = [(trade, past.market_id) for past in pasts.values() for trade in past.trades]
    trades.sort(key=lambda pair: pair[0].time_us)
    marks = {market_id: _closes(past.mark) for market_id, past in pasts.items()}
    indexes = {market_id: _closes(past.index) for market_id, past in pasts.items()}
    for index, (trade, market_id) in enumerate(trades):
        minute = trade.time_us // MINUTE_US
        yield Execution(
            seq=BEFORE_ALL_SEQ,
            index=index,
            time_us=trade.time_us,
            market_id=market_id,
            taker_order_id=0,
            maker_order_id=0,
            side=trade.side,
            role=Role.TAKER,
            price_ticks=trade.price_ticks,
            qty_lots=trade.qty_lots,
            value_atoms=units[market_id].value_atoms(trade.price_ticks, trade.qty_lots),
            mark_subticks=marks[market_id].get(minute, 0),
            index_subticks=indexes[market_id].get(minute, 0),
        )


def _closes(by_length: dict[int, list[Candle]]) -> dict[int, int]:
    """The last price of each minute; what a trade of that minute met is known no closer."""
    return {bar.start_us // MINUTE_US: bar.close_subticks for bar in by_length.get(MINUTE_S, [])}


def _numbered_rates(pasts: dict[int, MarketPast]) -> Iterator[FundingRate]:
    rates = [(rate, past.market_id) for past in pasts.values() for rate in past.funding]
    rates.sort(key=lambda pair: pair[0].start_us)
    for index, (rate, market_id) in enumerate(rates):
        yield FundingRate(
            seq=BEFORE_ALL_SEQ,
            index=index,
            time_us=rate.start_us,
            market_id=market_id,
            rate_e18=rate.rate_e18,
            index_subticks=rate.index_subticks,
            mark_subticks=rate.mark_subticks,
            lot_parts=rate.lot_parts,
        )
