"""What a fill does to one side: funding, profit and loss, fee, position, margin."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import Reason, Role, Side, System
from longshore.engine.collateral import pay_debt
from longshore.engine.events import EventKind
from longshore.engine.fees import add_volume, fee_atoms
from longshore.engine.isolated import keep_after_close, opening_margin_atoms
from longshore.engine.ledger import (
    clearing_wallet,
    settlement_atoms,
    system_wallet,
    transfer,
)
from longshore.engine.legs import leg_at, market_at
from longshore.engine.margin import (
    accrued_atoms,
    equity_atoms,
    funding_index_parts,
    funding_since,
    position_wallet,
)
from longshore.engine.moved import changed_by_owner, touch
from longshore.engine.rows import Event, Market, Order, Position
from longshore.engine.state import (
    State,
    next_event,
    position_slot,
    wallet_kind,
)
from longshore.engine.tasks import SWEEP_REDUCE_ONLY, push_sweep
from longshore.engine.units import (
    PPM,
    absolute,
    clamp,
    larger,
    mul_div_ceil,
    mul_div_floor,
    remainder_of_product,
    smaller,
)
from longshore.engine.value import signed_value


@rule
def reducible_lots(state: State, order: Order) -> I64:
    """How much of its position an order on its side could close."""
    position = state.positions[position_slot(order.account_id, order.place)]
    lots = position.qty_lots
    if lots == 0 or (lots > 0) == (order.side == Side.BUY):
        return 0
    return absolute(lots)


@rule
def signed(side: I64, amount: I64) -> I64:
    """An amount with the sign of a side: buying above zero."""
    return amount if side == Side.BUY else -amount


@rule
def closed_lots(position_lots: I64, signed_lots: I64) -> I64:
    """How much of a position a signed fill closes."""
    if position_lots == 0 or (position_lots > 0) == (signed_lots > 0):
        return 0
    return smaller(absolute(position_lots), absolute(signed_lots))


@rule
def entry_after_fill(position: Position, signed_lots: I64, signed_value_atoms: I64) -> I64:
    """The entry value after a fill.   MRGN-010, MRGN-011

    Adding: entry + value. Closing c of q: entry - entry * c / q, the share rounded toward zero.
    Turning: the value of what is left of the fill after closing.
    """
    entry = position.entry_value_atoms
    closed = closed_lots(position.qty_lots, signed_lots)
    if closed == 0:
        return entry + signed_value_atoms
    held = absolute(position.qty_lots)
    if closed == absolute(signed_lots):
        share = mul_div_floor(absolute(entry), closed, held)
        return entry - share if entry > 0 else entry + share
    opened = absolute(signed_lots) - closed
    value = mul_div_floor(absolute(signed_value_atoms), opened, absolute(signed_lots))
    return value if signed_value_atoms > 0 else -value


@rule
def realise_funding(state: State, account_id: I64, place: I64) -> I64:
    """Pay or receive what a position has accrued; what it received.   FUND-006, LEDG-006

    Received is rounded down, paid up; the difference stays with the clearing account as residue:
    residue = exact parts - atoms * atom_parts, never below zero.
    """
    market = market_at(state, place)
    position = state.positions[position_slot(account_id, place)]
    received = accrued_atoms(state, market, position)
    since = funding_since(state, market, position)
    position.funding_index_parts = funding_index_parts(state, market)
    if position.qty_lots == 0 or since == 0:
        return 0
    market.residue_parts += remainder_of_product(-since, position.qty_lots, market.atom_parts)
    position.funding_atoms += received
    wallet = position_wallet(state, account_id, place)
    clearing = clearing_wallet(market.market_id)
    transfer(state, market.settle_asset_id, clearing, wallet, received, Reason.FUNDING)
    event = next_event(state, EventKind.FUNDING_PAID)
    event.market_id = market.market_id
    event.account_id = account_id
    event.wallet = wallet_kind(wallet)
    event.position_lots = position.qty_lots
    event.funding_atoms = received
    event.rate_e18 = market.funding_rate_e18
    event.balance_atoms = settlement_atoms(state, wallet)
    event.index_subticks = state.assets[market.base_asset_id].index_subticks
    if position.isolated == 1:
        position.margin_atoms += received
    return received


@rule
def trade_side(
    state: State, account_id: I64, place: I64, side: I64, role: I64, order_slot: I64
) -> None:
    """Book one side of the match in hand on a linear market.

    Funding first, then profit or loss, then the fee; then debt is paid from collateral.
    """
    match = state.matches[0]
    market = state.markets[match.market_id]
    position = state.positions[position_slot(account_id, place)]
    wallet = position_wallet(state, account_id, place)
    match.funding_atoms = realise_funding(state, account_id, place)
    match.fee_atoms = fee_atoms(state, account_id, market, role, match.value_atoms)
    match.pnl_atoms = change_position(state, position, account_id, place, side)
    clearing = clearing_wallet(market.market_id)
    transfer(state, market.settle_asset_id, clearing, wallet, match.pnl_atoms, Reason.TRADE_PNL)
    match.fee_atoms = charge_fee(state, market, account_id, wallet, role)
    position.realised_atoms += match.pnl_atoms
    position.fees_atoms += match.fee_atoms
    pay_debt(state, wallet)
    add_volume(state, account_id, market, match.value_atoms)
    report_trade(state, account_id, place, side, role, order_slot)
    if role <= Role.TAKER:
        changed_by_owner(state, wallet)
    touch(state, wallet)


@rule
def change_position(
    state: State, position: Position, account_id: I64, place: I64, side: I64
) -> I64:
    """New size, entry value, open interest, margin; the profit realised.   LEDG-005, ORDR-008"""
    match = state.matches[0]
    market = market_at(state, place)
    lots = signed(side, match.qty_lots)
    value = signed_value(market, side, match.value_atoms)
    entry = entry_after_fill(position, lots, value)
    pnl = entry - position.entry_value_atoms - value
    closed = closed_lots(position.qty_lots, lots)
    before = position.qty_lots
    if position.isolated == 1 and closed > 0:
        keep_after_close(position, closed, absolute(before), pnl - match.fee_atoms)
    position.qty_lots += lots
    market.open_lots += larger(position.qty_lots, 0) - larger(before, 0)
    position.entry_value_atoms = entry
    match.opened_lots = match.qty_lots - closed
    if closed < match.qty_lots:
        opened = value if closed == 0 else entry
        if before == 0 or closed > 0:
            begin_position(state, position)
        if position.isolated == 1:
            position.margin_atoms += opening_margin_atoms(
                state, market, position, absolute(opened), match.qty_lots - closed
            )
    if before != 0 and closed == absolute(before) and position.reduce_count > 0:
        done = Reason.REDUCE_ONLY_DONE  # the position closed or turned
        push_sweep(state, account_id, place, SWEEP_REDUCE_ONLY, done)
    return pnl


@rule
def begin_position(state: State, position: Position) -> None:
    """A position starts from nothing, or from the other side: its own account begins."""
    position.opened_us = state.time_us
    position.realised_atoms = 0
    position.fees_atoms = 0
    position.funding_atoms = 0


@rule
def charge_fee(state: State, market: Market, account_id: I64, wallet: I64, role: I64) -> I64:
    """Charge the fee of the match in hand; the fee.   FEES-001, FEES-003"""
    match = state.matches[0]
    fee = fee_atoms(state, account_id, market, role, match.value_atoms)
    venue = system_wallet(System.VENUE)
    if role == Role.LIQUIDATION or role == Role.PARTIAL_LIQUIDATION:
        extra = mul_div_ceil(match.value_atoms, market.liquidation_fee_ppm, PPM)
        left = larger(0, equity_atoms(state, wallet))
        fee = smaller(fee, left)
        extra = clamp(extra, 0, left - fee)
        transfer(state, market.settle_asset_id, wallet, venue, extra, Reason.LIQUIDATION_FEE)
        transfer(state, market.settle_asset_id, wallet, venue, fee, Reason.FEE)
        return fee + extra
    transfer(state, market.settle_asset_id, wallet, venue, fee, Reason.FEE)
    return fee


@rule
def report_trade(
    state: State, account_id: I64, place: I64, side: I64, role: I64, order_slot: I64
) -> None:
    """The event of one side of a match."""
    match = state.matches[0]
    market = state.markets[match.market_id]
    position = state.positions[position_slot(account_id, place)]
    wallet = position_wallet(state, account_id, place)
    event = next_event(state, EventKind.TRADED)
    event.market_id = match.market_id
    event.account_id = account_id
    event.wallet = wallet_kind(wallet)
    event.side = side
    event.role = role
    event.price_ticks = match.price_ticks
    event.qty_lots = match.qty_lots
    event.position_lots = position.qty_lots
    event.value_atoms = position.entry_value_atoms
    event.fee_atoms = match.fee_atoms
    event.pnl_atoms = match.pnl_atoms
    event.funding_atoms = match.funding_atoms
    event.balance_atoms = settlement_atoms(state, wallet)
    event.mark_subticks = market.mark_subticks
    event.leg = leg_at(state, account_id, place)
    if order_slot != NIL:
        name_order(state, order_slot, event)


@rule
def name_order(state: State, order_slot: I64, event: Event) -> None:
    """Add an order's own fields to the event of its fill."""
    order = state.orders[order_slot]
    event.order_id = order.order_id
    event.client_hi = order.client_hi
    event.client_lo = order.client_lo
    event.type = order.type
    event.open_lots = order.qty_lots
    event.filled_lots = order.filled_lots
    event.flag = order.reduce_only
