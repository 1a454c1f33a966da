"""Terms that may change in a running world, named as people name them, in the units of a file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from longshore.engine.codes import Term, TierUnit
from longshore.engine.rows import Market
from longshore.rulebooks.catalog import MarketInfo

TermName = Literal[
    "tier",
    "tier_bound",
    "margin_factor",
    "fees",
    "liquidation_fee",
    "position_max",
    "order_max",
    "market_band",
    "collar",
    "funding_cap",
]
Unit = Literal["ppm", "lots", "bound", "cap"]
NAMES: tuple[TermName, ...] = get_args(TermName)
TWO = (Term.TIER, Term.MARGIN_FACTOR, Term.FEES)
UNITS: dict[Term, Unit] = {
    Term.TIER_BOUND: "bound",
    Term.POSITION_MAX: "lots",
    Term.ORDER_MAX: "lots",
    Term.FUNDING_CAP: "cap",
}
"""Whatever is not named here is a fraction, counted in parts per million."""


class TermValueError(ValueError):
    """Values that are not such as a term has; the message says why."""


class Changed(NamedTuple):
    """A term's new values, as the engine counts them."""

    term: Term
    value: int
    other: int


def term_of(name: TermName) -> Term:
    """The engine's word for it."""
    return Term[name.upper()]


def name_of(term: int) -> TermName:
    """The name of the engine's word."""
    return NAMES[term - 1]


def to_engine(name: TermName, values: Sequence[Decimal], info: MarketInfo, row: Market) -> Changed:
    """Values in the units of a file. Raises TermValueError: too many, too few, or too fine."""
    term = term_of(name)
    wanted = 2 if term in TWO else 1
    if len(values) != wanted:
        raise TermValueError(f"{name} takes {wanted} value{'s' if wanted > 1 else ''}")
    scale = _scale(term, info, row)
    whole = [value * scale for value in values]
    if any(each != each.to_integral_value() or abs(each) >= 2**63 for each in whole):
        raise TermValueError(f"{name}: finer, or larger, than is counted with")
    return Changed(term, int(whole[0]), int(whole[1]) if wanted > 1 else 0)


def from_engine(term: int, value: int, other: int, info: MarketInfo, row: Market) -> list[Decimal]:
    """The opposite."""
    scale = _scale(Term(term), info, row)
    return [Decimal(each) / scale for each in ((value, other) if term in TWO else (value,))]


def _scale(term: Term, info: MarketInfo, row: Market) -> Decimal:
    unit = UNITS.get(term, "ppm")
    if unit == "lots" or (unit == "bound" and row.tier_unit == TierUnit.LOTS):
        return 1 / info.lot_size
    if unit == "bound":
        return Decimal(10) ** info.quote.decimals
    if unit == "cap":  # a file says what one interval may pay
        return Decimal(10**18) * (int(row.rate_interval_us) // max(1, int(row.funding_interval_us)))
    return Decimal(10**6)
