"""`premiumIndex`, `fundingRate`, `fundingInfo`, `openInterest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.funding import next_rate_e18
from longshore.venue.dialects.binance_usdm.api import mark_text, size_text
from longshore.venue.dialects.binance_usdm.decode import LIMIT_MAX, MaybeSymbol, Symbol, Times
from longshore.venue.dialects.binance_usdm.spans import span_of
from longshore.venue.dialects.binance_usdm.values import Answer, Json, millis, rate

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.projections.records import FundingRate

HOUR_US = 3_600_000_000


async def premium_index(api: Api, call: Call) -> Answer:
    """GET premiumIndex: mark and index, and what the interval under way would pay."""
    symbol = call.form(MaybeSymbol).symbol
    told = [premium(api, market) for market in api.markets(symbol)]
    return told[0] if symbol else told


def premium(api: Api, market: MarketInfo) -> Json:
    """Mark, index and rates of one market."""
    row = api.row(market)
    return {
        "symbol": market.symbol,
        "markPrice": mark_text(api.mark(market)),
        "indexPrice": mark_text(api.index(market)),
        "estimatedSettlePrice": mark_text(api.index(market)),
        "lastFundingRate": rate(next_rate_e18(row)),
        "interestRate": rate(row.interest_e18),
        "nextFundingTime": millis(row.funding_next_us),
        "time": api.now_ms,
    }


async def rates(api: Api, call: Call) -> list[Json]:
    """GET fundingRate: what was paid, oldest first."""
    asked = call.form(Times)
    limit = min(asked.limit, LIMIT_MAX)
    span = span_of(asked.start_time, asked.end_time, limit)
    found = []
    for market in api.markets(asked.symbol):
        rows = await api.venue.history.funding_rates(market.market_id, span)
        found += [(row.time_us, market, row) for row in rows]
    found.sort(key=lambda each: each[0])
    chosen = found[:limit] if span.ascending else found[-limit:]
    return [_rate(market, row) for _, market, row in chosen]


def _rate(market: MarketInfo, row: FundingRate) -> Json:
    return {
        "symbol": market.symbol,
        "fundingTime": millis(row.time_us),
        "fundingRate": rate(row.rate_e18),
        "markPrice": mark_text(market.mark(row.mark_subticks)),
    }


async def info(api: Api, call: Call) -> list[Json]:
    """GET fundingInfo: how long an interval is, and the bounds of its rate."""
    return [_info(api, market) for market in api.perpetuals]


def _info(api: Api, market: MarketInfo) -> Json:
    row = api.row(market)
    return {
        "symbol": market.symbol,
        "adjustedFundingRateCap": rate(row.rate_cap_e18),
        "adjustedFundingRateFloor": rate(row.rate_floor_e18),
        "fundingIntervalHours": row.funding_interval_us // HOUR_US,
        "disclaimer": False,
    }


async def open_interest(api: Api, call: Call) -> Json:
    """GET openInterest."""
    market = api.market(call.form(Symbol).symbol)
    lots = api.row(market).open_lots
    return {"symbol": market.symbol, "openInterest": size_text(market, lots), "time": api.now_ms}
