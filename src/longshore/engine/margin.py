"""The one margin question: equity, initial and maintenance margin of a wallet."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarginBasis, MarketKind, WalletKind
from longshore.engine.ledger import balance_atoms, settlement_atoms
from longshore.engine.limits import VALUE_MAX_ATOMS
from longshore.engine.rows import Asset, Market, Position
from longshore.engine.state import (
    State,
    balance_slot,
    position_slot,
    wallet_account,
    wallet_kind,
    wallet_slot,
)
from longshore.engine.units import (
    PPM,
    absolute,
    larger,
    mul_div_ceil,
    mul_div_floor,
    smaller,
)


@rule
def value_at(market: Market, price_subticks: I64, qty_lots: I64) -> I64:
    """The value of a signed size at a sub-tick price, rounded down.

    atoms = sub-ticks * lots / value_divisor
    """
    return mul_div_floor(price_subticks, qty_lots, market.value_divisor)


@rule
def is_worth_too_much(amount: I64, price_subticks: I64, divisor: I64) -> bool:
    """Whether amount * price / divisor may exceed what the engine counts with.

    Asked without the product: (amount // divisor + 1) * price > maximum.
    """
    return price_subticks > 0 and amount // divisor + 1 > VALUE_MAX_ATOMS // price_subticks


@rule
def unrealised_atoms(market: Market, position: Position) -> I64:
    """Profit or loss of a position at mark."""
    return value_at(market, market.mark_subticks, position.qty_lots) - position.entry_value_atoms


@rule
def funding_index_microatoms(state: State, market: Market) -> I64:
    """What one long lot has paid since the start, up to now.   FUND-004"""
    elapsed = state.time_us - market.funding_from_us
    part = mul_div_floor(market.funding_lot_microatoms, elapsed, market.funding_interval_us)
    return market.funding_index_microatoms + part


@rule
def funding_since(state: State, market: Market, position: Position) -> I64:
    """Micro-atoms one long lot has paid since the position last realised funding."""
    return funding_index_microatoms(state, market) - position.funding_index_microatoms


@rule
def accrued_atoms(state: State, market: Market, position: Position) -> I64:
    """Funding a position would receive now; below zero: pay.   FUND-005, FUND-007

    A payer's amount is rounded up, a receiver's down.
    """
    return mul_div_floor(-funding_since(state, market, position), position.qty_lots, PPM)


@rule
def tier_requirement(state: State, market: Market, notional_atoms: I64, initial: bool) -> I64:
    """Margin on a notional by the market's tiers.   MRGN-001

    sum over tiers of ceil(rate * part inside the tier), or rate of the tier reached * all.
    """
    required = 0
    for number in range(market.tier_count):
        tier = state.tiers[market.tier_first + number]
        if notional_atoms > tier.from_atoms or number == 0:
            rate = tier.initial_ppm if initial else tier.maintenance_ppm
            if market.tier_whole == 1:
                required = mul_div_ceil(notional_atoms, rate, PPM)
            else:
                part = tier_top(state, market, number, notional_atoms) - tier.from_atoms
                required += mul_div_ceil(part, rate, PPM)
    return required


@rule
def tier_top(state: State, market: Market, number: I64, notional_atoms: I64) -> I64:
    """Where the part of a notional inside a tier ends."""
    if number + 1 == market.tier_count:
        return notional_atoms
    return smaller(notional_atoms, state.tiers[market.tier_first + number + 1].from_atoms)


@rule
def initial_requirement(
    state: State, market: Market, leverage_ppm: I64, notional_atoms: I64
) -> I64:
    """Initial margin on a notional: the tiers', or value / leverage if more.   MRGN-007"""
    by_tier = tier_requirement(state, market, notional_atoms, True)
    if leverage_ppm == 0:
        return by_tier
    return larger(by_tier, mul_div_ceil(notional_atoms, PPM, leverage_ppm))


@rule
def notional_atoms(market: Market, position: Position) -> I64:
    """What margin is charged on: entry value or value at mark."""
    if market.margin_basis == MarginBasis.ENTRY:
        return absolute(position.entry_value_atoms)
    return absolute(value_at(market, market.mark_subticks, position.qty_lots))


@rule
def signed_notional_atoms(market: Market, position: Position) -> I64:
    """The notional with the side's sign."""
    size = notional_atoms(market, position)
    return size if position.qty_lots >= 0 else -size


@rule
def larger_side_atoms(market: Market, position: Position) -> I64:
    """The notional if every open order of the worse side filled.   MRGN-003"""
    held = signed_notional_atoms(market, position)
    buy_side = held + position.buy_value_atoms
    sell_side = position.sell_value_atoms - held
    return larger(larger(buy_side, sell_side), 0)


@rule
def is_margined_by(state: State, wallet: I64, market_id: I64) -> bool:
    """Whether a wallet margins its owner's position in a market.   LIQD-013"""
    if state.markets[market_id].kind == MarketKind.SPOT:
        return False
    kind = wallet_kind(wallet)
    position = state.positions[position_slot(wallet_account(wallet), market_id)]
    if position.leverage_ppm == 0:
        return kind == WalletKind.FLEX
    return kind == WalletKind.ISOLATED + market_id


@rule
def position_wallet(state: State, account_id: I64, market_id: I64) -> I64:
    """The wallet that margins a position, or pays for spot."""
    if state.markets[market_id].kind == MarketKind.SPOT:
        return wallet_slot(account_id, WalletKind.CASH)
    if state.positions[position_slot(account_id, market_id)].leverage_ppm == 0:
        return wallet_slot(account_id, WalletKind.FLEX)
    return wallet_slot(account_id, WalletKind.ISOLATED + market_id)


@rule
def collateral_value_atoms(asset: Asset, amount_atoms: I64) -> I64:
    """An amount of a collateral asset at index, after its haircut, rounded down.   MRGN-002

    atoms = amount * index / value_divisor * (1 - haircut)
    """
    value = mul_div_floor(amount_atoms, asset.index_subticks, asset.value_divisor)
    return mul_div_floor(value, PPM - asset.haircut_ppm, PPM)


@rule
def collateral_atoms(state: State, wallet: I64) -> I64:
    """All balances of a wallet as collateral; money owed counts in full."""
    total = 0
    for asset_id in range(1, state.assets_count + 1):
        amount = balance_atoms(state, wallet, asset_id)
        asset = state.assets[asset_id]
        if asset.is_settlement == 1:
            total += amount
        elif amount != 0:
            total += collateral_value_atoms(asset, amount)
    return total


@rule
def position_equity_atoms(state: State, market: Market, position: Position) -> I64:
    """What a position adds to its wallet's equity."""
    return unrealised_atoms(market, position) + accrued_atoms(state, market, position)


@rule
def equity_atoms(state: State, wallet: I64) -> I64:
    """Equity of a wallet.   MRGN-002"""
    account_id = wallet_account(wallet)
    total = collateral_atoms(state, wallet)
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, market_id):
            total += position_equity_atoms(state, state.markets[market_id], position)
    return total


