"""`TradeVolume`: thirty days' volume, and the fees it brings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.fees import volume_atoms
from longshore.venue.dialects.kraken_spot.api import NAMES_MAX
from longshore.venue.dialects.kraken_spot.decode import parts
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json, fixed

if TYPE_CHECKING:
    from longshore.engine.rows import FeeTier
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

DECIMALS = 4
PPM_PER_PERCENT = 10_000


class Asked(msgspec.Struct):
    """Whose fees are wanted; none, and only the volume is told."""

    pair: str = ""


async def trade_volume(api: Api, call: Call) -> Json:
    """Private TradeVolume."""
    markets = [api.pair(name) for name in parts(call.form(Asked).pair, NAMES_MAX, "pair")]
    settlement = api.venue.catalog.settlement
    volume = volume_atoms(api.view, call.account_id, api.row((markets or api.pairs)[0]))
    told: Json = {
        "currency": asset_id(settlement),
        "volume": fixed(settlement.amount(volume), DECIMALS),
    }
    for name, maker in (("fees", False), ("fees_maker", True)) if markets else ():
        told[name] = {each.venue_id: _fee(api, each, volume, maker) for each in markets}
    return told


def _fee(api: Api, market: MarketInfo, volume: int, maker: bool) -> Json:
    """The fee of the tier reached, in percent, the range of fees, and the tier that comes next."""
    row = api.row(market)
    tiers = [api.view.fee_tiers[row.fee_first + at] for at in range(row.fee_count)]
    rates = [_rate(tier, maker) for tier in tiers]
    at = max(number for number, tier in enumerate(tiers) if volume >= tier.from_atoms)
    later = tiers[at + 1 : at + 2]
    following = later[0] if later else None
    return {
        "fee": rates[at],
        "minfee": rates[-1],
        "maxfee": rates[0],
        "nextfee": _rate(following, maker) if following else None,
        "tiervolume": _volume(api, tiers[at]),
        "nextvolume": _volume(api, following) if following else None,
    }


def _rate(tier: FeeTier, maker: bool) -> str:
    ppm = tier.maker_ppm if maker else tier.taker_ppm
    return fixed(Decimal(int(ppm)) / PPM_PER_PERCENT, DECIMALS)


def _volume(api: Api, tier: FeeTier) -> str:
    return fixed(api.venue.catalog.settlement.amount(tier.from_atoms), DECIMALS)
