"""Who holds much of a market: every open position beside the contracts that are open there.

SURV-010
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from longshore.engine.legs import places
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.state import position_slot
from longshore.engine.units import PPM
from longshore.surveillance.units import Units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from longshore.engine.state import State
    from longshore.rulebooks import Catalog

PERCENT_PPM = PPM // 100


class LargeTerms(msgspec.Struct, frozen=True, kw_only=True):
    """When a position is told of as large."""

    share_percent: int = 5
    """Of all contracts of the market that are open, in percent, at least;"""
    dollars: int = 1_000_000
    """or it is worth so much at the mark price, at least."""


class Holding(NamedTuple):
    """One leg of one account in one market."""

    account_id: int
    market_id: int
    place: int
    lots: int
    """Below zero: short."""
    share_ppm: int
    dollars: int
    is_large: bool


def holdings(state: State, catalog: Catalog, terms: LargeTerms | None = None) -> Iterator[Holding]:
    """Every open position of every account, by account; spot is owned and no position."""
    terms = terms or LargeTerms()
    units = {m.market_id: Units.of(m) for m in catalog.markets.values() if m.is_margined}
    for account_id in range(1, int(state.accounts_count) + 1):
        for place in range(1, int(places(state, account_id)) + 1):
            lots = int(state.positions[position_slot(account_id, place)].qty_lots)
            market_id = place % MARKETS_MAX
            if not lots or market_id not in units:
                continue
            row, unit = state.markets[market_id], units[market_id]
            share_ppm = abs(lots) * PPM // int(row.open_lots)
            ticks = int(row.mark_subticks) // unit.subticks_a_tick
            dollars = unit.dollars(abs(lots), ticks)
            is_large = share_ppm >= terms.share_percent * PERCENT_PPM or dollars >= terms.dollars
            yield Holding(account_id, market_id, place, lots, share_ppm, dollars, is_large)
