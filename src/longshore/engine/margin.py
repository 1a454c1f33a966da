"""The one margin question: equity, initial and maintenance margin of a wallet."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarginBasis, MarketKind, MarketState, TierUnit, WalletKind
from longshore.engine.ledger import (
    balance_atoms,
    cross_wallet,
    is_isolated,
    settlement_atoms,
    unit_asset,
)
from longshore.engine.legs import market_at, places
from longshore.engine.methods import (
    risk_margin_atoms,
    sized_requirement,
    with_factor,
    with_open_interest,
)
from longshore.engine.nets import added_margin, clear_nets, is_on_long_side
from longshore.engine.rates import elapsed_lot_parts, received_atoms
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
from longshore.engine.value import value_at


@rule
def unrealised_atoms(market: Market, position: Position) -> I64:
    """Profit or loss of a position at mark."""
    return value_at(market, market.mark_subticks, position.qty_lots) - position.entry_value_atoms


@rule
def funding_index_parts(state: State, market: Market) -> I64:
    """What one long lot has paid since the start, up to now.   FUND-004"""
    if market.funding_lot_parts == 0:
        return market.funding_index_parts
    elapsed = state.time_us - market.funding_from_us
    part = elapsed_lot_parts(market.funding_lot_parts, elapsed, market.funding_interval_us)
    return market.funding_index_parts + part


@rule
def funding_since(state: State, market: Market, position: Position) -> I64:
    """Parts of an atom one long lot has paid since the position last realised funding."""
    return funding_index_parts(state, market) - position.funding_index_parts


@rule
def accrued_atoms(state: State, market: Market, position: Position) -> I64:
    """Funding a position would receive now; below zero: pay.   FUND-005, FUND-007

    A payer's amount is rounded up, a receiver's down.
    """
    since = funding_since(state, market, position)
    return received_atoms(since, position.qty_lots, market.atom_parts)


@rule
def tier_requirement(
    state: State, market: Market, notional_atoms: I64, qty_lots: I64, initial: bool
) -> I64:
    """Margin on a notional, or on a size, by the market's method.   MRGN-013, MRGN-015, MRGN-016"""
    if market.margin_slope_e12 > 0 or market.margin_root_e12 > 0:
        required = sized_requirement(state, market, notional_atoms, qty_lots, initial)
    else:
        required = by_tiers(state, market, notional_atoms, qty_lots, initial)
    if initial and market.interest_high_atoms > 0:
        return with_open_interest(market, notional_atoms, required)
    return required


@rule
def by_tiers(
    state: State, market: Market, notional_atoms: I64, qty_lots: I64, initial: bool
) -> I64:
    """Margin on a notional, or on a size, by the market's tiers.   MRGN-001, CONT-004

    sum over tiers of ceil(rate * part inside the tier), or rate of the tier reached * all.
    """
    size = qty_lots if market.tier_unit == TierUnit.LOTS else notional_atoms
    required = 0
    for number in range(market.tier_count):
        tier = state.tiers[market.tier_first + number]
        if size >= tier.from_size:
            rate = tier.initial_ppm if initial else tier.maintenance_ppm
            rate = with_factor(market, rate, PPM, initial)
            if market.tier_whole == 1:
                required = mul_div_ceil(notional_atoms, rate, PPM)
            else:
                part = tier_top(state, market, number, size) - tier.from_size
                if market.tier_unit == TierUnit.LOTS and size > 0:
                    part = mul_div_ceil(notional_atoms, part, size)
                required += mul_div_ceil(part, rate, PPM)
    return required


@rule
def tier_top(state: State, market: Market, number: I64, size: I64) -> I64:
    """Where the part of a size inside a tier ends."""
    if number + 1 == market.tier_count:
        return size
    return smaller(size, state.tiers[market.tier_first + number + 1].from_size)


@rule
def chosen_requirement(
    state: State, market: Market, position: Position, notional_atoms: I64, qty_lots: I64
) -> I64:
    """Initial margin by the market's method and the position's risk limit.   MRGN-017"""
    by_method = tier_requirement(state, market, notional_atoms, qty_lots, True)
    return by_method + risk_margin_atoms(state, market, position, notional_atoms)


