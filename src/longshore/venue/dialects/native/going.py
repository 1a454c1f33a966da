"""Going on until something happens: the route of a world's own time that waits for an event."""

from __future__ import annotations

from longshore.engine.events import EventKind
from longshore.rulebooks import ConversionError
from longshore.venue.dialects.native import draft
from longshore.venue.dialects.native.about import clock_state
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.bodies import RunBody
from longshore.venue.dialects.native.schema.clock import RunResult
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.world.until import ANYTHING, FILL, FUNDING, LIQUIDATION, Crosses, Happens, Until

WALL_S = 20.0
"""A request waits no longer; the caller asks again."""
US_PER_MS = 1_000
LIMIT_MAX_MS = 366 * 86_400_000
KINDS: dict[str, frozenset[EventKind]] = {
    "event": ANYTHING,
    "fill": FILL,
    "funding": FUNDING,
    "liquidation": LIQUIDATION,
    "time": frozenset(),
}


async def run_until(call: Call, body: RunBody) -> RunResult:
    """Go flat out until an event, fill, funding, liquidation, price or time, and pause there."""
    if not 0 < body.limit_ms <= LIMIT_MAX_MS:
        raise bad_value("The limit is above zero, and at most a year.", "limit_ms")
    until = _until(call, body)
    venue = call.venue
    to_us = venue.now_us + body.limit_ms * US_PER_MS
    met = await venue.sequencer.seek(until, to_us, WALL_S)
    by_time = body.until == "time" and venue.world.stepper.reached_us >= to_us
    return RunResult(met=met or by_time, seq=venue.view.seq, clock=clock_state(venue))


def _until(call: Call, body: RunBody) -> Until:
    catalog = call.venue.catalog
    market = draft.market_of(catalog, body.symbol) if body.symbol else None
    if body.until == "price":
        if market is None or body.price is None:
            raise bad_value("A price belongs to a market: name both.", "price")
        try:
            level = market.base.subticks(decimal(body.price, "price"))
        except ConversionError as error:
            raise bad_value(f"{error}.", "price") from error
        return Crosses(market.market_id, level, body.signal)
    if body.price is not None:
        raise bad_value("A price is for going on until a price.", "price")
    account_id = _whose(call, body.of) if body.of else 0
    return Happens(KINDS[body.until], account_id, 0 if market is None else market.market_id)


def _whose(call: Call, name: str) -> int:
    account_id = call.venue.accounts.account_id(name)
    if account_id is None or not (call.caller.is_operator or name == call.account):
        raise not_found("account", "of")
    return account_id
