"""What traders read from the engine's state, and how they reckon with it."""

from __future__ import annotations

from longshore.engine._table import I64, NIL
from longshore.engine.codes import MarketKind, MarketState, WalletKind
from longshore.engine.rows import Market
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot
from longshore.engine.units import absolute, larger, mul_div_floor
from longshore.world.agents._compile import rule

ATOMS = 10**8  # of one dollar
PPM = 1_000_000


@rule
def index_of(state: State, market: Market) -> I64:
    """The index a market stands on in sub-ticks; 0: none yet."""
    return state.assets[market.base_asset_id].index_subticks


@rule
def best_bid_ticks(state: State, market: Market) -> I64:
    """The best bid in ticks; 0: there is none."""
    return state.levels[market.best_bid].price_ticks if market.best_bid != NIL else 0


@rule
def best_ask_ticks(state: State, market: Market) -> I64:
    """The best ask in ticks; 0: there is none."""
    return state.levels[market.best_ask].price_ticks if market.best_ask != NIL else 0


@rule
def is_open(state: State, market: Market) -> bool:
    """Whether a market trades, and has both sides."""
    if market.state != MarketState.ACTIVE:
        return False
    return best_bid_ticks(state, market) != 0 and best_ask_ticks(state, market) != 0


@rule
def amount_atoms(state: State, account_id: I64, wallet: I64, asset_id: I64) -> I64:
    """One balance of an account."""
    slot = balance_slot(wallet_slot(account_id, wallet), asset_id)
    return state.balances[slot].amount_atoms


@rule
def held_lots(state: State, account_id: I64, market: Market) -> I64:
    """What an account holds in a market: its position, or in a spot market its coins."""
    if market.kind == MarketKind.SPOT:
        coins = amount_atoms(state, account_id, WalletKind.CASH, market.base_asset_id)
        return coins // market.lot_base_atoms
    return state.positions[position_slot(account_id, market.market_id)].qty_lots


@rule
def is_priced(state: State, market: Market) -> bool:
    """Whether there is an index for it, and for the coin it settles in."""
    settle = market.settle_asset_id
    if settle != state.settlement_asset_id and state.assets[settle].index_subticks <= 0:
        return False
    return index_of(state, market) > 0


@rule
def value_of(state: State, market: Market, qty_lots: I64, price_subticks: I64) -> I64:
    """The value of a size in atoms of a dollar; a coin counts at its index. Rounded down twice."""
    if market.settle_asset_id == state.settlement_asset_id:
        return mul_div_floor(qty_lots, price_subticks, market.value_divisor)
    coin = state.assets[market.settle_asset_id]
    if market.inverse_factor != 0:
        coins = mul_div_floor(qty_lots, market.inverse_factor, price_subticks)
    else:
        coins = mul_div_floor(qty_lots, price_subticks, market.value_divisor)
    return mul_div_floor(coins, coin.index_subticks, coin.value_divisor)


@rule
def whole_lots(state: State, market: Market, value_atoms: I64, price_subticks: I64) -> I64:
    """The whole lots that a value in atoms of a dollar buys."""
    atoms = value_atoms
    if market.settle_asset_id != state.settlement_asset_id:
        atoms = coins_for(state, market.settle_asset_id, value_atoms)
    if market.inverse_factor != 0:
        return mul_div_floor(atoms, price_subticks, market.inverse_factor)
    return mul_div_floor(atoms, market.value_divisor, price_subticks)


@rule
def lots_for(state: State, market: Market, value_atoms: I64, price_subticks: I64) -> I64:
    """The whole lots that a value in atoms of a dollar buys, at least one."""
    return larger(1, whole_lots(state, market, value_atoms, price_subticks))


@rule
def signed_lots(state: State, market: Market, value_atoms: I64, price_subticks: I64) -> I64:
    """The lots of a signed value, above zero to be bought: at least one either way."""
    lots = lots_for(state, market, absolute(value_atoms), price_subticks)
    return lots if value_atoms > 0 else -lots


@rule
def coins_for(state: State, asset_id: I64, value_atoms: I64) -> I64:
    """The atoms of a coin that are worth a value at its index."""
    coin = state.assets[asset_id]
    return mul_div_floor(value_atoms, coin.value_divisor, coin.index_subticks)


@rule
def followed_ppm(state: State, market: Market, index: I64) -> I64:
    """How far the other open markets of the coin stand off its index on the mean."""
    total_ppm = 0
    count = 0
    for market_id in range(1, state.markets_count + 1):
        other = state.markets[market_id]
        if other.base_asset_id == market.base_asset_id and market_id != market.market_id:
            if is_open(state, other):
                ticks = best_bid_ticks(state, other) + best_ask_ticks(state, other)
                middle = ticks * other.tick_subticks // 2
                total_ppm += mul_div_floor(middle - index, PPM, index)
                count += 1
    return total_ppm // count if count > 0 else 0
