"""A loss that no fund covers, taken from the winners of its market.   LIQD-022"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.engine.insurance import bear_from_funds
from longshore.engine.ledger import clearing_wallet, transfer
from longshore.engine.legs import is_hedged, leg_place
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
    for holder in range(2, 2 * state.accounts_count + 2):
        total += profit_to_share(state, market, holder)
    if missing == 0 or total == 0:
        row.loss_market_id = 0
        return False
    task = push_task(state, TASK_SHARE, wallet)
    task.c = smaller(missing, total)
    task.d = total
    return True


@rule
def holder_place(state: State, market: Market, holder: I64) -> I64:
    """Where a holder has its position; 0: nowhere.

    Holder 2n is account n with its only or its long position, 2n + 1 with its short leg.
    """
    if holder % 2 == 0:
        return market.market_id
    if is_hedged(state, holder // 2, market.market_id):
        return leg_place(state, holder // 2, market.market_id, -1)
    return NIL


@rule
def profit_to_share(state: State, market: Market, holder: I64) -> I64:
    """The unrealised profit of a holder in a market; 0 in loss."""
    place = holder_place(state, market, holder)
    if place == NIL:
        return 0
    position = state.positions[position_slot(holder // 2, place)]
    return larger(0, unrealised_atoms(market, position)) if position.qty_lots != 0 else 0


@rule
def step_sharing(state: State, task: Task) -> None:
    """The next winner's part, by account id, a short leg after the long one.   LIQD-022

    left * profit / profits still to come, rounded down; the last one's profit is all that is to
    come, so that nothing is left over. Nobody pays more than its profit.
    """
    market = state.markets[state.wallets[task.a].loss_market_id]
    holder = next_winner(state, market, task.b)
    if holder == NIL:
        assert task.c == 0
        state.wallets[task.a].loss_market_id = 0
        pop_task(state)
        return
    profit = profit_to_share(state, market, holder)
    share = mul_div_floor(task.c, profit, task.d)
    task.b = holder
    task.c -= share
    task.d -= profit
    if share > 0:
        take_share(state, market, holder, task.a, share)


@rule
def next_winner(state: State, market: Market, after_id: I64) -> I64:
    """The first holder after another that is in profit; or nobody."""
    for holder in range(larger(2, after_id + 1), 2 * state.accounts_count + 2):
        if profit_to_share(state, market, holder) > 0:
            return holder
    return NIL


@rule
def take_share(state: State, market: Market, holder: I64, wallet: I64, share: I64) -> None:
    """A winner's entry moves toward the mark by its part, which the bankrupt wallet gets."""
    account_id = holder // 2
    place = holder_place(state, market, holder)
    position = state.positions[position_slot(account_id, place)]
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
    touch(state, position_wallet(state, account_id, place))
