"""`/api/charts/v1`: candles of trade, mark and index prices, and what there is of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_futures.errors import ApiError
from longshore.venue.dialects.kraken_futures.values import Json, millis, text
from longshore.venue.history import CandleKind, Span

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.projections.records import Candle

TICK_TYPES = {"trade": CandleKind.TRADE, "mark": CandleKind.MARK, "spot": CandleKind.INDEX}
RESOLUTIONS_S = {
    "1m": 60,
    "5m": 300,
    "15m": 900,
    "30m": 1_800,
    "1h": 3_600,
    "4h": 14_400,
    "12h": 43_200,
    "1d": 86_400,
    "1w": 604_800,
}
CANDLES_MAX = 2_000
SECONDS_MAX_DIGITS = 12
SECOND_US = 1_000_000


async def tick_types(api: Api, call: Call) -> list[str]:
    """GET charts/v1: the kinds of price."""
    return sorted(TICK_TYPES)


async def symbols(api: Api, call: Call) -> list[str]:
    """GET charts/v1/{tick_type}: the markets."""
    _kind(call.path_values[0])
    return [market.symbol for market in api.perpetuals]


async def resolutions(api: Api, call: Call) -> list[str]:
    """GET charts/v1/{tick_type}/{symbol}: the lengths of a candle."""
    _kind(call.path_values[0])
    _market(api, call.path_values[1])
    return list(RESOLUTIONS_S)


async def candles(api: Api, call: Call) -> Json:
    """GET charts/v1/{tick_type}/{symbol}/{resolution}, `from` and `to` in seconds."""
    tick_type, symbol, resolution = call.path_values
    kind, market = _kind(tick_type), _market(api, symbol)
    if resolution not in RESOLUTIONS_S:
        raise _invalid("Invalid resolution")
    span = _span(call)
    found = await api.venue.history.candles(market.market_id, kind, RESOLUTIONS_S[resolution], span)
    rows = [candle_row(market, kind, candle) for candle in found[-CANDLES_MAX:]]
    return {"candles": rows, "more_candles": len(found) > CANDLES_MAX}


def _span(call: Call) -> Span:
    """From `from` to `to`, both included; one more than fits tells whether there are more."""
    after_us = _seconds(call, "from", 0) * SECOND_US
    before_us = (_seconds(call, "to", Span().before_us // SECOND_US - 1) + 1) * SECOND_US
    return Span(after_us=after_us, before_us=before_us, limit=CANDLES_MAX + 1)


def _seconds(call: Call, name: str, default: int) -> int:
    given = call.parameters.get(name)
    if not given:
        return default
    if not (given[-1].isascii() and given[-1].isdigit()) or len(given[-1]) > SECONDS_MAX_DIGITS:
        raise _invalid(f"Invalid {name}")
    return int(given[-1])


def _kind(tick_type: str) -> CandleKind:
    if tick_type not in TICK_TYPES:
        raise _invalid("Invalid tick type")
    return TICK_TYPES[tick_type]


def _market(api: Api, symbol: str) -> MarketInfo:
    try:
        return api.market(symbol)
    except ApiError:
        raise _invalid("Invalid symbol") from None


def _invalid(words: str) -> ApiError:
    """The charts refuse in plain text."""
    return ApiError(400, {"error": words})


def candle_row(market: MarketInfo, kind: CandleKind, candle: Candle) -> Json:
    """One candle, every number as a text."""
    volume = market.size(candle.volume_lots) if kind == CandleKind.TRADE else market.size(0)
    return {
        "time": millis(candle.start_us),
        "open": text(market.mark(candle.open_subticks)),
        "high": text(market.mark(candle.high_subticks)),
        "low": text(market.mark(candle.low_subticks)),
        "close": text(market.mark(candle.close_subticks)),
        "volume": text(volume),
    }
