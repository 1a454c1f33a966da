"""`Assets` and `AssetPairs`: what there is, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import MarketState
from longshore.venue.dialects.kraken_spot.api import NAMES_MAX, price_decimals
from longshore.venue.dialects.kraken_spot.decode import parts
from longshore.venue.dialects.kraken_spot.errors import UNKNOWN_ASSET, ApiError, invalid
from longshore.venue.dialects.kraken_spot.names import (
    altname,
    asset_id,
    pair_altname,
    pair_wsname,
)
from longshore.venue.dialects.kraken_spot.values import Json, fixed, number, places

if TYPE_CHECKING:
    from longshore.engine.rows import FeeTier
    from longshore.rulebooks import AssetInfo, MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

CURRENCY = "currency"
DISPLAY_DECIMALS = 5
DISPLAY_DECIMALS_CASH = 2
MARGIN_CALL, MARGIN_STOP = 80, 40
PPM_PER_PERCENT = 10_000

STATUSES: dict[int, str] = {
    MarketState.ACTIVE: "online",
    MarketState.POST_ONLY: "post_only",
    MarketState.AUCTION: "limit_only",
}
"""Any other state takes cancels alone."""


class AssetsAsked(msgspec.Struct):
    """Which assets; all where none is named."""

    asset: str = ""
    aclass: str = CURRENCY


class PairsAsked(msgspec.Struct):
    """Which pairs, and what about them."""

    pair: str = ""
    info: str = "info"


async def assets(api: Api, call: Call) -> Json:
    """Public Assets."""
    asked = call.form(AssetsAsked)
    if asked.aclass != CURRENCY:
        raise ApiError(UNKNOWN_ASSET)
    wanted = [api.asset(name) for name in parts(asked.asset, NAMES_MAX, "asset")]
    found = wanted or list(api.venue.catalog.assets.values())
    return {asset_id(asset): _asset(api, asset) for asset in found}


def _asset(api: Api, asset: AssetInfo) -> Json:
    return {
        "aclass": CURRENCY,
        "altname": altname(asset),
        "decimals": asset.decimals,
        "display_decimals": DISPLAY_DECIMALS_CASH if asset.is_settlement else DISPLAY_DECIMALS,
        "collateral_value": number(1 - asset.haircut),
        "status": "enabled",
    }


async def asset_pairs(api: Api, call: Call) -> Json:
    """Public AssetPairs."""
    asked = call.form(PairsAsked)
    about = ABOUT.get(asked.info)
    if about is None:
        raise invalid("info")
    return {key: about(api, market) for key, market in api.keyed_pairs(asked.pair)}


def status_of(api: Api, market: MarketInfo) -> str:
    """What a pair accepts now."""
    return STATUSES.get(api.row(market).state, "cancel_only")


def _whole(api: Api, market: MarketInfo) -> Json:
    return {
        "altname": pair_altname(market),
        "wsname": pair_wsname(market),
        "aclass_base": CURRENCY,
        "base": asset_id(market.base),
        "aclass_quote": CURRENCY,
        "quote": asset_id(market.quote),
        "lot": "unit",
        "cost_decimals": market.quote.decimals,
        "pair_decimals": price_decimals(market),
        "lot_decimals": places(market.lot_size),
        "lot_multiplier": 1,
        "leverage_buy": [],
        "leverage_sell": [],
        **_fees(api, market),
        **_margin(api, market),
        "ordermin": f"{number(market.lot_size):f}",
        "costmin": fixed(Decimal(0), market.quote.decimals),
        "tick_size": f"{number(market.tick_size):f}",
        "status": status_of(api, market),
        "execution_venue": "international",
    }


def _fees(api: Api, market: MarketInfo) -> Json:
    """Fees in percent, by thirty days' volume."""
    row = api.row(market)
    tiers = [api.view.fee_tiers[row.fee_first + at] for at in range(row.fee_count)]
    return {
        "fees": [[_volume(api, tier), percent(tier.taker_ppm)] for tier in tiers],
        "fees_maker": [[_volume(api, tier), percent(tier.maker_ppm)] for tier in tiers],
        "fee_volume_currency": asset_id(api.venue.catalog.settlement),
    }


def _volume(api: Api, tier: FeeTier) -> Decimal:
    return number(api.venue.catalog.settlement.amount(tier.from_atoms))


def percent(ppm: int) -> Decimal:
    """Parts per million as percent."""
    return number(Decimal(ppm) / PPM_PER_PERCENT)


def _leverage(api: Api, market: MarketInfo) -> Json:
    """Nothing is lent here."""
    return {"leverage_buy": [], "leverage_sell": []}


def _margin(api: Api, market: MarketInfo) -> Json:
    return {"margin_call": MARGIN_CALL, "margin_stop": MARGIN_STOP}


ABOUT: dict[str, Callable[[Api, MarketInfo], Json]] = {
    "info": _whole,
    "leverage": _leverage,
    "fees": _fees,
    "margin": _margin,
}
