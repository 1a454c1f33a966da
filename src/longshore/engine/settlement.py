"""The end of a market: orders end, positions are settled at its last mark, one a step."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarketState, Reason, System
from longshore.engine.collateral import pay_debt
from longshore.engine.events import EventKind
from longshore.engine.insurance import bear_shortfall
from longshore.engine.isolated import settle_isolated
from longshore.engine.ledger import clearing_wallet, settlement_atoms, system_wallet, transfer
from longshore.engine.liquidation import is_holding
from longshore.engine.margin import equity_atoms, position_wallet
from longshore.engine.moved import touch
from longshore.engine.phases import enter_state, is_waiting
from longshore.engine.positions import realise_funding
from longshore.engine.rows import Event, Market, Position, Task
from longshore.engine.state import State, next_event, position_slot, wallet_kind
from longshore.engine.tasks import SWEEP_MARKET, TASK_SETTLE, pop_task, push_sweep, push_task
from longshore.engine.units import PPM, absolute, larger, mul_div_ceil, smaller
from longshore.engine.value import value_at


@rule
def begin_settlement(state: State, market: Market, by_command: I64) -> None:
    """The market has expired; its mark is what it is settled at.   LIFE-004, LIFE-009"""
    event = next_event(state, EventKind.MARKET_SETTLED)
    event.market_id = market.market_id
    event.mark_subticks = market.mark_subticks
    event.index_subticks = state.assets[market.base_asset_id].index_subticks
    event.flag = by_command
    enter_state(state, market, MarketState.EXPIRED)
    push_task(state, TASK_SETTLE, market.market_id)


@rule
def settle_waiting(state: State, asset_id: I64) -> None:
    """A price came: the markets on this index that waited for one, the last first.   LIFE-008

    What is begun last is carried out first, so that the lowest id is settled first.
    """
    for behind in range(state.markets_count):
        market = state.markets[state.markets_count - behind]
        if market.base_asset_id == asset_id and is_waiting(market):
            begin_settlement(state, market, 0)


@rule
def step_settlement(state: State, task: Task) -> None:
    """The next account's orders, or its position; after the last, sweep.   LIFE-005"""
    market = state.markets[task.a]
    while task.b < state.accounts_count:
        account_id = task.b + 1
        position = state.positions[position_slot(account_id, task.a)]
        if position.orders_count > 0:
            push_sweep(state, account_id, task.a, SWEEP_MARKET, Reason.MARKET_ENDED)
            return
        task.b = account_id
        if position.qty_lots != 0:
            settle_position(state, market, account_id)
            return
    pop_task(state)
    sweep_all(state, market)


@rule
def settle_position(state: State, market: Market, account_id: I64) -> None:
    """Settle one position: funding, profit, fee, margin, debt.   LIFE-005, LIFE-006"""
    position = state.positions[position_slot(account_id, market.market_id)]
    wallet = position_wallet(state, account_id, market.market_id)
    event = next_event(state, EventKind.POSITION_SETTLED)
    event.market_id = market.market_id
    event.account_id = account_id
    event.wallet = wallet_kind(wallet)
    event.position_lots = position.qty_lots
    event.mark_subticks = market.mark_subticks
    event.funding_atoms = realise_funding(state, market, account_id)
    event.value_atoms = value_at(market, market.mark_subticks, position.qty_lots)
    event.pnl_atoms = event.value_atoms - position.entry_value_atoms
    clearing = clearing_wallet(market.market_id)
    transfer(state, market.settle_asset_id, clearing, wallet, event.pnl_atoms, Reason.SETTLEMENT)
    close_settled(state, market, position, wallet)
    charge_settlement(state, market, position, wallet, event)
    pay_debt(state, wallet)
    event.balance_atoms = settlement_atoms(state, wallet)
    if not is_holding(state, wallet):
        bear_shortfall(state, wallet)
    settle_isolated(state, account_id, market.market_id)
    touch(state, wallet)


@rule
def close_settled(state: State, market: Market, position: Position, wallet: I64) -> None:
    """Nothing is open any more; all of an isolated wallet stands behind the fee."""
    market.open_lots -= larger(position.qty_lots, 0)
    position.qty_lots = 0
    position.entry_value_atoms = 0
    position.margin_atoms = 0
    if position.isolated == 1:
        position.margin_atoms = settlement_atoms(state, wallet)


@rule
def charge_settlement(
    state: State, market: Market, position: Position, wallet: I64, event: Event
) -> None:
    """The fee on what was settled, as far as equity reaches.   LIFE-005

    fee = |value| * rate, rounded up.
    """
    fee = mul_div_ceil(absolute(event.value_atoms), market.settle_fee_ppm, PPM)
    fee = smaller(fee, larger(0, equity_atoms(state, wallet)))
    venue = system_wallet(System.VENUE)
    transfer(state, market.settle_asset_id, wallet, venue, fee, Reason.SETTLEMENT_FEE)
    event.fee_atoms = fee
    position.margin_atoms = 0
    position.realised_atoms += event.pnl_atoms
    position.fees_atoms += fee


@rule
def sweep_all(state: State, market: Market) -> None:
    """What rounding has left goes to the venue; the clearing account is zero.   LIFE-007"""
    clearing = clearing_wallet(market.market_id)
    left = settlement_atoms(state, clearing)
    assert market.open_lots == 0 and left >= 0
    venue = system_wallet(System.VENUE)
    transfer(state, market.settle_asset_id, clearing, venue, left, Reason.SETTLEMENT_RESIDUE)
    market.residue_parts = 0
    market.funding_rate_e18 = 0
    market.funding_lot_parts = 0
