"""`leveragepreferences`: isolated at a leverage, or cross without one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.limits import LEVERAGE_MAX_PPM
from longshore.engine.rows import Command
from longshore.venue import views
from longshore.venue.dialects.kraken_futures.errors import argument_invalid, margin_too_low, refused
from longshore.venue.dialects.kraken_futures.order_events import refusal
from longshore.venue.dialects.kraken_futures.values import PPM_DECIMALS, Json, fraction, scaled

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.dialects.kraken_futures.errors import ApiError

PPM = 10**PPM_DECIMALS
MARGIN_REFUSALS = (Reject.HAS_OPEN_RISK, Reject.INSUFFICIENT_MARGIN, Reject.INSUFFICIENT_FUNDS)


class Preference(msgspec.Struct, rename="camel"):
    """`leveragepreferences` as it is set."""

    symbol: str
    max_leverage: Decimal | None = None


async def preferences(api: Api, call: Call) -> Json:
    """GET leveragepreferences: the isolated markets, or the one asked for."""
    symbol = call.parameters.get("symbol", [""])[-1]
    markets = [api.market(symbol)] if symbol else api.perpetuals
    found = []
    for market in markets:
        position = views.position(api.view, call.account_id, market.market_id)
        if position.isolated:
            leverage = scaled(position.leverage_ppm, PPM_DECIMALS)
            found.append({"symbol": market.symbol, "maxLeverage": leverage})
    return {"leveragePreferences": found}


async def set_preference(api: Api, call: Call) -> Json:
    """PUT leveragepreferences."""
    asked = call.form(Preference)
    command = Command(
        kind=CommandKind.SET_LEVERAGE,
        origin=Origin.USER,
        account_id=call.account_id,
        market_id=api.market(asked.symbol).market_id,
        leverage_ppm=_ppm(asked.max_leverage),
    )
    (events,) = await api.submit([command])
    event = refusal(events)
    if event is not None:
        raise _refused(Reject(event.reject))
    return {}


def _ppm(leverage: Decimal | None) -> int:
    if leverage is None:
        return 0
    smallest, greatest = fraction(1), LEVERAGE_MAX_PPM // PPM
    if not leverage.is_finite() or not smallest <= leverage <= greatest:
        raise argument_invalid("maxLeverage")
    ppm = leverage * PPM
    if ppm != int(ppm):
        raise argument_invalid("maxLeverage")
    return int(ppm)


def _refused(reject: Reject) -> ApiError:
    """Open risk that holds the mode fast is refused as Kraken refuses too little margin."""
    if reject in MARGIN_REFUSALS:
        return margin_too_low()
    return refused("invalidArgument: maxLeverage")
