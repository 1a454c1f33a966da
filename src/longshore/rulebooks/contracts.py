"""What a margined contract is worth, and when it ends: from terms to a market's row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from longshore.engine.codes import MarketKind
from longshore.engine.limits import SETTLE_SAMPLES_MAX, TIME_MAX_US, VALUE_MAX_ATOMS
from longshore.engine.rows import Market
from longshore.rulebooks.market_terms import FutureTerms, MarginedTerms
from longshore.rulebooks.numbers import PPM, CannotHoldError, whole
from longshore.rulebooks.problems import Problem
from longshore.rulebooks.terms import Terms

MICROSECONDS = 10**6
VALUE_PARTS = 10**27
"""Of an inverse contract: its factor times the parts of an atom. A lot pays a whole number of parts
that fits 63 bits down to a price of about a cent."""


def market_kind(market: MarginedTerms) -> MarketKind:
    """The engine's word for a contract."""
    inverse = market.kind_name == "inverse"
    if isinstance(market, FutureTerms):
        return MarketKind.INVERSE_FUTURE if inverse else MarketKind.LINEAR_FUTURE
    return MarketKind.INVERSE_PERPETUAL if inverse else MarketKind.LINEAR_PERPETUAL


def fill_worth(row: Market, terms: Terms, market: MarginedTerms, path: str) -> None:
    """The units of value (CONT-001, CONT-002).

    value_atoms = price_ticks * qty_lots * atoms_per_tick_lot
    value_atoms = price_subticks * qty_lots / value_divisor
    Inverse: value_atoms = qty_lots * inverse_factor / price_subticks
    """
    settle = terms.assets[terms.settles_in(market)]
    decimals = terms.assets[market.base].price_decimals
    row.kind, row.settle_asset_id = market_kind(market), settle.id
    lot = market.lot.value * market.unit_worth
    if market.kind_name == "inverse":
        factor = lot.scaleb(decimals + settle.decimals)
        row.inverse_factor = whole(factor, f"{path}.lot", "parts of an atom")
        if row.inverse_factor > VALUE_MAX_ATOMS:
            raise CannotHoldError(
                f"{path}.lot", f"worth {lot:f} is more than an inverse lot may be"
            )
        row.atom_parts = max(1, VALUE_PARTS // row.inverse_factor)
        return
    value = (market.tick.value * lot).scaleb(settle.decimals)
    row.atoms_per_tick_lot = whole(value, f"{path}.tick", "atoms a lot")
    divisor = Decimal(1).scaleb(decimals - settle.decimals) / lot
    row.value_divisor = whole(divisor, f"{path}.lot", "parts of a sub-tick")
    row.atom_parts = max(PPM, 10 ** len(str(row.value_divisor - 1)))


def fill_calendar(row: Market, future: FutureTerms, path: str) -> None:
    """When a dated future ends, how it is settled; it has no funding (LIFE-001, LIFE-002)."""
    row.funding_interval_us = row.rate_interval_us = 0
    row.expiry_us = epoch_us(future.expiry.value)
    window, sample = future.settle_window_s.value, future.settle_sample_s.value
    row.settle_window_us = whole(window * MICROSECONDS, f"{path}.settle_window_s", "us")
    row.settle_sample_us = whole(sample * MICROSECONDS, f"{path}.settle_sample_s", "us")
    if row.settle_window_us // row.settle_sample_us > SETTLE_SAMPLES_MAX:
        raise CannotHoldError(f"{path}.settle_sample_s", "is too short for so long a window")
    row.settle_fee_ppm = whole(future.settle_fee.value * PPM, f"{path}.settle_fee", "ppm")


def epoch_us(when: datetime) -> int:
    """A moment with a zone as microseconds since 1970."""
    past = when - datetime(1970, 1, 1, tzinfo=UTC)
    return (past.days * 86_400 + past.seconds) * MICROSECONDS + past.microseconds


def contract_problems(terms: Terms, market: MarginedTerms, path: str) -> Iterator[Problem]:
    """Assets and kinds that do not go together, and calendars that cannot be."""
    kind, settle = market.kind_name, market.settle
    if settle and settle not in terms.assets:
        known = ", ".join(terms.assets)
        yield Problem(f"{path}.settle", f"unknown asset {settle}; there are: {known}")
    if kind == "quanto" and settle in ("", terms.settlement):
        yield Problem(f"{path}.settle", "a quanto contract names the coin that it settles in")
    if kind == "linear" and settle not in ("", terms.settlement):
        yield Problem(f"{path}.settle", "a linear contract settled in a coin is a quanto one")
    if kind == "inverse" and settle not in ("", market.base):
        yield Problem(f"{path}.settle", f"an inverse contract settles in its base, {market.base}")
    if kind == "inverse" and market.base == terms.settlement:
        yield Problem(f"{path}.base", "an inverse contract settles in a coin, not in the dollar")
    if isinstance(market, FutureTerms):
        yield from _calendar_problems(market, path)


def _calendar_problems(future: FutureTerms, path: str) -> Iterator[Problem]:
    expiry, window = future.expiry.value, future.settle_window_s.value
    if expiry.tzinfo is None:
        yield Problem(f"{path}.expiry", "has no zone: write 2026-12-25T08:00:00Z")
    elif not window * MICROSECONDS < epoch_us(expiry) < TIME_MAX_US:
        yield Problem(f"{path}.expiry", "is before its window could begin, or beyond all time")
    if future.settle_sample_s.value > 0 and window % future.settle_sample_s.value:
        reason = f"{window:f} is no multiple of settle_sample_s {future.settle_sample_s.value:f}"
        yield Problem(f"{path}.settle_window_s", reason)
