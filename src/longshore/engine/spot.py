"""The spot market: what an order needs, and what a match moves.   ORDR-017"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reason, Reject, Side, System, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.fees import add_volume, fee_atoms, taker_fee_atoms
from longshore.engine.ledger import balance_atoms, system_wallet, transfer
from longshore.engine.margin import free_atoms
from longshore.engine.positions import name_order
from longshore.engine.risk import resting_lots
from longshore.engine.rows import Market, Order
from longshore.engine.state import State, next_event, wallet_slot
from longshore.engine.units import smaller
from longshore.engine.value import value_atoms


@rule
def funds_refusal(state: State, draft: Order) -> I64:
    """Whether the cash wallet can pay for the order as it would be filled and rest."""
    market = state.markets[draft.market_id]
    wallet = wallet_slot(draft.account_id, WalletKind.CASH)
    estimate = state.estimates[0]
    resting = resting_lots(state, draft)
    if draft.side == Side.SELL:
        needed = (estimate.qty_lots + resting) * market.lot_base_atoms
        asset_id = market.base_asset_id
    else:
        value = value_atoms(market, draft.price_ticks, resting)
        needed = estimate.value_atoms + value
        needed += taker_fee_atoms(state, draft.account_id, market, estimate.value_atoms)
        needed += taker_fee_atoms(state, draft.account_id, market, value)
        asset_id = market.quote_asset_id
    if needed > free_atoms(state, wallet, asset_id):
        return Reject.INSUFFICIENT_FUNDS
    return Reject.NONE


@rule
def swap(state: State, market: Market, buyer_id: I64, seller_id: I64) -> None:
    """The coins one way, the money the other."""
    match = state.matches[0]
    buyer = wallet_slot(buyer_id, WalletKind.CASH)
    seller = wallet_slot(seller_id, WalletKind.CASH)
    coins = match.qty_lots * market.lot_base_atoms
    transfer(state, market.base_asset_id, seller, buyer, coins, Reason.SPOT_BASE)
    transfer(state, market.quote_asset_id, buyer, seller, match.value_atoms, Reason.SPOT_QUOTE)


@rule
def spot_side(state: State, market: Market, role: I64, order_slot: I64) -> None:
    """The fee, as far as it is free, the volume and the event of one side.   FEES-001"""
    match = state.matches[0]
    order = state.orders[order_slot]
    wallet = wallet_slot(order.account_id, WalletKind.CASH)
    fee = fee_atoms(state, order.account_id, market, role, match.value_atoms)
    free = free_atoms(state, wallet, market.quote_asset_id)
    match.fee_atoms = smaller(fee, free)
    venue = system_wallet(System.VENUE)
    transfer(state, market.quote_asset_id, wallet, venue, match.fee_atoms, Reason.FEE)
    add_volume(state, order.account_id, market, match.value_atoms)
    event = next_event(state, EventKind.TRADED)
    event.market_id = match.market_id
    event.account_id = order.account_id
    event.side = order.side
    event.role = role
    event.price_ticks = match.price_ticks
    event.qty_lots = match.qty_lots
    event.value_atoms = match.value_atoms
    event.fee_atoms = match.fee_atoms
    event.balance_atoms = balance_atoms(state, wallet, market.quote_asset_id)
    name_order(state, order_slot, event)
