"""Bookings at a given price between two positions: assignment and unwind (auto-deleveraging)."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.book import opposite
from longshore.engine.codes import Reject, Role
from longshore.engine.events import EventKind
from longshore.engine.funding import sweep_residue
from longshore.engine.gates import opening_refusal
from longshore.engine.isolated import settle_isolated
from longshore.engine.legs import leg_place, market_at
from longshore.engine.positions import trade_side
from longshore.engine.ranks import rank_score
from longshore.engine.rows import Market, Position
from longshore.engine.state import State, next_event, position_slot
from longshore.engine.units import larger, smaller
from longshore.engine.value import value_atoms


@rule
def is_opposite(position: Position, lots: I64) -> bool:
    """Whether a position lies on the other side of a signed size."""
    return position.qty_lots != 0 and (position.qty_lots > 0) != (lots > 0)


@rule
def highest_ranked(state: State, market: Market, lots: I64) -> I64:
    """The account whose opposite position ranks first; the lower id where equal.   LIQD-009"""
    found = NIL
    best = 0
    for account_id in range(1, state.accounts_count + 1):
        place = leg_place(state, account_id, market.market_id, -lots)
        if is_opposite(state.positions[position_slot(account_id, place)], lots):
            score = rank_score(state, account_id, place)
            if found == NIL or score > best:
                found = account_id
                best = score
    return found


@rule
def book_between(
    state: State, place: I64, bankrupt_id: I64, other_id: I64, lots: I64, role: I64
) -> None:
    """Book a size at the match's price between a liquidated position and another account.

    `role` is the liquidated side's; the other side's is the one after it.
    """
    match = state.matches[0]
    market = market_at(state, place)
    position = state.positions[position_slot(bankrupt_id, place)]
    takes = position.qty_lots if role == Role.ASSIGNOR else -position.qty_lots
    other_place = leg_place(state, other_id, market.market_id, takes)
    side = 2 if position.qty_lots > 0 else 1
    match.market_id = market.market_id
    match.qty_lots = lots
    match.value_atoms = value_atoms(market, match.price_ticks, lots)
    event = next_event(state, EventKind.FILLED)
    event.market_id = market.market_id
    event.account_id = bankrupt_id
    event.other_account_id = other_id
    event.side = side
    event.role = role
    event.price_ticks = match.price_ticks
    event.qty_lots = lots
    event.value_atoms = match.value_atoms
    event.mark_subticks = market.mark_subticks
    event.index_subticks = state.assets[market.base_asset_id].index_subticks
    trade_side(state, bankrupt_id, place, side, role, NIL)
    trade_side(state, other_id, other_place, opposite(side), role + 1, NIL)
    settle_isolated(state, other_id, market.market_id)
    sweep_residue(state, market)


@rule
def assign_room_lots(state: State, market: Market, account_id: I64, lots: I64) -> I64:
    """How much of a signed liquidated position a provider may take.   LIQD-007, GATE-005"""
    limit = smaller(state.accounts[account_id].assign_max_lots, market.position_max_lots)
    place = leg_place(state, account_id, market.market_id, lots)
    position = state.positions[position_slot(account_id, place)]
    held = position.qty_lots if lots > 0 else -position.qty_lots
    if limit == 0 or position.isolated == 1:
        return 0
    if opening_refusal(state, state.accounts[account_id], market) != Reject.NONE:
        return 0
    return larger(0, limit - held)
