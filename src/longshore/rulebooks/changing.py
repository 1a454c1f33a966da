"""Terms that may change in a running world, named as people name them, in the units of a file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from longshore.engine.codes import Term, TierUnit
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.value import has_funding
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
FIELDS = {
    Term.LIQUIDATION_FEE: "liquidation_fee_ppm",
    Term.POSITION_MAX: "position_max_lots",
    Term.ORDER_MAX: "order_max_lots",
    Term.MARKET_BAND: "market_band_ppm",
    Term.COLLAR: "collar_ppm",
    Term.FUNDING_CAP: "rate_cap_e18",
}
"""Where a market keeps a term that has one value and no tiers."""


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


def standing(view: State, info: MarketInfo) -> dict[tuple[Term, int], list[Decimal]]:
    """Every term of a market that may change, with its tier, as it stands."""
    row = view.markets[info.market_id]
    places = [(term, tier) for term in Term for tier in range(_tiers(term, row))]
    return {
        (term, tier): from_engine(term, *_value(view, row, term, tier), info, row)
        for term, tier in places
        if (term, tier) != (Term.TIER_BOUND, 0)  # the first tier begins at nothing
    }


def _tiers(term: Term, row: Market) -> int:
    """How many places a term has in a market; none where the market has no such term."""
    if term == Term.FEES:
        return int(row.fee_count)
    if term in (Term.TIER, Term.TIER_BOUND):
        return int(row.tier_count)
    if term == Term.FUNDING_CAP:
        return int(has_funding(row))
    return int(row.tier_count > 0 or term in (Term.ORDER_MAX, Term.MARKET_BAND))


def _value(view: State, row: Market, term: Term, tier: int) -> tuple[int, int]:
    """A term's one or two values, as the engine counts them."""
    if term == Term.FEES:
        fee = view.fee_tiers[row.fee_first + tier]
        return int(fee.maker_ppm), int(fee.taker_ppm)
    if term in (Term.TIER, Term.TIER_BOUND):
        margin = view.tiers[row.tier_first + tier]
        if term == Term.TIER_BOUND:
            return int(margin.from_size), 0
        return int(margin.initial_ppm), int(margin.maintenance_ppm)
    if term == Term.MARGIN_FACTOR:
        return int(row.initial_factor_ppm), int(row.maintenance_factor_ppm)
    return int(getattr(row, FIELDS[term])), 0


def _scale(term: Term, info: MarketInfo, row: Market) -> Decimal:
    unit = UNITS.get(term, "ppm")
    if unit == "lots" or (unit == "bound" and row.tier_unit == TierUnit.LOTS):
        return 1 / info.lot_size
    if unit == "bound":
        return Decimal(10) ** info.quote.decimals
    if unit == "cap":  # a file says what one interval may pay
        return Decimal(10**18) * (int(row.rate_interval_us) // max(1, int(row.funding_interval_us)))
    return Decimal(10**6)
