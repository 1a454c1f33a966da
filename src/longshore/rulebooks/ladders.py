"""What a rulebook says of its ladder beyond the steps; it may be silent on each of these."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from longshore.engine.codes import AdlPrice, AdlRank
from longshore.engine.rows import Market
from longshore.rulebooks.liquidation_terms import LiquidationTerms
from longshore.rulebooks.numbers import PPM, whole
from longshore.rulebooks.problems import Problem
from longshore.rulebooks.values import said

ATOMS = 10**8
MICROSECONDS = 10**6


def fill_ladder(row: Market, rules: LiquidationTerms) -> None:
    """The measures that a ladder may have."""
    row.partial_above_atoms = _count(rules, "partial_above", ATOMS, "atoms")
    row.partial_rest_us = _count(rules, "partial_rest_s", MICROSECONDS, "us")
    row.partial_to_initial = int(said(rules.partial_until, "maintenance") == "initial")
    row.pause_us = _count(rules, "pause_s", MICROSECONDS, "us")
    row.cut_tiers = said(rules.cut_tiers, 0)
    row.cut_whole = int(said(rules.cut_whole, False))
    row.backstop_ppm = _count(rules, "backstop", PPM, "ppm")
    row.adl_rank = AdlRank[said(rules.adl_rank, "profit_leverage").upper()]
    row.adl_price = AdlPrice[said(rules.adl_price, "bankruptcy").upper()]
    row.fund_drop_ppm = _count(rules, "fund_drop", PPM, "ppm")


def _count(rules: LiquidationTerms, name: str, scale: int, unit: str) -> int:
    given: Decimal = said(getattr(rules, name), Decimal(0))
    return whole(given * scale, f"liquidation.{name}", unit)


def ladder_problems(rules: LiquidationTerms) -> Iterator[Problem]:
    """Steps without what they need to be taken."""
    if "cut_tiers" in rules.ladder.value and said(rules.cut_tiers, 0) < 1:
        yield Problem(
            "liquidation.ladder", "has the step cut_tiers, and liquidation.cut_tiers is 0"
        )
    if said(rules.backstop, 0) > 0 and said(rules.pause_s, 0) == 0:
        reason = "who waits above it must look again: liquidation.pause_s is 0"
        yield Problem("liquidation.backstop", reason)
