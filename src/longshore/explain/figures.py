"""The figures of one position as it stands in a state: integers, from the engine's own rules.

Cards, previews and trees all read these, so two screens cannot disagree.
"""

from __future__ import annotations

import msgspec

from longshore.engine.codes import FundingPay
from longshore.engine.fees import fee_rate_ppm
from longshore.engine.funding import lot_pays_parts, next_rate_e18, paid_on_subticks
from longshore.engine.ledger import cross_wallet, settlement_atoms
from longshore.engine.legs import market_at
from longshore.engine.margin import (
    accrued_atoms,
    equity_atoms,
    free_atoms,
    initial_of,
    maintenance_atoms,
    maintenance_of,
    position_wallet,
    unrealised_atoms,
)
from longshore.engine.rates import elapsed_lot_parts, received_atoms
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, position_slot
from longshore.engine.units import PPM, mul_div_ceil, mul_div_floor
from longshore.engine.value import has_funding, value_at
from longshore.explain.risk import Liquidation, buffer_ppm, liquidation, together

DAY_US = 86_400_000_000


class Figures(msgspec.Struct, frozen=True):
    """One position and the wallet it hangs on. Funding: received above zero, paid below."""

    market_id: int
    account_id: int
    wallet: int
    qty_lots: int
    leverage_ppm: int
    is_isolated: bool
    mark_subticks: int
    entry_subticks: int
    entry_value_atoms: int
    value_atoms: int
    pnl_atoms: int
    realised_atoms: int
    fees_atoms: int
    funding_atoms: int
    margin_atoms: int
    equity_atoms: int
    maintenance_atoms: int
    own_maintenance_atoms: int
    free_atoms: int
    buffer_ppm: int
    liquidation: Liquidation
    liquidation_together: Liquidation
    break_even_subticks: int
    next_funding_atoms: int
    next_funding_us: int
    day_funding_atoms: int

    @property
    def is_long(self) -> bool:
        """Whether it gains when the price rises."""
        return self.qty_lots > 0


def figures(view: State, account_id: int, place: int) -> Figures:
    """All figures of one account in one perpetual market, also when it holds nothing there.

    The place of a position is its market's id; that of a short leg in hedge mode lies above.
    """
    market = market_at(view, place)
    position = view.positions[position_slot(account_id, place)]
    wallet = position_wallet(view, account_id, place)
    home = cross_wallet(view, account_id, market)
    held = position.qty_lots != 0
    nothing = Liquidation("none")
    return Figures(
        market_id=int(market.market_id),
        account_id=account_id,
        wallet=wallet,
        qty_lots=int(position.qty_lots),
        leverage_ppm=int(position.leverage_ppm),
        is_isolated=position.isolated == 1,
        mark_subticks=int(market.mark_subticks),
        entry_subticks=entry_subticks(market, position),
        entry_value_atoms=int(position.entry_value_atoms),
        value_atoms=abs(value_at(market, market.mark_subticks, position.qty_lots)),
        pnl_atoms=unrealised_atoms(market, position),
        realised_atoms=int(position.realised_atoms) if held else 0,
        fees_atoms=int(position.fees_atoms) if held else 0,
        funding_atoms=funding_so_far(view, market, position),
        margin_atoms=margin_atoms(view, account_id, place),
        equity_atoms=equity_atoms(view, wallet),
        maintenance_atoms=maintenance_atoms(view, wallet),
        own_maintenance_atoms=maintenance_of(view, account_id, place) if held else 0,
        free_atoms=free_atoms(view, home, market.settle_asset_id),
        buffer_ppm=buffer_ppm(view, wallet),
        liquidation=liquidation(view, account_id, place) if held else nothing,
        liquidation_together=together(view, account_id, place) if held else nothing,
        break_even_subticks=break_even_subticks(view, market, position, account_id),
        next_funding_atoms=next_funding_atoms(view, market, position),
        next_funding_us=int(market.funding_next_us),
        day_funding_atoms=day_funding_atoms(view, market, position),
    )


def entry_subticks(market: Market, position: Position) -> int:
    """The average entry price; 0 without a position."""
    if position.qty_lots == 0:
        return 0
    value, lots = abs(position.entry_value_atoms), abs(position.qty_lots)
    return price_of(market, value, lots)


