"""`feeschedules` and `feeschedules/volumes`: the fee tiers, in percent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.rows import FeeTier
from longshore.venue.dialects.kraken_futures.values import Json, money, percent

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call

SCHEDULE_UID = "97ae0cc8-2964-43ea-91e9-d8e720b02b19"
SCHEDULE_NAME = "Linear Multi-Collateral Rebate Fees"


async def fee_schedules(api: Api, call: Call) -> Json:
    """GET feeschedules."""
    if not api.perpetuals:
        return {"feeSchedules": []}
    row = api.row(api.perpetuals[0])
    tiers = [_tier(api.view.fee_tiers[row.fee_first + number]) for number in range(row.fee_count)]
    return {"feeSchedules": [{"uid": SCHEDULE_UID, "name": SCHEDULE_NAME, "tiers": tiers}]}


async def fee_volumes(api: Api, call: Call) -> Json:
    """GET feeschedules/volumes: the caller's 30-day volume."""
    account = api.view.accounts[call.account_id]
    volume = money(account.derivatives_volume_atoms)
    return {"volumesByFeeSchedule": {SCHEDULE_UID: volume}}


def _tier(tier: FeeTier) -> Json:
    return {
        "makerFee": percent(tier.maker_ppm),
        "takerFee": percent(tier.taker_ppm),
        "usdVolume": money(tier.from_atoms),
    }
