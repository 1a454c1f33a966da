"""What is wrong with the values of a rulebook whose shape is right."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec

from longshore.rulebooks.contracts import contract_problems
from longshore.rulebooks.entries import Entry, entries
from longshore.rulebooks.intervals import interval_problems
from longshore.rulebooks.ladders import ladder_problems
from longshore.rulebooks.market_terms import MarginedTerms, PairTerms
from longshore.rulebooks.methods import method_problems
from longshore.rulebooks.problems import Problem
from longshore.rulebooks.terms import Terms
from longshore.rulebooks.values import PER_INTERVAL, PER_RATE, SHARE, FeeTerms, MarginTerms, Value

RATES = {SHARE.title, PER_INTERVAL.title, PER_RATE.title}
DIGITS_MAX = 18
"""Digits before or after the point that any venue's number could have."""

ABOVE_ZERO = {
    "tick",
    "lot",
    "sample_s",
    "rate_share",
    "funding_interval_s",
    "funding_divisor",
    "mark_ema_den",
    "contract_value",
    "rate_change",
    "funding_short_s",
    "funding_long_s",
    "funding_calm",
    "funding_cash_s",
    "settle_window_s",
    "settle_sample_s",
}


def value_problems(terms: Terms) -> Iterator[Problem]:
    """Everything that a reader of the file can see is wrong with it."""
    senseless = [*_decimals(terms), *(each for e in entries(terms) for each in _senseless(e))]
    if senseless:  # nothing can be compared or multiplied with them
        yield from senseless
        return
    yield from _references(terms)
    yield from _numbering(terms)
    yield from _modes(terms)
    for entry in entries(terms):
        yield from _provenance(entry, terms)
        yield from _bounds(entry)
    for name in ("linear", "spot"):
        yield from _tiers(getattr(terms.fees, name).tiers, f"fees.{name}.tiers")
    for path, market in terms.margined():
        yield from contract_problems(terms, market, path)
        yield from _tiers(market.tiers, f"{path}.tiers")
        yield from _rising(market, f"{path}.tiers")
        yield from _sizes(market, path)
        if market.lot.value > 0:
            yield from method_problems(terms, market, path)
    yield from ladder_problems(terms.liquidation)
    yield from interval_problems(terms)
    for symbol, pair in terms.pairs.items():
        yield from _sizes(pair, f"pairs.{symbol}")


def _numbers(value: object) -> tuple[Decimal, ...]:
    """The decimals in a value."""
    parts = msgspec.structs.astuple(value) if isinstance(value, msgspec.Struct) else (value,)
    return tuple(part for part in parts if isinstance(part, Decimal))


def _senseless(entry: Entry) -> Iterator[Problem]:
    value = entry.value.value
    for number in (Decimal(value),) if isinstance(value, int) else _numbers(value):
        if not number.is_finite():
            yield Problem(entry.path, f"{number} is no number")
        elif number and abs(number.adjusted()) > DIGITS_MAX:
            yield Problem(entry.path, f"{number:.3e} is out of range")


def _decimals(terms: Terms) -> Iterator[Problem]:
    for symbol, asset in terms.assets.items():
        for name in ("decimals", "price_decimals"):
            if not 0 <= getattr(asset, name) <= DIGITS_MAX:
                yield Problem(f"assets.{symbol}.{name}", f"is not between 0 and {DIGITS_MAX}")


def _references(terms: Terms) -> Iterator[Problem]:
    known = ", ".join(terms.assets)
    if terms.settlement not in terms.assets:
        yield Problem("settlement", f"unknown asset {terms.settlement}; there are: {known}")
    for part in ("perpetuals", "pairs", "futures"):
        for symbol, market in getattr(terms, part).items():
            if market.base not in terms.assets:
                reason = f"unknown asset {market.base}; there are: {known}"
                yield Problem(f"{part}.{symbol}.base", reason)


def _numbering(terms: Terms) -> Iterator[Problem]:
    assets = [(f"assets.{symbol}.id", asset.id) for symbol, asset in terms.assets.items()]
    markets = [(f"perpetuals.{symbol}.id", each.id) for symbol, each in terms.perpetuals.items()]
    markets += [(f"pairs.{symbol}.id", each.id) for symbol, each in terms.pairs.items()]
    markets += [(f"futures.{symbol}.id", each.id) for symbol, each in terms.futures.items()]
    for numbered in (assets, markets):
        for wanted, (path, number) in enumerate(numbered, start=1):
            if number != wanted:
                yield Problem(path, f"is {number}; ids count from 1 in the order of the file")


