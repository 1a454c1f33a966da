"""What a size is worth at a price: linear, quanto and inverse contracts, one set of questions.

A linear contract is worth price * size in its settlement asset; a quanto one too, with a multiplier
and another asset. An inverse one is worth a fixed sum of dollars, so in coins sum / price. Its
signed value is below zero for a long position, and so rises with the price like any other: profit
is value now - value at entry for all of them.   CONT-001, CONT-002
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Side
from longshore.engine.limits import VALUE_MAX_ATOMS
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import mul_div_floor


@rule
def value_atoms(market: Market, price_ticks: I64, qty_lots: I64) -> I64:
    """The value of a fill or an order, without sign.   CONT-001, CONT-002

    Linear: price_ticks * qty_lots * atoms_per_tick_lot, exact. Inverse: qty_lots * inverse_factor /
    price_subticks, rounded down; both sides of a fill book this same number.
    """
    if market.inverse_factor == 0:
        return price_ticks * qty_lots * market.atoms_per_tick_lot
    if price_ticks == 0:
        return 0
    return mul_div_floor(qty_lots, market.inverse_factor, price_ticks * market.tick_subticks)


@rule
def value_at(market: Market, price_subticks: I64, qty_lots: I64) -> I64:
    """The signed value of a signed size at a sub-tick price, rounded down.   CONT-001, CONT-002

    Linear: price_subticks * qty_lots / value_divisor. Inverse: -qty_lots * inverse_factor /
    price_subticks.
    """
    if market.inverse_factor == 0:
        return mul_div_floor(price_subticks, qty_lots, market.value_divisor)
    if price_subticks == 0:
        return 0
    return mul_div_floor(-qty_lots, market.inverse_factor, price_subticks)


@rule
def signed_value(market: Market, side: I64, size_atoms: I64) -> I64:
    """A fill's value with the sign it enters a position's entry value with.   CONT-002"""
    buys = side == Side.BUY
    rises = buys if market.inverse_factor == 0 else not buys
    return size_atoms if rises else -size_atoms


@rule
def has_funding(market: Market) -> bool:
    """Whether funding is set and paid: in perpetuals, not in dated futures.   LIFE-001"""
    return market.funding_interval_us > 0


@rule
def is_worth_too_much(amount: I64, price_subticks: I64, divisor: I64) -> bool:
    """Whether amount * price / divisor may exceed what the engine counts with.

    Asked without the product: (amount // divisor + 1) * price > maximum.
    """
    return price_subticks > 0 and amount // divisor + 1 > VALUE_MAX_ATOMS // price_subticks


@rule
def coins_worth_too_much(
    state: State, asset_id: I64, added_atoms: I64, price_subticks: I64
) -> bool:
    """Whether all coins there are, one at another price, may be worth more than is counted with.

    Each coin is given its own part, so that no sum can leave 64 bits.
    """
    total = 0
    for each in range(1, state.assets_count + 1):
        asset = state.assets[each]
        if asset.is_settlement == 0:
            supply = asset.supply_atoms
            price = asset.index_subticks
            if each == asset_id:
                supply += added_atoms
                price = price_subticks
            if is_worth_too_much(supply, price, asset.value_divisor):
                return True
            total += mul_div_floor(supply, price, asset.value_divisor) // state.assets_count
    return total > VALUE_MAX_ATOMS // state.assets_count


@rule
def lots_worth_too_much(market: Market, qty_lots: I64, price_subticks: I64) -> bool:
    """Whether a size may be worth more than the engine counts with."""
    if market.inverse_factor == 0:
        return is_worth_too_much(qty_lots, price_subticks, market.value_divisor)
    if price_subticks == 0:
        return False
    return is_worth_too_much(qty_lots, market.inverse_factor, price_subticks)
