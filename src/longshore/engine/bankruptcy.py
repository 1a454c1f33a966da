"""At which price a position leaves nothing, and how far from a price a step may reach."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.book import ticks_max
from longshore.engine.codes import AdlPrice, System
from longshore.engine.ledger import balance_atoms, system_wallet, unit_asset
from longshore.engine.limits import PRICE_MAX_SUBTICKS
from longshore.engine.margin import equity_atoms
from longshore.engine.rows import Market, Position
from longshore.engine.state import State
from longshore.engine.units import (
    PPM,
    absolute,
    clamp,
    larger,
    mul_div_ceil,
    mul_div_floor,
)
from longshore.engine.value import lots_worth_too_much, value_at


@rule
def zero_equity_ticks(state: State, wallet: I64, market: Market, position: Position) -> I64:
    """The price at which closing a position leaves nothing.   LIQD-006

    mark - equity * value_divisor / lots; up to the tick for a long position, down for a short one.
    """
    equity = equity_atoms(state, wallet)
    if market.inverse_factor != 0:
        return zero_equity_inverse_ticks(market, position, equity)
    if is_beyond_any_price(market, position, equity):
        return ticks_max(market) if (equity < 0) == (position.qty_lots > 0) else 1
    if position.qty_lots > 0:
        worth = mul_div_floor(equity, market.value_divisor, position.qty_lots)
        price = mul_div_ceil(market.mark_subticks - worth, 1, market.tick_subticks)
    else:
        worth = mul_div_floor(equity, market.value_divisor, -position.qty_lots)
        price = mul_div_floor(market.mark_subticks + worth, 1, market.tick_subticks)
    return clamp(price, 1, ticks_max(market))


@rule
def is_beyond_any_price(market: Market, position: Position, equity_atoms: I64) -> bool:
    """Whether a wallet's equity a lot is more than any price could make up for.

    |equity| * value_divisor / lots > the highest price, asked without the product.
    """
    each = absolute(equity_atoms) // absolute(position.qty_lots)
    return each > PRICE_MAX_SUBTICKS // market.value_divisor


@rule
def zero_equity_inverse_ticks(market: Market, position: Position, equity_atoms: I64) -> I64:
    """The same for an inverse contract.   CONT-006

    lots * inverse_factor / (equity - value at mark), where the value of a long position is below
    zero; no price is high enough where a short one is worth no more than the equity.
    """
    worth = equity_atoms - value_at(market, market.mark_subticks, position.qty_lots)
    if position.qty_lots > 0:
        if worth <= 0:
            return ticks_max(market)
        price = mul_div_ceil(position.qty_lots, market.inverse_factor, worth)
        return clamp(mul_div_ceil(price, 1, market.tick_subticks), 1, ticks_max(market))
    if worth >= 0 or lots_worth_too_much(market, -position.qty_lots, -worth):
        return ticks_max(market)
    price = mul_div_floor(-position.qty_lots, market.inverse_factor, -worth)
    return clamp(price // market.tick_subticks, 1, ticks_max(market))


@rule
def unwind_ticks(state: State, wallet: I64, market: Market, position: Position) -> I64:
    """The price that unwinding closes at, rounded as the zero-equity price is.   LIQD-024"""
    zero = zero_equity_ticks(state, wallet, market, position)
    subticks = market.mark_subticks
    if market.adl_price == AdlPrice.PREVIOUS_MARK:
        subticks = market.mark_before_subticks
    elif market.adl_price == AdlPrice.BANKRUPTCY or not funds_can_pay(state, wallet):
        return zero
    if subticks == 0:
        return zero
    up = subticks + market.tick_subticks - 1 if position.qty_lots > 0 else subticks
    return clamp(up // market.tick_subticks, 1, ticks_max(market))


@rule
def funds_can_pay(state: State, wallet: I64) -> bool:
    """Whether pool and insurance account hold what a wallet lacks at mark."""
    asset_id = unit_asset(state, wallet)
    held = larger(0, balance_atoms(state, system_wallet(System.POOL), asset_id))
    held += larger(0, balance_atoms(state, system_wallet(System.INSURANCE), asset_id))
    return -equity_atoms(state, wallet) <= held


@rule
def band_ticks(market: Market, position: Position, from_subticks: I64, band_ppm: I64) -> I64:
    """A price a band below another for a long position, above it for a short one."""
    if position.qty_lots > 0:
        limit = mul_div_ceil(from_subticks, PPM - band_ppm, PPM)
        return larger(1, mul_div_ceil(limit, 1, market.tick_subticks))
    limit = mul_div_floor(from_subticks, PPM + band_ppm, PPM)
    return larger(1, mul_div_floor(limit, 1, market.tick_subticks))


@rule
def is_inside_band(market: Market, position: Position, price_ticks: I64, band_ppm: I64) -> bool:
    """Whether who takes a position over at a price gains by mark, and no more than a band."""
    reach = mul_div_floor(market.mark_subticks, band_ppm, PPM)
    gain = market.mark_subticks - price_ticks * market.tick_subticks
    if position.qty_lots < 0:
        gain = -gain
    return gain >= 0 and gain <= reach
