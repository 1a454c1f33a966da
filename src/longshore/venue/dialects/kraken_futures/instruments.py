"""`instruments` and `instruments/status`: the terms of each perpetual, from the engine's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import MarketState
from longshore.engine.rates import paid_rate_e18
from longshore.engine.rows import Market, Tier
from longshore.engine.units import PPM
from longshore.venue.dialects.kraken_futures.api import Api, currency, size
from longshore.venue.dialects.kraken_futures.fee_schedules import SCHEDULE_UID
from longshore.venue.dialects.kraken_futures.values import (
    E18_DECIMALS,
    Json,
    fraction,
    iso_seconds,
    money,
    number,
    scaled,
)

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.call import Call


async def instruments(api: Api, call: Call) -> Json:
    """GET instruments."""
    return {"instruments": [instrument(api, market) for market in api.perpetuals]}


async def statuses(api: Api, call: Call) -> Json:
    """GET instruments/status."""
    rows = [{"tradeable": market.symbol, **_status(api, market)} for market in api.perpetuals]
    return {"instrumentStatus": rows}


async def status(api: Api, call: Call) -> Json:
    """GET instruments/{symbol}/status."""
    market = api.market(call.path_values[0])
    return {"tradeable": market.symbol, **_status(api, market)}


def instrument(api: Api, market: MarketInfo) -> Json:
    """One contract. `isin` is Kraken's own and is left out; here trading opened with the world."""
    row = api.row(market)
    return {
        "symbol": market.symbol,
        "type": "flexible_futures",
        "tickSize": number(market.tick_size),
        "contractSize": 1,
        "tradeable": row.state < MarketState.CANCEL_ONLY,
        "impactMidSize": size(market, row.impact_lots),
        "maxPositionSize": size(market, row.position_max_lots),
        "openingDate": iso_seconds(api.venue.world.scenario.start_us),
        "marginLevels": [_level(tier) for tier in _tiers(api, row)],
        "fundingRateCoefficient": row.rate_interval_us // row.funding_interval_us,
        "maxRelativeFundingRate": scaled(_cap_e18(row), E18_DECIMALS),
        "contractValueTradePrecision": trade_precision(market),
        "postOnly": row.state == MarketState.POST_ONLY,
        "feeScheduleUid": SCHEDULE_UID,
        "mtf": False,
        "base": currency(market.base.symbol),
        "quote": market.quote.symbol,
        "pair": f"{currency(market.base.symbol)}:{market.quote.symbol}",
        "tags": [],
    }


def _cap_e18(row: Market) -> int:
    """The highest rate that one interval pays."""
    return paid_rate_e18(row.rate_cap_e18, row.funding_interval_us, row.rate_interval_us)


def trade_precision(market: MarketInfo) -> int:
    """Decimals of a size; below zero where a lot is ten contracts or more."""
    exponent = market.lot_size.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def _tiers(api: Api, row: Market) -> list[Tier]:
    return [api.view.tiers[row.tier_first + number] for number in range(row.tier_count)]


def _level(tier: Tier) -> Json:
    return {
        "numNonContractUnits": money(tier.from_size),
        "initialMargin": fraction(tier.initial_ppm),
        "maintenanceMargin": fraction(tier.maintenance_ppm),
    }


def _status(api: Api, market: MarketInfo) -> Json:
    """No dislocation exists, so none is reported; the factor on initial margin is the market's."""
    factor = int(api.view.markets[market.market_id].initial_factor_ppm) or PPM
    return {
        "experiencingDislocation": False,
        "priceDislocationDirection": None,
        "experiencingExtremeVolatility": factor > PPM,
        "extremeVolatilityInitialMarginMultiplier": fraction(factor),
    }
