"""The terms of margin methods that a market may leave out, and what cannot be among them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import Any

from longshore.engine.limits import ROOT_MAX_E12
from longshore.engine.rows import Market
from longshore.rulebooks.market_terms import MarginedTerms
from longshore.rulebooks.problems import Problem
from longshore.rulebooks.terms import Terms
from longshore.rulebooks.values import Value, said

E12 = 10**12


def fill_method(row: Market, market: MarginedTerms, decimals: int) -> None:
    """Put them into the market's row. A root is of one lot there, rounded up to 10**-12."""
    if market.margin_root:
        each = market.margin_root.value * market.lot.value.sqrt() * E12
        row.margin_root_e12 = int(each.to_integral_value(ROUND_CEILING))
    row.risk_base_atoms = atoms(market.risk_limit_base, decimals)
    row.risk_step_atoms = atoms(market.risk_limit_step, decimals)
    row.interest_low_atoms = atoms(market.open_interest_low, decimals)
    row.interest_high_atoms = atoms(market.open_interest_high, decimals)


def atoms(value: Value[Any] | None, decimals: int) -> int:
    """Money that may be left out, in whole atoms, rounded up."""
    money = said(value, Decimal(0)).scaleb(decimals)
    return int(money.to_integral_value(ROUND_CEILING))


def method_problems(terms: Terms, market: MarginedTerms, path: str) -> Iterator[Problem]:
    """What a method does not go with."""
    yield from _root(market, f"{path}.margin_root")
    yield from _interest(terms, market, path)
    yield from _risk_limit(terms, market, path)


def _root(market: MarginedTerms, path: str) -> Iterator[Problem]:
    if market.margin_root is None or market.margin_root.value == 0:
        return
    if market.margin_root.value * market.lot.value.sqrt() * E12 > ROOT_MAX_E12:
        yield Problem(path, "one lot would already be at 100 %")
    if market.margin_slope.value > 0:
        yield Problem(path, "goes without margin_slope: a rate grows with the size or its root")
    if len(market.tiers) > 1:
        yield Problem(path, "goes with one tier only")


def _interest(terms: Terms, market: MarginedTerms, path: str) -> Iterator[Problem]:
    low, high = market.open_interest_low, market.open_interest_high
    if low is None and high is None:
        return
    if low is None or high is None:
        yield Problem(path, "open_interest_low and open_interest_high go together")
    elif low.value >= high.value > 0:
        yield Problem(f"{path}.open_interest_low", f"is not below the upper {high.value:f}")
    if terms.liquidation.cancel_on_initial.value and high is not None and high.value > 0:
        reason = "goes without liquidation.cancel_on_initial: the trades of others would end orders"
        yield Problem(f"{path}.open_interest_high", reason)


def _risk_limit(terms: Terms, market: MarginedTerms, path: str) -> Iterator[Problem]:
    base, step = market.risk_limit_base, market.risk_limit_step
    if base is None and step is None:
        return
    if base is None or step is None or (base.value == 0) != (step.value == 0):
        yield Problem(path, "risk_limit_base and risk_limit_step go together")
    if terms.perpetual.margin_basis.value != "entry":
        reason = "goes with a margin_basis of 'entry': raised rates may be above 1"
        yield Problem(f"{path}.risk_limit_base", reason)
