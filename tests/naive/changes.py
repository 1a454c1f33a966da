"""Article 14: changes of terms that wait, and what each does.

Chosen: a change waits in the lowest free row of 32, and rows of one time come in their order.
"""

from __future__ import annotations

from dataclasses import dataclass

from longshore.engine.codes import MarketKind, Reject, Term, TierUnit
from longshore.engine.limits import (
    CHANGES_MAX,
    FACTOR_MAX_PPM,
    FEE_MAX_PPM,
    QTY_MAX_LOTS,
    TIME_MAX_US,
    VALUE_MAX_ATOMS,
)
from longshore.engine.rows import Command, Market
from tests.naive.prices import is_over
from tests.naive.state import PPM, State

ANYWHERE = (Term.FEES, Term.ORDER_MAX, Term.MARKET_BAND)
FIELDS = {
    Term.MARGIN_FACTOR: ("initial_factor_ppm", "maintenance_factor_ppm"),
    Term.LIQUIDATION_FEE: ("liquidation_fee_ppm",),
    Term.POSITION_MAX: ("position_max_lots",),
    Term.ORDER_MAX: ("order_max_lots",),
    Term.MARKET_BAND: ("market_band_ppm",),
    Term.COLLAR: ("collar_ppm",),
}


@dataclass
class Change:
    """One that waits."""

    market_id: int
    term: int
    number: int
    values: tuple[int, int]
    due_us: int

    @property
    def what(self) -> tuple[int, int, int]:
        """What it changes."""
        return self.market_id, self.term, self.number


def change(s: State, c: Command) -> Reject:
    """RULE-001 to RULE-005."""
    market = s.markets[c.market_id]
    if market.kind == MarketKind.SPOT and c.type not in ANYWHERE:
        return Reject.NOT_MARGINABLE
    if c.type not in list(Term) or not 0 <= c.number < tiers_of(s, market, c.type):
        return Reject.BAD_VALUE
    made = Change(c.market_id, c.type, c.number, (c.value, c.other_value), c.expire_us)
    row = row_for(s, made)
    if row is None:
        return Reject.TABLE_FULL
    if is_over(s, market):
        return Reject.MARKET_EXPIRED
    if not within(market, made) or not (c.expire_us or fits(s, market, made)):
        return Reject.TERM_OUT_OF_BOUNDS
    if c.expire_us and not s.time_us < c.expire_us <= TIME_MAX_US:
        return Reject.CHANGE_NOT_AHEAD
    s.changes[row] = made
    if not c.expire_us:
        come_due(s, row)
    return Reject.NONE


def row_for(s: State, made: Change) -> int | None:
    """The row of the same term, else the lowest free one."""
    same = [row for row, each in s.changes.items() if each.what == made.what]
    free = [row for row in range(1, CHANGES_MAX + 1) if row not in s.changes]
    return next(iter([*same, *free]), None)


def tiers_of(s: State, market: Market, term: int) -> int:
    """How many parts a term has."""
    if term in (Term.TIER, Term.TIER_BOUND):
        return len(s.tiers[market.market_id])
    return len(s.fee_tiers[market.market_id]) if term == Term.FEES else 1


def within(market: Market, made: Change) -> bool:
    """RULE-004."""
    value, other = made.values
    most = {
        Term.TIER_BOUND: QTY_MAX_LOTS if market.tier_unit == TierUnit.LOTS else VALUE_MAX_ATOMS,
        Term.POSITION_MAX: QTY_MAX_LOTS,
        Term.ORDER_MAX: QTY_MAX_LOTS,
        Term.FUNDING_CAP: 10**18 if market.funding_interval_us else -1,
    }
    if made.term == Term.TIER:
        return 0 < value <= PPM and 0 <= other <= value
    if made.term == Term.MARGIN_FACTOR:
        return PPM <= other <= value <= FACTOR_MAX_PPM
    if made.term == Term.FEES:
        return 0 <= other <= FEE_MAX_PPM and -other <= value <= FEE_MAX_PPM
    least = int(made.term in (Term.POSITION_MAX, Term.ORDER_MAX))
    if made.term == Term.TIER_BOUND and not made.number:
        return False
    return other == 0 and least <= value <= most.get(Term(made.term), PPM)


def fits(s: State, market: Market, made: Change) -> bool:
    """RULE-005."""
    if made.term != Term.TIER_BOUND:
        return True
    bounds = [tier.from_size for tier in s.tiers[market.market_id]]
    bounds[made.number] = made.values[0]
    return bounds == sorted(set(bounds))


def come_due(s: State, row: int) -> None:
    """RULE-001."""
    made = s.changes.pop(row)
    market = s.markets[made.market_id]
    if not fits(s, market, made):
        return
    value, other = made.values
    if made.term == Term.TIER:
        tier = s.tiers[made.market_id][made.number]
        tier.initial_ppm, tier.maintenance_ppm = value, other
    elif made.term == Term.TIER_BOUND:
        s.tiers[made.market_id][made.number].from_size = value
    elif made.term == Term.FEES:
        fees = s.fee_tiers[made.market_id][made.number]
        fees.maker_ppm, fees.taker_ppm = value, other
    elif made.term == Term.FUNDING_CAP:
        market.rate_cap_e18, market.rate_floor_e18 = value, -value
    else:
        for name, new in zip(FIELDS[Term(made.term)], made.values, strict=False):
            setattr(market, name, new)
