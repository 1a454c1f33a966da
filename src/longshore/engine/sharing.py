"""A loss that no fund covers, taken from the winners of its market.   LIQD-022"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.engine.insurance import bear_from_funds
from longshore.engine.ledger import clearing_wallet, transfer
from longshore.engine.margin import position_wallet, unrealised_atoms
from longshore.engine.moved import touch
from longshore.engine.rows import Market, Task
from longshore.engine.state import State, next_event, position_slot, wallet_account
from longshore.engine.tasks import TASK_SHARE, pop_task, push_task
from longshore.engine.units import larger, mul_div_floor, smaller


@rule
def begin_sharing(state: State, wallet: I64) -> bool:
    """What a closed wallet still lacks after the funds is to be shared; whether there is anything.

    The task holds what is left to take, and the winners' profit it is taken from.
    """
    row = state.wallets[wallet]
    missing = bear_from_funds(state, wallet)
    market = state.markets[row.loss_market_id]
    total = 0
    for account_id in range(1, state.accounts_count + 1):
        total += profit_to_share(state, market, account_id)
    if missing == 0 or total == 0:
        row.loss_market_id = 0
        return False
    task = push_task(state, TASK_SHARE, wallet)
    task.c = smaller(missing, total)
    task.d = total
    return True


@rule
def profit_to_share(state: State, market: Market, account_id: I64) -> I64:
    """The unrealised profit of an account in a market; 0 in loss."""
    position = state.positions[position_slot(account_id, market.market_id)]
    return larger(0, unrealised_atoms(market, position)) if position.qty_lots != 0 else 0


@rule
def step_sharing(state: State, task: Task) -> None:
    """The next winner's part, by account id.   LIQD-022

    left * profit / profits still to come, rounded down; the last one's profit is all that is to
    come, so that nothing is left over. Nobody pays more than its profit.
    """
    market = state.markets[state.wallets[task.a].loss_market_id]
    account_id = next_winner(state, market, task.b)
    if account_id == NIL:
        assert task.c == 0
        state.wallets[task.a].loss_market_id = 0
        pop_task(state)
        return
    profit = profit_to_share(state, market, account_id)
    share = mul_div_floor(task.c, profit, task.d)
    task.b = account_id
    task.c -= share
    task.d -= profit
    if share > 0:
        take_share(state, market, account_id, task.a, share)


@rule
def next_winner(state: State, market: Market, after_id: I64) -> I64:
    """The first account after another that is in profit; or nobody."""
    for account_id in range(after_id + 1, state.accounts_count + 1):
        if profit_to_share(state, market, account_id) > 0:
            return account_id
    return NIL


@rule
def take_share(state: State, market: Market, account_id: I64, wallet: I64, share: I64) -> None:
    """A winner's entry moves toward the mark by its part, which the bankrupt wallet gets."""
    position = state.positions[position_slot(account_id, market.market_id)]
    position.entry_value_atoms += share
    clearing = clearing_wallet(market.market_id)
    transfer(state, market.settle_asset_id, clearing, wallet, share, Reason.SHARED_LOSS)
    event = next_event(state, EventKind.LOSS_SHARED)
    event.account_id = account_id
    event.market_id = market.market_id
    event.other_account_id = wallet_account(wallet)
    event.amount_atoms = share
    event.value_atoms = position.entry_value_atoms
    event.position_lots = position.qty_lots
    event.mark_subticks = market.mark_subticks
    touch(state, position_wallet(state, account_id, market.market_id))
