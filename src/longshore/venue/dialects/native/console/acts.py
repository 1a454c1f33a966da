"""What an operator may do to a market, as commands; tried on a copy before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.prices import index_subticks
from longshore.engine.rows import Command
from longshore.engine.units import PPM
from longshore.explain.operator import did
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, bad_value, raise_refusal
from longshore.venue.dialects.native.schema.console import Done, IndexBody, StateBody
from longshore.venue.dialects.native.wire import Call, decimal

if TYPE_CHECKING:
    from longshore.venue.context import Venue

STATES = {
    "active": MarketState.ACTIVE,
    "post_only": MarketState.POST_ONLY,
    "cancel_only": MarketState.CANCEL_ONLY,
    "halted": MarketState.HALTED,
}
PERCENT_PPM = PPM // 100
SHIFT_MIN, SHIFT_MAX = -90, 900
SOURCES = 5
"""An operator's index is told as made by as many sources as a synthetic market's."""


async def set_state(call: Call, body: StateBody) -> Done:
    """Halt a market, let it go on, or let it take certain orders only."""
    [events] = await call.venue.submit([state_command(call.venue, body)])
    raise_refusal(events)
    return Done(text=did("state", {"symbol": body.symbol, "state": body.state}))


async def publish_index(call: Call, body: IndexBody) -> Done:
    """Publish one index price of a market's coin; it stays until the feed's next one."""
    [events] = await call.venue.submit([index_command(call.venue, body)])
    raise_refusal(events)
    return Done(text=did("index", {"symbol": body.symbol, "percent": body.percent}))


def state_command(venue: Venue, body: StateBody) -> Command:
    """Raises ApiError for a market that is not there."""
    return Command(
        kind=CommandKind.SET_MARKET_STATE,
        origin=Origin.OPERATOR,
        market_id=market_of(venue.catalog, body.symbol).market_id,
        value=STATES[body.state],
    )


def index_command(venue: Venue, body: IndexBody) -> Command:
    """Raises ApiError: out of bounds, or there is no index yet."""
    info = market_of(venue.catalog, body.symbol)
    percent = decimal(body.percent, "percent")
    shift_ppm = percent * PERCENT_PPM
    if not SHIFT_MIN <= percent <= SHIFT_MAX or percent == 0 or shift_ppm % 1:
        message = f"This is from {SHIFT_MIN} to {SHIFT_MAX}, not 0, in steps of 0.0001 %."
        raise bad_value(message, "percent")
    now_subticks = index_subticks(venue.view, venue.view.markets[info.market_id])
    if not now_subticks:
        raise ApiError(CONFLICT, "NO_INDEX", "There is no index price yet.", "symbol")
    return Command(
        kind=CommandKind.PUBLISH_INDEX,
        origin=Origin.OPERATOR,
        asset_id=info.base.asset_id,
        price_subticks=int(now_subticks) * (PPM + int(shift_ppm)) // PPM,
        sources=SOURCES,
    )
