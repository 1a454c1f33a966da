"""Where the markets stand, whether the engine's laws hold, and what moves this world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from longshore.engine import invariants
from longshore.engine.codes import OrderState, System
from longshore.engine.ledger import balance_atoms, system_wallet
from longshore.engine.limits import ACCOUNTS_SYSTEM, MARKETS_MAX
from longshore.engine.prices import index_subticks
from longshore.engine.state import State
from longshore.explain import format as fmt
from longshore.explain import operator as told
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.markets import kind_of, state_of, state_told
from longshore.venue.dialects.native.schema.console import (
    Cast,
    CastRow,
    Checks,
    ConsoleCheck,
    ConsoleMarket,
    Fund,
    FundName,
    Law,
)
from longshore.venue.dialects.native.wire import Call
from longshore.venue.views import positions

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue

LAWS: dict[Law, Callable[[State], list[str]]] = {
    "conservation": invariants.conservation,
    "clearing": invariants.clearing,
    "holds": invariants.holds,
}
FUNDS: dict[FundName, int] = {
    "insurance": System.INSURANCE,
    "pool": System.POOL,
    "conversion": System.CONVERSION,
    "venue": System.VENUE,
}


async def list_console_markets(call: Call) -> list[ConsoleMarket]:
    """Every market with its state, its orders and its positions."""
    orders, held = _orders(call.venue), _positions(call.venue)
    return [_market(call.venue, m, orders, held) for m in call.venue.catalog.markets.values()]


def standing(venue: Venue, market_id: int) -> tuple[int, int]:
    """How many open orders and how many positions a market has."""
    return _orders(venue)[market_id], _positions(venue)[market_id]


def _market(
    venue: Venue, info: MarketInfo, orders: Counter[int], held: Counter[int]
) -> ConsoleMarket:
    row = venue.view.markets[info.market_id]
    return ConsoleMarket(
        symbol=info.symbol,
        title=f"{info.base.code} {kind_of(row)}",
        kind=kind_of(row),
        state=state_of(row),
        state_text=state_told(row),
        mark=render.mark(info, int(row.mark_subticks)),
        index=render.mark(info, int(index_subticks(venue.view, row))),
        orders=orders[info.market_id],
        positions=held[info.market_id],
        open_interest=fmt.size(info, int(row.open_lots)) if info.is_margined else "",
    )


def _orders(venue: Venue) -> Counter[int]:
    """Open orders by market."""
    view = venue.view
    rows = (view.orders[at] for at in range(1, view.orders_high + 1))
    return Counter(int(each.market_id) for each in rows if each.state != OrderState.NONE)


def _positions(venue: Venue) -> Counter[int]:
    """Positions by market; two legs are two."""
    view = venue.view
    accounts = range(ACCOUNTS_SYSTEM + 1, int(view.accounts_count) + 1)
    return Counter(market for each in accounts for market in _markets_held(venue, each))


def _markets_held(venue: Venue, account_id: int) -> list[int]:
    """Of a short leg, too, the market it is in."""
    return [(place - 1) % MARKETS_MAX + 1 for place, _ in positions(venue.view, account_id)]


async def run_checks(call: Call) -> Checks:
    """Look now whether money is conserved, every market's sums hold, and what the funds have."""
    venue = call.venue
    checks = []
    for key, law in LAWS.items():
        broken = law(venue.view)
        text = "; ".join(broken)
        title, holds = told.law(key), not broken
        checks.append(ConsoleCheck(key=key, title=title, holds=holds, text=text))
    return Checks(seq=venue.view.seq, checks=checks, funds=list(_funds(venue)))


def _funds(venue: Venue) -> list[Fund]:
    """What each of the venue's own accounts holds: all of dollars, and of coins what there is."""
    made = []
    for name, number in FUNDS.items():
        for asset in venue.catalog.assets.values():
            atoms = int(balance_atoms(venue.view, system_wallet(number), asset.asset_id))
            if atoms or (asset.is_settlement and name == "insurance"):
                amount = render.money(atoms, venue.catalog, asset.asset_id)
                made.append(
                    Fund(account=name, title=told.fund(name), asset=asset.code, amount=amount)
                )
    return made


async def get_cast(call: Call) -> Cast:
    """The feed and the built-in traders, accounts, and open sockets."""
    venue = call.venue
    scenario = venue.world.scenario
    return Cast(
        feed=scenario.feed.kind,
        feed_text=venue.world.parts.feed.note,
        seed=scenario.seed,
        agents=[
            CastRow(kind=each.kind, count=each.count, markets=each.markets or scenario.markets)
            for each in scenario.agent
        ],
        accounts=len(venue.accounts.names()),
        sockets=venue.trouble.open_sockets,
        screens=venue.streams.count,
    )
