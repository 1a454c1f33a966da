"""Funding intervals that change, and cash that moves apart: what a rulebook may say of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from longshore.engine.rates import PAY_RATIO_MAX
from longshore.engine.rows import Market
from longshore.rulebooks.family_terms import PerpetualFamily
from longshore.rulebooks.numbers import whole
from longshore.rulebooks.problems import Problem
from longshore.rulebooks.terms import Terms
from longshore.rulebooks.values import said

MICROSECONDS = 10**6
DAY_S = 86_400


def fill_intervals(row: Market, family: PerpetualFamily) -> None:
    """Put them into the market's row (FUND-010, FUND-011, FUND-012)."""
    row.funding_at_us = _us(family, "funding_at_s")
    row.funding_short_us = _us(family, "funding_short_s")
    row.funding_long_us = _us(family, "funding_long_s")
    row.funding_calm_after = said(family.funding_calm, 0)
    row.funding_cash_us = _us(family, "funding_cash_s")
    row.funding_cash_at_us = _us(family, "funding_cash_at_s")


def _us(family: PerpetualFamily, name: str) -> int:
    return whole(said(getattr(family, name), Decimal(0)) * MICROSECONDS, f"perpetual.{name}", "us")


def interval_problems(terms: Terms) -> Iterator[Problem]:
    """What does not go together."""
    if said(terms.perpetual.funding_at_s, Decimal(0)) >= DAY_S:
        yield Problem("perpetual.funding_at_s", "is a time of day: below 86400")
    yield from _changing(terms)
    yield from _cash(terms.perpetual)


def _changing(terms: Terms) -> Iterator[Problem]:
    family = terms.perpetual
    short, first = said(family.funding_short_s, Decimal(0)), family.funding_interval_s.value
    if short == 0:
        for name in ("funding_long_s", "funding_calm"):
            if getattr(family, name) is not None:
                yield Problem(f"perpetual.{name}", "goes with funding_short_s only")
        return
    longest = said(family.funding_long_s, Decimal(0)) or first
    at_once = family.funding_pay.value == "at_once" and family.funding_lag.value == 0
    if not at_once:
        reason = "goes with a funding_pay of 'at_once' without a lag: a rate is of what ended"
        yield Problem("perpetual.funding_short_s", reason)
    if short > first or short > longest:
        yield Problem("perpetual.funding_short_s", f"{short:f} is above the longer intervals")
    for symbol, market in terms.perpetuals.items():
        if longest > first * market.funding_divisor.value * PAY_RATIO_MAX:
            reason = f"is above {PAY_RATIO_MAX} times what a rate of {symbol} is for"
            yield Problem("perpetual.funding_long_s", reason)


def _cash(family: PerpetualFamily) -> Iterator[Problem]:
    cash, start = (
        said(family.funding_cash_s, Decimal(0)),
        said(family.funding_cash_at_s, Decimal(0)),
    )
    if cash == 0:
        if start > 0:
            yield Problem("perpetual.funding_cash_at_s", "goes with funding_cash_s only")
        return
    interval = family.funding_interval_s.value
    begins = said(family.funding_at_s, Decimal(0))
    if interval > 0 and (cash % interval or (start - begins) % interval):
        reason = "and funding_cash_at_s less funding_at_s are whole numbers of funding_interval_s"
        yield Problem("perpetual.funding_cash_s", reason)
    if start >= DAY_S:
        yield Problem("perpetual.funding_cash_at_s", "is a time of day: below 86400")
    if family.funding_short_s is not None:
        yield Problem("perpetual.funding_cash_s", "goes with an interval that does not change")