def price_of(market: Market, value_atoms: int, lots: int) -> int:
    """The price at which so many lots are worth so much, rounded down."""
    if market.inverse_factor == 0:
        return mul_div_floor(value_atoms, market.value_divisor, lots)
    return mul_div_floor(lots, market.inverse_factor, max(1, value_atoms))


def margin_atoms(view: State, account_id: int, place: int) -> int:
    """Isolated: what the position's wallet holds for it. Cross: the initial margin it uses."""
    position = view.positions[position_slot(account_id, place)]
    if position.qty_lots == 0:
        return 0
    if position.isolated == 0:
        return initial_of(view, account_id, place)
    wallet = settlement_atoms(view, position_wallet(view, account_id, place))
    return min(wallet, int(position.margin_atoms))


def funding_so_far(view: State, market: Market, position: Position) -> int:
    """Funding since the position was opened, paid out and accrued."""
    if position.qty_lots == 0:
        return 0
    return int(position.funding_atoms) + accrued_atoms(view, market, position)


def break_even_subticks(view: State, market: Market, position: Position, account_id: int) -> int:
    """The price at which closing all ends at zero; 0: nothing held, or any price will do.

    A long pays entry value E, fees so far F, gets funding N and profit taken R, and pays the taker
    rate f on closing q at P: P*q*(1 - f) = E + F - N - R. A short: P*q*(1 + f) = E - F + N + R.
    """
    if position.qty_lots == 0:
        return 0
    rate = fee_rate_ppm(view, account_id, market, False)
    costs = position.fees_atoms - funding_so_far(view, market, position) - position.realised_atoms
    lots = abs(position.qty_lots)
    if market.inverse_factor != 0:
        return _inverse_break_even(market, position, rate, costs)
    if position.qty_lots > 0:
        needed = position.entry_value_atoms + costs
        gross = mul_div_ceil(max(0, needed), PPM, PPM - rate)
        return mul_div_ceil(gross, market.value_divisor, lots)
    needed = -position.entry_value_atoms - costs
    gross = mul_div_floor(max(0, needed), PPM, PPM + rate)
    return mul_div_floor(gross, market.value_divisor, lots)


def _inverse_break_even(market: Market, position: Position, rate: int, costs: int) -> int:
    """The same for an inverse contract, which is worth V = lots * factor / P coins at P.

    It was worth E when it was opened. A long: V * (1 + f) = E - costs. A short: V * (1 - f) =
    E + costs.
    """
    way = 1 if position.qty_lots > 0 else -1
    value = abs(position.entry_value_atoms) - way * costs
    if value <= 0:
        return 0
    factor = mul_div_floor(market.inverse_factor, PPM + way * rate, PPM)
    divide = mul_div_ceil if way > 0 else mul_div_floor
    return divide(abs(position.qty_lots), factor, value)


def next_funding_atoms(view: State, market: Market, position: Position) -> int:
    """What the position gets (pays, below zero) when the interval in hand ends (FUND-004).

    Where a rate is fixed when its interval begins this is exact while the size stays; where it is
    made of the interval's samples, or charged at the price of its end, it is so by those of now.
    """
    end = market.funding_index_parts + lot_parts_to_end(view, market)
    due = end - position.funding_index_parts
    return received_atoms(due, position.qty_lots, market.atom_parts)


def lot_parts_to_end(view: State, market: Market) -> int:
    """What one long lot still pays until the interval ends, in parts of an atom."""
    if not has_funding(market):
        return 0
    if market.funding_pay == FundingPay.AT_ONCE:
        return lot_pays_parts(market, next_rate_e18(market), paid_on_subticks(view, market))
    left = market.funding_next_us - market.funding_from_us
    return elapsed_lot_parts(market.funding_lot_parts, left, market.funding_interval_us)


def day_funding_atoms(view: State, market: Market, position: Position) -> int:
    """What the position would get in a day if the rate of this interval stayed."""
    if not has_funding(market):
        return 0
    lot_parts = market.funding_lot_parts
    if market.funding_pay == FundingPay.AT_ONCE:
        lot_parts = lot_parts_to_end(view, market)
    a_day = elapsed_lot_parts(lot_parts, DAY_US, market.funding_interval_us)
    return received_atoms(a_day, position.qty_lots, market.atom_parts)
