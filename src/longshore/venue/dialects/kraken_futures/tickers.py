"""`tickers` and `tickers/{symbol}`."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.book import levels
from longshore.engine.codes import MarketState, Side
from longshore.engine.funding import predicted_rate_e18
from longshore.venue.dialects.kraken_futures.api import Api, price, size
from longshore.venue.dialects.kraken_futures.values import (
    E18_DECIMALS,
    MICROATOM_DECIMALS,
    Json,
    iso_micros,
    money,
    number,
    ratio,
    scaled,
)

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.projections.records import Stats

PERCENT_DECIMALS = Decimal("0.01")
PREMIUM_DECIMALS = Decimal("0.1")


async def tickers(api: Api, call: Call) -> Json:
    """GET tickers."""
    return {"tickers": [ticker(api, market) for market in api.perpetuals]}


async def one_ticker(api: Api, call: Call) -> Json:
    """GET tickers/{symbol}."""
    return {"ticker": ticker(api, api.market(call.path_values[0]))}


def ticker(api: Api, market: MarketInfo) -> Json:
    """One market now and over 24 hours. What has no value is absent, never null."""
    row = api.row(market)
    stats = api.venue.history.stats(market.market_id)
    return {
        "symbol": market.symbol,
        "tag": "perpetual",
        "pair": pair(market),
        "markPrice": api.mark(market),
        **_best(api, market),
        **_day(market, stats),
        "openInterest": size(market, row.open_lots),
        "fundingRate": funding_rate(api, market),
        "fundingRatePrediction": funding_prediction(api, market),
        "suspended": row.state >= MarketState.HALTED,
        "indexPrice": api.index(market),
        "postOnly": row.state == MarketState.POST_ONLY,
    }


def pair(market: MarketInfo) -> str:
    """The pair as tickers name it: `XBT:USD`."""
    return f"{market.base.symbol}:{market.quote.symbol}"


def best(api: Api, market: MarketInfo, side: Side) -> tuple[Decimal, Decimal] | None:
    """Best price and size of a side."""
    top = levels(api.view, market.market_id, side, 1)
    return (price(market, top[0][0]), size(market, top[0][1])) if top else None


def _best(api: Api, market: MarketInfo) -> Json:
    found: Json = {}
    for name, side in (("bid", Side.BUY), ("ask", Side.SELL)):
        top = best(api, market, side)
        if top is not None:
            found[name], found[f"{name}Size"] = top
    return found


def _day(market: MarketInfo, stats: Stats) -> Json:
    traded: Json = {
        "vol24h": size(market, stats.volume_lots),
        "volumeQuote": money(stats.value_atoms),
        "change24h": change(stats).quantize(PERCENT_DECIMALS),
    }
    if stats.last_subticks:
        traded |= _prices(market, stats)
    return traded


def _prices(market: MarketInfo, stats: Stats) -> Json:
    return {
        "last": number(market.mark(stats.last_subticks)),
        "lastTime": iso_micros(stats.last_us),
        "lastSize": size(market, stats.last_lots),
        "open24h": number(market.mark(stats.open_subticks)),
        "high24h": number(market.mark(stats.high_subticks)),
        "low24h": number(market.mark(stats.low_subticks)),
        "vwap24h": _vwap(market, stats),
    }


def _vwap(market: MarketInfo, stats: Stats) -> Decimal:
    """Value over size; the last price while nothing was traded for a day."""
    if not stats.volume_lots:
        return number(market.mark(stats.last_subticks))
    average = money(stats.value_atoms) / market.size(stats.volume_lots)
    return number(average.quantize(market.tick_size / 100))


def change(stats: Stats) -> Decimal:
    """The last price against that of 24 hours ago, in percent."""
    return ratio(stats.last_subticks - stats.open_subticks, stats.open_subticks) * 100


def premium(api: Api, market: MarketInfo) -> Decimal:
    """How far the mark is from the index, in percent."""
    index = api.index(market)
    share = (api.mark(market) - index) / index if index else Decimal(0)
    return number((share * 100).quantize(PREMIUM_DECIMALS))


def funding_rate(api: Api, market: MarketInfo) -> Decimal:
    """What one contract pays in this interval, in dollars."""
    per_lot = scaled(api.row(market).funding_lot_parts, MICROATOM_DECIMALS)
    return number(per_lot / market.lot_size)


def relative_prediction(api: Api, market: MarketInfo) -> Decimal:
    """The relative rate if the interval ended now."""
    return scaled(predicted_rate_e18(api.row(market)), E18_DECIMALS)


def funding_prediction(api: Api, market: MarketInfo) -> Decimal:
    """The same in dollars a contract, at the current index."""
    return number(relative_prediction(api, market) * api.index(market))
