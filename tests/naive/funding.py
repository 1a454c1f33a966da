"""Article 05: funding.

Chosen: what one lot pays is rounded once, floor(rate x index x parts / (10^18 x value divisor)); of
an inverse contract twice: the lot's value at the index in parts, down, then rate x that, down.
Before a market's first interval end the rate is zero. At an interval's end every position is
realised, then the new rate is set at the index of that moment, then whole atoms of residue go from
the clearing account to the venue.
"""

from __future__ import annotations

from longshore.engine.codes import System
from longshore.engine.rows import Market
from tests.naive.ledger import clearing, convert_debt, move, venue_purse
from tests.naive.state import State, nearest

E18 = 10**18


def index_at(market: Market, at_us: int) -> int:
    """Parts of an atom one long lot has paid since the market began (FUND-004)."""
    if not market.funding_lot_parts:
        return market.funding_index_parts
    elapsed = at_us - market.funding_from_us
    part = market.funding_lot_parts * elapsed // market.funding_interval_us
    return market.funding_index_parts + part


def accrued_parts(s: State, account_id: int, market: Market, at_us: int) -> int:
    """Parts a position has received and not realised; negative when it pays (FUND-005)."""
    position = s.positions[account_id, market.market_id]
    return -position.qty_lots * (index_at(market, at_us) - position.funding_index)


def realise(s: State, account_id: int, market: Market) -> int:
    """FUND-006, FUND-007: pays what has accrued; atoms received."""
    position = s.positions[account_id, market.market_id]
    parts = accrued_parts(s, account_id, market, s.time_us)
    position.funding_index = index_at(market, s.time_us)
    atoms = parts // market.atom_parts
    market.residue_parts += parts - atoms * market.atom_parts
    wallet = account_id, s.margin_wallet(account_id, market.market_id)
    move(s, market.settle_asset_id, clearing(market.market_id), wallet, atoms)
    return atoms


def sweep(s: State, market: Market) -> None:
    """LEDG-006: whole atoms of residue go to the venue."""
    whole = market.residue_parts // market.atom_parts
    market.residue_parts -= whole * market.atom_parts
    move(s, market.settle_asset_id, clearing(market.market_id), venue_purse(System.VENUE), whole)


def sweep_if_closed(s: State, market: Market) -> None:
    """LEDG-006: also whenever no contract is open."""
    mine = [p.qty_lots for (_, m), p in s.positions.items() if m == market.market_id]
    if not any(mine):
        sweep(s, market)


def close_interval(s: State, market: Market) -> None:
    """FUND-002, FUND-003, FUND-006."""
    holders = [a for (a, m), p in s.positions.items() if m == market.market_id and p.qty_lots]
    for account_id in sorted(holders):
        realise(s, account_id, market)
        convert_debt(s, (account_id, s.margin_wallet(account_id, market.market_id)))
    market.funding_index_parts = index_at(market, s.time_us)
    rate = 0
    if market.premium_count:
        divisor = market.premium_count * market.funding_divisor
        rate = nearest(market.premium_sum_e15 * 1000, divisor)
    cap = market.funding_cap_e18
    market.funding_rate_e18 = max(-cap, min(cap, rate))
    index, rate = s.index_of(market), market.funding_rate_e18
    if market.inverse_factor:
        market.funding_lot_parts = market.inverse_factor * market.atom_parts // index * rate // E18
    else:
        per_lot = rate * index * market.atom_parts
        market.funding_lot_parts = per_lot // (E18 * market.value_divisor)
    market.funding_from_us = s.time_us
    market.premium_sum_e15 = market.premium_count = 0
    sweep(s, market)