@rule
def initial_requirement(
    state: State, market: Market, position: Position, notional_atoms: I64, qty_lots: I64
) -> I64:
    """Initial margin on a notional: the market's, or value / leverage if more.   MRGN-007"""
    asked = chosen_requirement(state, market, position, notional_atoms, qty_lots)
    if position.leverage_ppm == 0:
        return asked
    return larger(asked, mul_div_ceil(notional_atoms, PPM, position.leverage_ppm))


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
def buy_side_atoms(market: Market, position: Position) -> I64:
    """The notional if every open buy order filled.   MRGN-003"""
    return larger(0, signed_notional_atoms(market, position) + position.buy_value_atoms)


@rule
def sell_side_atoms(market: Market, position: Position) -> I64:
    """The notional if every open sell order filled.   MRGN-003"""
    return larger(0, position.sell_value_atoms - signed_notional_atoms(market, position))


@rule
def is_margined_by(state: State, wallet: I64, place: I64) -> bool:
    """Whether a wallet margins its owner's position at a place.   LIQD-013"""
    if market_at(state, place).kind == MarketKind.SPOT:
        return False
    return position_wallet(state, wallet_account(wallet), place) == wallet


@rule
def position_wallet(state: State, account_id: I64, place: I64) -> I64:
    """The wallet that margins a position, or pays for spot."""
    market = market_at(state, place)
    if market.kind == MarketKind.SPOT:
        return wallet_slot(account_id, WalletKind.CASH)
    if state.positions[position_slot(account_id, place)].isolated == 0:
        return cross_wallet(state, account_id, market)
    return wallet_slot(account_id, WalletKind.ISOLATED + place)


@rule
def index_is_stale(state: State, market: Market) -> bool:
    """Whether the index is older than the rulebook allows.   PRIC-005"""
    asset = state.assets[market.base_asset_id]
    return asset.stale_after_us > 0 and state.time_us - asset.index_time_us > asset.stale_after_us


@rule
def is_frozen_market(state: State, market: Market) -> bool:
    """Whether nobody is liquidated in a market: its index is stale, or nothing is matched in it.

    PRIC-005, HALT-008, DOWN-005
    """
    if state.venue_state != MarketState.ACTIVE:
        return True
    still = market.state == MarketState.HALTED or market.state == MarketState.AUCTION
    return still or index_is_stale(state, market)


@rule
def hangs_on_stale(state: State, wallet: I64) -> bool:
    """Whether a position of a wallet has no index that can be relied on.   LEDG-007"""
    account_id = wallet_account(wallet)
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            if index_is_stale(state, market_at(state, place)):
                return True
    return False


@rule
def collateral_value_atoms(asset: Asset, amount_atoms: I64) -> I64:
    """An amount of a collateral asset at index, after its haircut, rounded down.   MRGN-002

    atoms = amount * index / value_divisor * (1 - haircut)
    """
    value = mul_div_floor(amount_atoms, asset.index_subticks, asset.value_divisor)
    return mul_div_floor(value, PPM - asset.haircut_ppm, PPM)


@rule
def own_atoms(state: State, wallet: I64) -> I64:
    """What a wallet of one asset has behind its positions.   MRGN-007

    Of an isolated one the position's margin: what came for open orders may leave with them. While
    it is being liquidated without any, all there is.
    """
    held = settlement_atoms(state, wallet)
    if not is_isolated(wallet):
        return held
    market_id = wallet_kind(wallet) - WalletKind.ISOLATED
    position = state.positions[position_slot(wallet_account(wallet), market_id)]
    ordered = position.buy_lots + position.sell_lots > 0
    if state.wallets[wallet].rung > 0 and not ordered:
        return held
    return smaller(held, position.margin_atoms)


@rule
def collateral_atoms(state: State, wallet: I64) -> I64:
    """All balances of a wallet as collateral; money owed counts in full."""
    if wallet_kind(wallet) != WalletKind.FLEX:
        return own_atoms(state, wallet)
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
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            total += position_equity_atoms(state, market_at(state, place), position)
    return total


@rule
def maintenance_of(state: State, account_id: I64, place: I64) -> I64:
    """Maintenance margin of one position."""
    market = market_at(state, place)
    position = state.positions[position_slot(account_id, place)]
    return maintenance_on(state, market, position)


