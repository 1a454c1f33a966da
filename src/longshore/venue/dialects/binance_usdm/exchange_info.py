"""`ping`, `time`, `exchangeInfo`: what is traded here, and the filters orders must pass."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import MarketState
from longshore.engine.limits import PRICE_MAX_TICKS
from longshore.venue.dialects.binance_usdm.api import price_text, size_text
from longshore.venue.dialects.binance_usdm.values import (
    PPM,
    PPM_DECIMALS,
    Json,
    fraction,
    millis,
    places,
    plain,
)

if TYPE_CHECKING:
    from longshore.engine.rows import Market
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

ORDER_TYPES = (
    "LIMIT",
    "MARKET",
    "STOP",
    "STOP_MARKET",
    "TAKE_PROFIT",
    "TAKE_PROFIT_MARKET",
    "TRAILING_STOP_MARKET",
)
TIMES_IN_FORCE = ("GTC", "IOC", "FOK", "GTX", "GTD")
NEVER_MS = 4_133_404_800_000
"""The delivery date of what is never delivered."""
STATUSES: dict[int, str] = {
    MarketState.ACTIVE: "TRADING",
    MarketState.POST_ONLY: "PRE_TRADING",
    MarketState.CANCEL_ONLY: "PRE_SETTLE",
    MarketState.HALTED: "PENDING_TRADING",
    MarketState.AUCTION: "PENDING_TRADING",
    MarketState.EXPIRED: "CLOSE",
}


async def ping(api: Api, call: Call) -> Json:
    """GET ping."""
    return {}


async def time(api: Api, call: Call) -> Json:
    """GET time: the venue's clock."""
    return {"serverTime": api.told_ms}


async def exchange_info(api: Api, call: Call) -> Json:
    """GET exchangeInfo. Nobody counts requests here, so there are no rate limits to tell."""
    settled = {market.settle.asset_id for market in api.perpetuals}
    return {
        "timezone": "UTC",
        "serverTime": api.told_ms,
        "futuresType": "U_MARGINED",
        "rateLimits": [],
        "exchangeFilters": [],
        "assets": [
            {"asset": asset.code, "marginAvailable": asset.asset_id in settled}
            for asset in api.venue.catalog.assets.values()
        ],
        "symbols": [_symbol(api, market) for market in api.perpetuals],
    }


def _symbol(api: Api, market: MarketInfo) -> Json:
    row = api.row(market)
    first = api.view.tiers[row.tier_first]
    return {
        "symbol": market.symbol,
        "pair": market.symbol,
        "contractType": "PERPETUAL",
        "deliveryDate": NEVER_MS,
        "onboardDate": millis(row.listed_us),
        "status": STATUSES[row.state],
        "maintMarginPercent": plain(_percent(first.maintenance_ppm)),
        "requiredMarginPercent": plain(_percent(first.initial_ppm)),
        "baseAsset": market.base.code,
        "quoteAsset": market.quote.code,
        "marginAsset": market.settle.code,
        "pricePrecision": places(market.tick_size),
        "quantityPrecision": places(market.lot_size),
        "baseAssetPrecision": market.base.decimals,
        "quotePrecision": market.quote.decimals,
        "underlyingType": "COIN",
        "underlyingSubType": [],
        "triggerProtect": "0",
        "liquidationFee": fraction(row.liquidation_fee_ppm),
        "marketTakeBound": fraction(row.take_band_ppm or row.market_band_ppm),
        "filters": _filters(market, row),
        "orderTypes": list(ORDER_TYPES),
        "timeInForce": list(TIMES_IN_FORCE),
    }


def _percent(ppm: int) -> Decimal:
    return Decimal(int(ppm)).scaleb(2 - PPM_DECIMALS)


def _filters(market: MarketInfo, row: Market) -> list[Json]:
    """What an order is held to; a limit that the rulebook does not have is not told."""
    sizes = {
        "minQty": size_text(market, 1),
        "maxQty": size_text(market, row.order_max_lots),
        "stepSize": size_text(market, 1),
    }
    prices = {
        "minPrice": price_text(market, 1),
        "maxPrice": price_text(market, PRICE_MAX_TICKS),
        "tickSize": price_text(market, 1),
    }
    counts = (("MAX_NUM_ORDERS", row.orders_max), ("MAX_NUM_ALGO_ORDERS", row.triggers_max))
    return [
        {"filterType": "PRICE_FILTER", **prices},
        {"filterType": "LOT_SIZE", **sizes},
        {"filterType": "MARKET_LOT_SIZE", **sizes},
        *({"filterType": name, "limit": int(limit)} for name, limit in counts if limit),
        {"filterType": "MIN_NOTIONAL", "notional": "0"},
        *_collar(row),
    ]


def _collar(row: Market) -> list[Json]:
    if not row.collar_ppm:
        return []
    up, down = fraction(PPM + row.collar_ppm), fraction(PPM - row.collar_ppm)
    decimals = {"multiplierDecimal": str(PPM_DECIMALS)}
    return [{"filterType": "PERCENT_PRICE", "multiplierUp": up, "multiplierDown": down, **decimals}]
