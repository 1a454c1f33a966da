"""A future that expires in an hour, and what its tests ask of it."""

from __future__ import annotations

from longshore.engine.codes import (
    MarketKind,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import clearing_wallet, settlement_atoms
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Event
from tests.engine.desk import (
    DOLLAR_SUBTICKS,
    HOUR_US,
    PERP,
    START_US,
    Desk,
    changed,
    lots,
    of,
    setup,
)

MINUTE_US = 60_000_000
EXPIRY_US = START_US + HOUR_US
DATES = {
    "kind": MarketKind.LINEAR_FUTURE,
    "expiry_us": EXPIRY_US,
    "settle_window_us": 30 * MINUTE_US,
    "settle_sample_us": MINUTE_US,
    "funding_interval_us": 0,
}


def dated_setup(**fields: int) -> Setup:
    """The desk's first market as a future that expires in an hour, averaged over 30 minutes."""
    return changed(setup(), **{**DATES, **fields})


def dated_desk(**fields: int) -> Desk:
    """Ann is long one BTC from 10,000, Bob short."""
    desk = Desk(dated_setup(**fields))
    for name in ("ann", "bob", "cat"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.trade("ann", "bob", lots(1), 10_000)
    return desk


def waiting_desk() -> Desk:
    """The feed died in the window: expiry has come with an old price."""
    made = dated_setup()
    made.assets[1].stale_after_us = MINUTE_US
    desk = Desk(made)
    for name in ("ann", "bob"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.trade("ann", "bob", lots(1), 10_000)
    until_expiry(desk, 20 * MINUTE_US)
    desk.index(10_000)
    return desk


def until_expiry(desk: Desk, before_us: int = 0) -> list[Event]:
    """Time passes to expiry, or so long before it."""
    return desk.wait(EXPIRY_US - before_us - desk.time_us)


def clearing(desk: Desk, market: int = PERP) -> int:
    return settlement_atoms(desk.engine.view, clearing_wallet(market))


def settle(desk: Desk, dollars: float, market: int = PERP) -> list[Event]:
    """The venue's command."""
    price = round(dollars * DOLLAR_SUBTICKS)
    return desk.do(CommandKind.SETTLE_MARKET, market_id=market, price_subticks=price)


def states(events: list[Event]) -> list[int]:
    return [e.flag for e in of(events, EventKind.MARKET_STATE_SET)]