@rule
def maintenance_on(state: State, market: Market, position: Position) -> I64:
    """Maintenance margin of a position as it is, or as it would be."""
    size = notional_atoms(market, position)
    return maintenance_if(state, market, position, size)


@rule
def maintenance_if(state: State, market: Market, position: Position, notional_atoms: I64) -> I64:
    """Maintenance margin of a position if its notional were this.   MRGN-017"""
    lots = absolute(position.qty_lots)
    by_method = maintenance_requirement(state, market, notional_atoms, lots)
    return by_method + risk_margin_atoms(state, market, position, notional_atoms)


@rule
def maintenance_requirement(
    state: State, market: Market, notional_atoms: I64, qty_lots: I64
) -> I64:
    """Maintenance margin on a notional: the tiers', and the fee of closing.   MRGN-014"""
    closing = mul_div_ceil(notional_atoms, market.maintenance_fee_ppm, PPM)
    return closing + tier_requirement(state, market, notional_atoms, qty_lots, False)


@rule
def maintenance_atoms(state: State, wallet: I64) -> I64:
    """Maintenance margin of a wallet.   MRGN-020"""
    account_id = wallet_account(wallet)
    clear_nets(state)
    total = 0
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            kept = maintenance_of(state, account_id, place)
            total += added_margin(state, market_at(state, place), position.qty_lots > 0, kept)
    return total


@rule
def initial_of(state: State, account_id: I64, place: I64) -> I64:
    """Initial margin of one position alone."""
    market = market_at(state, place)
    position = state.positions[position_slot(account_id, place)]
    return initial_on(state, market, position)


@rule
def initial_on(state: State, market: Market, position: Position) -> I64:
    """Initial margin of a position alone, as it is or as it would be."""
    size = notional_atoms(market, position)
    lots = absolute(position.qty_lots)
    return initial_requirement(state, market, position, size, lots)


@rule
def initial_with_orders_of(state: State, account_id: I64, place: I64) -> I64:
    """Initial margin of one position with its open orders.   MRGN-003"""
    position = state.positions[position_slot(account_id, place)]
    if position.qty_lots == 0 and position.buy_lots == 0 and position.sell_lots == 0:
        return 0
    return requirement_with_orders(state, market_at(state, place), position)


@rule
def requirement_with_orders(state: State, market: Market, position: Position) -> I64:
    """Initial margin on the larger side of a position and its open orders.

    Its size counts as no less than the position's: dear orders that close it do not make it small.
    """
    buys = buy_side_atoms(market, position)
    sells = sell_side_atoms(market, position)
    size = larger(buys, sells)
    lots = position.qty_lots + position.buy_lots
    if sells > buys:
        lots = position.sell_lots - position.qty_lots
    most = larger(absolute(position.qty_lots), lots)
    return initial_requirement(state, market, position, size, most)


@rule
def initial_atoms(state: State, wallet: I64) -> I64:
    """Initial margin of a wallet's positions.   MRGN-020"""
    account_id = wallet_account(wallet)
    clear_nets(state)
    total = 0
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            asked = initial_of(state, account_id, place)
            total += added_margin(state, market_at(state, place), position.qty_lots > 0, asked)
    return total


@rule
def initial_with_orders_atoms(state: State, wallet: I64) -> I64:
    """Initial margin of a wallet's positions with their open orders.   MRGN-020"""
    account_id = wallet_account(wallet)
    clear_nets(state)
    total = 0
    for place in range(1, places(state, account_id) + 1):
        if is_margined_by(state, wallet, place):
            asked = initial_with_orders_of(state, account_id, place)
            on_long = is_on_long_side(state.positions[position_slot(account_id, place)])
            total += added_margin(state, market_at(state, place), on_long, asked)
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
    if hangs_on_stale(state, wallet):
        return 0
    if is_isolated(wallet):
        spare = equity_atoms(state, wallet) - initial_atoms(state, wallet)
        free = larger(0, smaller(own_atoms(state, wallet), spare))
        return free if asset_id == unit_asset(state, wallet) else 0
    required = initial_with_orders_atoms(state, wallet)
    spare = equity_atoms(state, wallet) - required
    if asset_id == unit_asset(state, wallet):
        return larger(0, smaller(balance.amount_atoms, spare))
    asset = state.assets[asset_id]
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
