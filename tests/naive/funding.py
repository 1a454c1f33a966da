"""Article 05: funding.

Chosen: what one lot pays is rounded once, floor(rate x index x parts / (10^18 x value divisor)); of
an inverse contract twice: the lot's value at the index in parts, down, then rate x that, down.
Before a market's first interval end the rate is zero. At an interval's end every position is
realised, then the new rate is set at the price of that moment, then whole atoms of residue go from
the clearing account to the venue. Where all is paid at once the rate of this interval is set before
the positions are realised, that of the one before (lag) is charged at the price of the moment. The
mean of samples is cut toward zero before it is damped.
"""

from __future__ import annotations

from fractions import Fraction

from longshore.engine.codes import FundingPay, FundingPrice, System
from longshore.engine.rows import Market
from tests.naive.ledger import clearing, convert_debt, move, venue_purse
from tests.naive.state import PPM, State, nearest

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
    """FUND-002, FUND-003, FUND-006, FUND-009, FUND-011."""
    market.funding_index_parts = index_at(market, s.time_us)
    market.funding_from_us = s.time_us
    at_once = market.funding_pay == FundingPay.AT_ONCE
    if at_once and not market.funding_lag:
        set_rate(s, market)
    if at_once:
        market.funding_index_parts += lot_pays(s, market)
    choose_interval(market)
    holders = [a for (a, m), p in s.positions.items() if m == market.market_id and p.qty_lots]
    since = s.time_us - market.funding_cash_at_us
    pays = not market.funding_cash_us or since % market.funding_cash_us == 0
    for account_id in sorted(holders) if pays else []:
        realise(s, account_id, market)
        convert_debt(s, (account_id, s.margin_wallet(account_id, market.market_id)))
    if not at_once or market.funding_lag:
        set_rate(s, market)
    sweep(s, market)


def choose_interval(market: Market) -> None:
    """FUND-010: short after a rate at its floor or cap, long after so many calm short ones."""
    short, now = market.funding_short_us, market.funding_interval_us
    if not short:
        return
    if market.rate_e18 in (market.rate_floor_e18, market.rate_cap_e18):
        market.funding_interval_us, market.funding_calm = short, 0
    elif now != short:
        market.funding_calm = 0
    else:
        market.funding_calm += 1
        if market.funding_calm == market.funding_calm_after and market.funding_long_us != short:
            market.funding_interval_us, market.funding_calm = market.funding_long_us, 0


def lot_pays(s: State, market: Market) -> int:
    """FUND-004: what one long lot owes at the rate, in parts of an atom."""
    price = s.index_of(market)
    if market.funding_price == FundingPrice.MARK:
        price = market.mark_subticks
    rate = market.funding_rate_e18
    if market.inverse_factor:
        return market.inverse_factor * market.atom_parts // price * rate // E18
    return rate * price * market.atom_parts // (E18 * market.value_divisor)


def mean_e18(s: State, market: Market) -> int:
    """FUND-002: the mean of the interval's samples, weighted, filled up with zeros."""
    samples = s.premiums.get(market.market_id, [])
    weights = range(1, len(samples) + 1) if market.premium_linear else [1] * len(samples)
    count = max(sum(weights), market.premium_samples_min)
    total = sum(w * p for w, p in zip(weights, samples, strict=True))
    return int(Fraction(total * 1000, count)) if count else 0


def rate_of(market: Market, premium: int) -> int:
    """RATE-008, RATE-009, RATE-010: damped, smoothed, held back."""
    pull = max(-market.damper_low_e18, min(market.damper_high_e18, market.interest_e18 - premium))
    raw = premium + pull + market.rate_added_e18
    before, change = market.rate_e18, market.rate_change_e18
    rate = before + nearest((raw - before) * market.rate_share_ppm, PPM)
    rate = max(before - change, min(before + change, rate))
    return max(market.rate_floor_e18, min(market.rate_cap_e18, rate))


def set_rate(s: State, market: Market) -> None:
    """FUND-002: the rate that the interval's samples make, and what accrues to a lot."""
    market.rate_e18 = rate_of(market, mean_e18(s, market))
    paid = market.rate_e18 * market.funding_interval_us
    market.funding_rate_e18 = nearest(paid, market.rate_interval_us)
    accrues = market.funding_pay == FundingPay.ACCRUED
    market.funding_lot_parts = lot_pays(s, market) if accrues else 0
    s.premiums[market.market_id] = []
