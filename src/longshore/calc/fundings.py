"""What a position pays or gets in funding, rounded interval by interval as the engine does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from longshore.calc.desk import Desk, money, subticks
from longshore.calc.given import Position, Why, above_zero, finite, named
from longshore.calc.numbers import HOUR_US, HOURS_MAX, RATE_DIGITS, Number, unscaled
from longshore.engine.funding import lot_pays_parts
from longshore.engine.margin import accrued_atoms
from longshore.engine.rates import RATE_MAX_E18, paid_rate_e18
from longshore.engine.rows import Market
from longshore.engine.units import TOP


@dataclass(frozen=True)
class Funding:
    """What a position gets, below zero pays, in money of the asset `unit`; by whole intervals too.

    `an_interval` is one whole funding interval's, `intervals` how many of them went by whole.
    """

    unit: str
    payment: Decimal
    an_interval: Decimal
    intervals: int
    why: tuple[Why, ...]


def funding_payment(
    *,
    position: Position,
    rate: Number,
    index: Number,
    hours: Number = 1,
    rulebook: str = "kraken",
) -> Funding:
    """The funding of some hours from an interval's start at one rate and index (FUND-004 to 007).

    `rate` is a fraction for one of the market's intervals, an hour unless its rulebook says.

    >>> held = Position(symbol="PF_XBTUSD", side="long", qty="2", entry="84000")
    >>> funding_payment(position=held, rate="0.00001875", index="84000").payment
    Decimal('-3.15')
    """
    desk = Desk(rulebook, [position.symbol])
    market, state = desk.market(position.symbol), desk.state
    row = desk.open(desk.account(), position)
    _set_rate(market, _rate_e18(market, rate), subticks("index", index))
    micro = (above_zero("hours", hours) * HOUR_US).to_integral_value(ROUND_HALF_EVEN)
    held_us = named("hours", micro, 0, HOURS_MAX * HOUR_US)
    whole, rest_us = divmod(held_us, market.funding_interval_us)
    state.time_us = market.funding_interval_us
    each = accrued_atoms(state, market, row)
    state.time_us = rest_us
    paid = whole * each + accrued_atoms(state, market, row)
    unit = desk.listed(position.symbol).unit
    code = "RATE-014" if market.inverse_factor == 0 else "CONT-005"
    hourly = unscaled(_rate_e18(market, rate), RATE_DIGITS)
    why = (
        Why("rate", hourly, "an interval", "as given; above zero a long pays", "FUND-005"),
        Why("one whole interval", money(each), unit, "size × rate × value of a lot at index", code),
        Why("whole intervals", Decimal(whole), "", "each is rounded for itself", "FUND-006"),
        Why("payment", money(paid), unit, "a payer's rounded up, a receiver's down", "FUND-007"),
    )
    return Funding(unit, money(paid), money(each), whole, why)


def _rate_e18(market: Market, rate: Number) -> int:
    found = named("rate", finite("rate", rate), RATE_DIGITS, RATE_MAX_E18)
    pay_us, rate_us = market.funding_interval_us, market.rate_interval_us
    floor, cap = (
        paid_rate_e18(rate_e18, pay_us, rate_us)
        for rate_e18 in (market.rate_floor_e18, market.rate_cap_e18)
    )
    if cap and not floor <= found <= cap:
        most = unscaled(cap if found > cap else floor, RATE_DIGITS)
        raise ValueError(f"rate {rate} is beyond the rulebook's cap of {most:f} an interval")
    return found


def _set_rate(market: Market, rate_e18: int, index: int) -> None:
    """What one lot pays over an interval."""
    divisor = RATE_MAX_E18 // market.atom_parts * market.value_divisor
    if market.inverse_factor == 0 and divisor >= TOP:
        raise ValueError("a lot this fine pays less than a rule counts with")
    market.funding_rate_e18 = rate_e18
    market.funding_lot_parts = lot_pays_parts(market, rate_e18, index)
