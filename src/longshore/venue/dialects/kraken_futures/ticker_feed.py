"""The feeds `ticker` and `ticker_lite`: a market once a second."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import MarketState, Side
from longshore.venue.dialects.kraken_futures.api import size
from longshore.venue.dialects.kraken_futures.tickers import (
    best,
    change,
    funding_prediction,
    funding_rate,
    pair,
    premium,
    relative_prediction,
)
from longshore.venue.dialects.kraken_futures.values import (
    E18_DECIMALS,
    Json,
    millis,
    money,
    number,
    scaled,
)

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.projections.records import Stats


def ticker_message(api: Api, market: MarketInfo) -> Json:
    """One market as the feed `ticker` sends it."""
    row = api.row(market)
    return {
        **lite_message(api, market),
        "feed": "ticker",
        "time": millis(api.venue.now_us),
        "funding_rate": funding_rate(api, market),
        "funding_rate_prediction": funding_prediction(api, market),
        "relative_funding_rate": scaled(row.funding_rate_e18, E18_DECIMALS),
        "relative_funding_rate_prediction": relative_prediction(api, market),
        "next_funding_rate_time": millis(row.funding_next_us),
        "leverage": f"{number(market.leverage_max or Decimal(1)):f}x",
        "index": api.index(market),
        "suspended": row.state >= MarketState.HALTED,
        "openInterest": size(market, row.open_lots),
        "markPrice": api.mark(market),
        "post_only": row.state == MarketState.POST_ONLY,
        **_message_sizes(api, market),
        **_message_day(market, api.venue.history.stats(market.market_id)),
    }


def lite_message(api: Api, market: MarketInfo) -> Json:
    """One market as the feed `ticker_lite` sends it."""
    stats = api.venue.history.stats(market.market_id)
    return {
        "feed": "ticker_lite",
        "product_id": market.symbol,
        "bid": _side_price(api, market, Side.BUY),
        "ask": _side_price(api, market, Side.SELL),
        "change": change(stats),
        "premium": premium(api, market),
        "volume": size(market, stats.volume_lots),
        "tag": "perpetual",
        "pair": pair(market),
        "dtm": 0,
        "maturityTime": 0,
        "volumeQuote": money(stats.value_atoms),
    }


def _side_price(api: Api, market: MarketInfo, side: Side) -> Decimal:
    """The best price, 0 when the side is empty: this feed has no absent fields."""
    top = best(api, market, side)
    return top[0] if top else Decimal(0)


def _message_sizes(api: Api, market: MarketInfo) -> Json:
    tops = (best(api, market, Side.BUY), best(api, market, Side.SELL))
    bid_size, ask_size = (top[1] if top else Decimal(0) for top in tops)
    return {"bid_size": bid_size, "ask_size": ask_size}


def _message_day(market: MarketInfo, stats: Stats) -> Json:
    return {
        "last": number(market.mark(stats.last_subticks)),
        "open": number(market.mark(stats.open_subticks)),
        "high": number(market.mark(stats.high_subticks)),
        "low": number(market.mark(stats.low_subticks)),
    }
