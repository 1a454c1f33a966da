"""The rank of a position where auto-deleveraging looks for whom to close first.   LIQD-009"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import AdlRank
from longshore.engine.hashes import mix
from longshore.engine.margin import (
    equity_atoms,
    maintenance_atoms,
    notional_atoms,
    position_wallet,
    unrealised_atoms,
)
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, position_slot
from longshore.engine.units import PPM, absolute, larger, mul_div_floor
from longshore.engine.value import value_at

SHARE_MAX = 1_000_000  # no profit share and no leverage counts for more


@rule
def rank_score(state: State, market: Market, account_id: I64) -> I64:
    """Profit share * leverage for positions in profit, the loss share for those in loss.   LIQD-009

    profit_ppm = unrealised / entry; leverage_ppm = notional / equity; score = their product.
    """
    position = state.positions[position_slot(account_id, market.market_id)]
    profit_ppm = share_ppm(unrealised_atoms(market, position), absolute(position.entry_value_atoms))
    if market.adl_rank != AdlRank.PROFIT_LEVERAGE:
        return other_score(state, market, account_id, profit_ppm)
    if profit_ppm <= 0:
        return profit_ppm
    return mul_div_floor(profit_ppm, leverage_ppm(state, market, account_id), PPM)


@rule
def leverage_ppm(state: State, market: Market, account_id: I64) -> I64:
    """A position's notional / the equity of its wallet."""
    position = state.positions[position_slot(account_id, market.market_id)]
    equity = equity_atoms(state, position_wallet(state, account_id, market.market_id))
    return share_ppm(notional_atoms(market, position), equity)


@rule
def other_score(state: State, market: Market, account_id: I64, profit_ppm: I64) -> I64:
    """The ranks of other rulebooks.   LIQD-023"""
    if market.adl_rank == AdlRank.RANDOM:
        return mix(mix(market.mark_subticks, account_id), market.market_id)
    if market.adl_rank == AdlRank.PROFIT_MARGIN_RATIO:
        return margin_ratio_score(state, market, account_id)
    leverage = leverage_ppm(state, market, account_id)
    if market.adl_rank == AdlRank.PRICE_LEVERAGE:
        position = state.positions[position_slot(account_id, market.market_id)]
        return mul_div_floor(price_ratio_ppm(market, position), leverage, PPM)
    if profit_ppm <= 0:
        return mul_div_floor(profit_ppm, PPM, larger(1, leverage))
    return mul_div_floor(profit_ppm, leverage, PPM)


@rule
def margin_ratio_score(state: State, market: Market, account_id: I64) -> I64:
    """Profit / the wallet without it * maintenance margin / equity; 0 in loss.   LIQD-023"""
    position = state.positions[position_slot(account_id, market.market_id)]
    wallet = position_wallet(state, account_id, market.market_id)
    profit = larger(0, unrealised_atoms(market, position))
    equity = equity_atoms(state, wallet)
    if equity <= 0:
        return 0
    ratio_ppm = share_ppm(maintenance_atoms(state, wallet), equity)
    return mul_div_floor(share_ppm(profit, equity - profit), ratio_ppm, PPM)


@rule
def price_ratio_ppm(market: Market, position: Position) -> I64:
    """Mark / entry price of what gains as the price rises, entry price / mark of the other side.

    Values stand in for prices: an inverse contract's are the other way round, as its sides are.
    """
    value = absolute(value_at(market, market.mark_subticks, position.qty_lots))
    entry = absolute(position.entry_value_atoms)
    if position.entry_value_atoms > 0:
        return share_ppm(value, entry)
    return share_ppm(entry, value)


@rule
def share_ppm(part_atoms: I64, whole_atoms: I64) -> I64:
    """Part / whole, rounded down; a whole that is next to nothing counts as a millionth part."""
    least = absolute(part_atoms) // SHARE_MAX + 1
    return mul_div_floor(part_atoms, PPM, larger(whole_atoms, least))