def _modes(terms: Terms) -> Iterator[Problem]:
    asked = terms.perpetual.position_modes
    if asked and sorted(asked.value) not in (["one_way"], ["hedge", "one_way"]):
        reason = "names one_way, in which accounts begin, and at most hedge, each once"
        yield Problem("perpetual.position_modes", reason)
    for symbol, perpetual in terms.perpetuals.items():
        limit = perpetual.risk_limit_base
        if asked and "hedge" in asked.value and limit is not None and limit.value > 0:
            reason = "a risk limit goes without position_modes of two legs"
            yield Problem(f"perpetuals.{symbol}.risk_limit_base", reason)


def _provenance(entry: Entry, terms: Terms) -> Iterator[Problem]:
    value = entry.value
    if value.source and value.source not in terms.sources:
        yield Problem(entry.path, f"source {value.source} is not in [sources]")
    if value.verified and not (value.source and value.date):
        yield Problem(entry.path, "no source and date, and not marked verified = false")
    if not value.verified and not value.note:
        yield Problem(entry.path, "unverified without a note saying why")


def _bounds(entry: Entry) -> Iterator[Problem]:
    """A value beyond what any venue could mean."""
    value, name = entry.value.value, entry.path.rpartition(".")[2]
    if isinstance(value, MarginTerms):
        yield from _margin_bounds(value, entry.path)
    elif isinstance(value, FeeTerms):  # a maker may be paid: its rate may be below zero
        yield from _rate(abs(value.maker), entry.path, "maker fee")
        yield from _rate(value.taker, entry.path, "taker fee")
    elif entry.unit in RATES:
        yield from _rate(value, entry.path, "rate")
    elif name == "funding_lag" and value not in (0, 1):
        yield Problem(entry.path, f"{value} is neither 0 nor 1")
    elif isinstance(value, Decimal | int) and (value < 0 or (value == 0 and name in ABOVE_ZERO)):
        yield Problem(entry.path, f"{value:f} is too small")


def _margin_bounds(tier: MarginTerms, path: str) -> Iterator[Problem]:
    yield from _rate(tier.initial, path, "initial margin")
    yield from _rate(tier.maintenance, path, "maintenance margin")
    if tier.initial < tier.maintenance:
        reason = f"initial margin {tier.initial:f} is below maintenance margin {tier.maintenance:f}"
        yield Problem(path, reason)
    if tier.initial == 0:
        yield Problem(path, "initial margin is 0")


def _rate(rate: Decimal, path: str, what: str) -> Iterator[Problem]:
    if rate > 1:
        yield Problem(path, f"{what} {rate:f} is above 1; rates are fractions, 0.01 is 1 %")
    if rate < 0:
        yield Problem(path, f"{what} {rate:f} is below 0")


def _tiers(tiers: tuple[Value[Any], ...], path: str) -> Iterator[Problem]:
    """Each tier reaches to the bound of the next, so bounds must begin at zero and ascend."""
    bounds = [_numbers(tier.value)[0] for tier in tiers]
    if not bounds:
        yield Problem(path, "no tier")
    elif bounds[0] != 0:
        yield Problem(f"{path}.0", f"the first bound is {bounds[0]:f}: a gap from 0 to it")
    for index, (before, bound) in enumerate(pairwise(bounds), start=1):
        if bound == before:
            yield Problem(f"{path}.{index}", f"bound {bound:f} overlaps the tier before")
        if bound < before:
            reason = f"bound {bound:f} is below {before:f} of the tier before: bounds ascend"
            yield Problem(f"{path}.{index}", reason)


def _rising(market: MarginedTerms, path: str) -> Iterator[Problem]:
    margins = [tier.value for tier in market.tiers]
    for index, (before, tier) in enumerate(pairwise(margins), start=1):
        if tier.initial < before.initial or tier.maintenance < before.maintenance:
            yield Problem(f"{path}.{index}", "margin is lower than in the tier before")


def _sizes(market: MarginedTerms | PairTerms, path: str) -> Iterator[Problem]:
    """Largest and impact sizes: whole lots, and one at least."""
    lot = market.lot.value
    sizes = {"order_max": market.order_max.value}
    if isinstance(market, MarginedTerms):
        sizes["position_max"] = market.position_max.value
        if market.impact_size.value > 0:
            sizes["impact_size"] = market.impact_size.value
        elif market.impact_notional.value == 0:
            yield Problem(f"{path}.impact_size", "is 0, and so is impact_notional")
    for name, size in sizes.items() if lot > 0 else ():
        if size < lot:
            yield Problem(f"{path}.{name}", f"{size:f} is below one lot, {lot:f}")
        elif size % lot:
            yield Problem(f"{path}.{name}", f"{size:f} is no multiple of the lot, {lot:f}")