@rule
def maintenance_of(state: State, account_id: I64, market_id: I64) -> I64:
    """Maintenance margin of one position."""
    market = state.markets[market_id]
    position = state.positions[position_slot(account_id, market_id)]
    return tier_requirement(state, market, notional_atoms(market, position), False)


@rule
def maintenance_atoms(state: State, wallet: I64) -> I64:
    """Maintenance margin of a wallet."""
    account_id = wallet_account(wallet)
    total = 0
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, market_id):
            total += maintenance_of(state, account_id, market_id)
    return total


@rule
def initial_of(state: State, account_id: I64, market_id: I64) -> I64:
    """Initial margin of one position alone."""
    market = state.markets[market_id]
    position = state.positions[position_slot(account_id, market_id)]
    size = notional_atoms(market, position)
    return initial_requirement(state, market, position.leverage_ppm, size)


@rule
def initial_with_orders_of(state: State, account_id: I64, market_id: I64) -> I64:
    """Initial margin of one position with its open orders.   MRGN-003"""
    position = state.positions[position_slot(account_id, market_id)]
    if position.qty_lots == 0 and position.buy_lots == 0 and position.sell_lots == 0:
        return 0
    return requirement_with_orders(state, state.markets[market_id], position)


@rule
def requirement_with_orders(state: State, market: Market, position: Position) -> I64:
    """Initial margin on the larger side of a position and its open orders."""
    size = larger_side_atoms(market, position)
    return initial_requirement(state, market, position.leverage_ppm, size)


@rule
def initial_atoms(state: State, wallet: I64) -> I64:
    """Initial margin of a wallet's positions."""
    account_id = wallet_account(wallet)
    total = 0
    for market_id in range(1, state.markets_count + 1):
        position = state.positions[position_slot(account_id, market_id)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, market_id):
            total += initial_of(state, account_id, market_id)
    return total


@rule
def initial_with_orders_atoms(state: State, wallet: I64) -> I64:
    """Initial margin of a wallet's positions with their open orders."""
    account_id = wallet_account(wallet)
    total = 0
    for market_id in range(1, state.markets_count + 1):
        if is_margined_by(state, wallet, market_id):
            total += initial_with_orders_of(state, account_id, market_id)
    return total


@rule
def is_liquidatable(state: State, wallet: I64) -> bool:
    """Equity below maintenance margin; equal is safe.   LIQD-001"""
    return equity_atoms(state, wallet) < maintenance_atoms(state, wallet)


@rule
def free_atoms(state: State, wallet: I64, asset_id: I64) -> I64:
    """How much of an asset may leave a wallet.   LEDG-003, LEDG-007"""
    balance = state.balances[balance_slot(wallet, asset_id)]
    if wallet_kind(wallet) == WalletKind.CASH:
        return larger(0, balance.amount_atoms - balance.hold_atoms)
    required = initial_with_orders_atoms(state, wallet)
    spare = equity_atoms(state, wallet) - required
    asset = state.assets[asset_id]
    if asset.is_settlement == 1:
        return larger(0, smaller(balance.amount_atoms, spare))
    if required == 0 and settlement_atoms(state, wallet) >= 0:
        return larger(0, balance.amount_atoms)
    return amount_worth(asset, balance.amount_atoms, spare)


@rule
def amount_worth(asset: Asset, held_atoms: I64, value_atoms: I64) -> I64:
    """As much of a collateral balance as has at most this haircut value, rounded down.   LEDG-007

    Asked by value first: at an index of next to nothing the amount itself would have no end.
    """
    if asset.index_subticks == 0 or asset.haircut_ppm == PPM or value_atoms <= 0:
        return 0
    before_haircut = mul_div_floor(value_atoms, PPM, PPM - asset.haircut_ppm)
    if mul_div_ceil(held_atoms, asset.index_subticks, asset.value_divisor) <= before_haircut:
        return larger(0, held_atoms)
    return mul_div_floor(before_haircut, asset.value_divisor, asset.index_subticks)
