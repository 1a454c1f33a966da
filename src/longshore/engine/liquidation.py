"""The liquidation ladder: the rulebook's list of steps, one bounded step at a time.   LIQD-002"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64, NIL
from longshore.engine.adl import (
    assign_room_lots,
    book_between,
    highest_ranked,
)
from longshore.engine.bankruptcy import band_ticks, is_inside_band, unwind_ticks, zero_equity_ticks
from longshore.engine.book import best_level, opposite, ticks_max
from longshore.engine.bounds import drop_bounds
from longshore.engine.codes import (
    OrderType,
    Reason,
    Role,
    Side,
    Step,
    System,
    WalletKind,
)
from longshore.engine.cuts import fills_whole, is_above_backstop, lots_to_reduce, pauses
from longshore.engine.events import EventKind
from longshore.engine.insurance import bear_shortfall
from longshore.engine.isolated import settle_isolated
from longshore.engine.ledger import cross_wallet, is_isolated
from longshore.engine.legs import leg_place, market_at, places
from longshore.engine.margin import (
    equity_atoms,
    initial_atoms,
    initial_requirement,
    initial_with_orders_atoms,
    is_frozen_market,
    is_liquidatable,
    is_margined_by,
    maintenance_atoms,
    maintenance_of,
    notional_atoms,
    own_atoms,
)
from longshore.engine.moved import touch
from longshore.engine.nets import added_margin
from longshore.engine.orders import clear_draft, new_order
from longshore.engine.peaks import fund_has_fallen
from longshore.engine.rows import Event, Market, Position, Task
from longshore.engine.sharing import begin_sharing
from longshore.engine.state import (
    State,
    next_event,
    position_slot,
    wallet_account,
    wallet_kind,
)
from longshore.engine.tasks import (
    SWEEP_ADDING,
    SWEEP_WALLET,
    TASK_LADDER,
    TASK_MATCH,
    pop_task,
    push_sweep,
    push_task,
)
from longshore.engine.timers import TIMER_WAKE, set_timer
from longshore.engine.topups import is_topped_up
from longshore.engine.units import absolute, larger, mul_div_ceil, smaller
from longshore.engine.value import value_at
from longshore.engine.wakes import freeze, leave_risk


@rule
def act_on_risk(state: State, wallet: I64) -> None:
    """A wallet is below a margin: liquidate it, or end the orders that add risk.

    MRGN-009, MODE-008
    """
    leave_risk(state, wallet)
    if is_frozen(state, wallet):
        freeze(state, wallet)
        return
    if is_liquidatable(state, wallet):
        if not is_topped_up(state, wallet):
            enter_ladder(state, wallet)
        return
    event = wallet_event(state, EventKind.MARGIN_BREACHED, wallet)
    event.margin_atoms = initial_with_orders_atoms(state, wallet)
    push_sweep(state, wallet_account(wallet), wallet, SWEEP_ADDING, Reason.MARGIN_BREACH)
    touch(state, wallet)


@rule
def is_frozen(state: State, wallet: I64) -> bool:
    """Whether it has positions, all of them in frozen markets.   PRIC-005, ORDR-014"""
    return is_holding(state, wallet) and worst_market(state, wallet) == 0


@rule
def is_holding(state: State, wallet: I64) -> bool:
    """Whether a wallet margins an open position."""
    account_id = wallet_account(wallet)
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            return True
    return False


@rule
def wallet_event(state: State, kind: I64, wallet: I64) -> Event:
    """An event about a wallet's equity and maintenance margin."""
    event = next_event(state, kind)
    event.account_id = wallet_account(wallet)
    event.wallet = wallet_kind(wallet)
    event.equity_atoms = equity_atoms(state, wallet)
    event.margin_atoms = maintenance_atoms(state, wallet)
    return event


@rule
def enter_ladder(state: State, wallet: I64) -> None:
    """The wallet sets foot on the first rung."""
    account_id = wallet_account(wallet)
    drop_bounds(state, wallet)
    state.wallets[wallet].rung = 1
    state.wallets[wallet].rung_place = 0
    state.wallets[wallet].assign_after = 0
    for place in range(1, places(state, account_id) + 1):
        if is_margined_by(state, wallet, place):
            position = state.positions[position_slot(account_id, place)]
            position.ladder_lots = absolute(position.qty_lots)
    event = wallet_event(state, EventKind.LIQUIDATION_STARTED, wallet)
    worst = worst_market(state, wallet)
    if worst != 0:
        market = market_at(state, worst)
        event.market_id = market.market_id
        event.mark_subticks = market.mark_subticks
        event.index_subticks = state.assets[market.base_asset_id].index_subticks
        event.position_lots = state.positions[position_slot(account_id, worst)].qty_lots
    state.match_left_lots = 0
    push_task(state, TASK_LADDER, wallet)


@rule
def worst_market(state: State, wallet: I64) -> I64:
    """The place of the largest maintenance margin, the first of them that are equal; 0: none.

    Positions in frozen markets are left alone.   PRIC-005
    """
    account_id = wallet_account(wallet)
    found = 0
    most = 0
    for place in range(1, places(state, account_id) + 1):
        position = state.positions[position_slot(account_id, place)]
        if position.qty_lots != 0 and is_margined_by(state, wallet, place):
            margin = maintenance_of(state, account_id, place)
            frozen = is_frozen_market(state, market_at(state, place))
            if not frozen and (found == 0 or margin > most):
                found = place
                most = margin
    return found


@rule
def ladder_step(state: State, rung: I64) -> I64:
    """The Step on a rung; DONE past the last."""
    return state.ladder[rung].step if rung <= state.ladder_count else Step.DONE


@rule
def step_ladder(state: State, task: Task) -> None:
    """Ask whether the wallet is cured; if not, take the next step.   LIQD-002"""
    wallet = task.a
    worst = worst_market(state, wallet)
    row = state.wallets[wallet]
    step = ladder_step(state, row.rung)
    if worst == 0 or is_cured(state, wallet, step == Step.PARTIAL, market_at(state, worst)):
        leave_ladder(state, wallet)
        return
    if step == Step.CANCEL_ORDERS:
        cancel_orders(state, wallet)
    elif step == Step.PARTIAL or step == Step.CUT_TIERS:
        close_part(state, wallet, worst, step)
    elif step == Step.FULL:
        full(state, wallet, worst)
    else:
        if row.rung_place == 0:
            row.rung_place = worst
        close_rest(state, wallet, step)


@rule
def cancel_orders(state: State, wallet: I64) -> None:
    """All open and waiting orders on the wallet end.   LIQD-003"""
    state.wallets[wallet].rung += 1
    report_step(state, wallet, Step.CANCEL_ORDERS, 0, 0)
    push_sweep(state, wallet_account(wallet), wallet, SWEEP_WALLET, Reason.LIQUIDATED)


@rule
def is_cured(state: State, wallet: I64, by_parts: bool, market: Market) -> bool:
    """Equity at maintenance margin; where parts are closed, the rulebook's choice.   LIQD-019"""
    if by_parts and market.partial_to_initial == 1:
        return equity_atoms(state, wallet) >= initial_atoms(state, wallet)
    return not is_liquidatable(state, wallet)


@rule
def close_part(state: State, wallet: I64, place: I64, step: I64) -> None:
    """A part of the largest position, inside the band; again while it fills whole.

    LIQD-004, LIQD-020
    """
    row = state.wallets[wallet]
    market = market_at(state, place)
    position = state.positions[position_slot(wallet_account(wallet), place)]
    if state.match_left_lots == 0 and step == Step.PARTIAL and pauses(state, row, market):
        pause(state, wallet, market)
        return
    lots = lots_to_reduce(state, row, market, position, step)
    if state.match_left_lots > 0 or lots == 0:
        state.match_left_lots = 0
        row.rung += 1
        return
    zero = zero_equity_ticks(state, wallet, market, position)
    band = band_ticks(market, position, market.mark_subticks, market.partial_band_ppm)
    limit = larger(zero, band) if position.qty_lots > 0 else smaller(zero, band)
    report_step(state, wallet, step, lots, limit)
    if step == Step.CUT_TIERS and market.cut_whole == 1:
        if not fills_whole(state, wallet_account(wallet), place, lots, limit):
            row.rung += 1
            return
    send_liquidation(state, wallet, place, lots, limit, Role.PARTIAL_LIQUIDATION)
    if step == Step.PARTIAL:
        row.partial_us = state.time_us


@rule
def pause(state: State, wallet: I64, market: Market) -> None:
    """The ladder is left for a while; then the question is asked anew.   LIQD-018"""
    row = state.wallets[wallet]
    row.paused_us = state.time_us + market.pause_us
    row.wake_node = set_timer(state, row.wake_node, row.paused_us, TIMER_WAKE, wallet)
    leave_ladder(state, wallet)


@rule
def full(state: State, wallet: I64, place: I64) -> None:
    """The whole position at the zero-equity price.   LIQD-005"""
    row = state.wallets[wallet]
    row.rung += 1
    row.rung_place = place
    row.assign_after = 0
    market = market_at(state, place)
    position = state.positions[position_slot(wallet_account(wallet), place)]
    lots = absolute(position.qty_lots)
    limit = zero_equity_ticks(state, wallet, market, position)
    report_step(state, wallet, Step.FULL, lots, limit)
    send_liquidation(state, wallet, place, lots, limit, Role.LIQUIDATION)


@rule
def close_rest(state: State, wallet: I64, step: I64) -> None:
    """The steps that close one position for good; with nothing left, start over.   LIQD-015"""
    row = state.wallets[wallet]
    position = state.positions[position_slot(wallet_account(wallet), row.rung_place)]
    frozen = is_frozen_market(state, market_at(state, row.rung_place))
    if position.qty_lots == 0 or step == Step.DONE or frozen:
        row.rung = 1
        row.rung_place = 0
        state.match_left_lots = 0
        return
    market = market_at(state, row.rung_place)
    if is_above_backstop(state, wallet, market):
        pause(state, wallet, market)
    elif step == Step.ASSIGN:
        assign(state, wallet, market, position)
    elif step == Step.UNWIND:
        unwind(state, wallet, market, position)
    elif step == Step.SOCIALISE:
        socialise(state, wallet, market, position)
    else:
        cover(state, wallet, market, position, step)


@rule
def assign(state: State, wallet: I64, market: Market, position: Position) -> None:
    """The next provider takes its share of what is left; on when a round finds nobody.   LIQD-007

    In rounds, lowest id first: what is left / providers still to come in the round, rounded up.
    """
    row = state.wallets[wallet]
    account_id = wallet_account(wallet)
    place = row.rung_place
    price = zero_equity_ticks(state, wallet, market, position)
    provider = NIL
    if is_inside_band(market, position, price, market.assign_band_ppm):
        provider = next_provider(state, place, account_id, row.assign_after)
        if provider == NIL and row.assign_after != NIL:
            provider = next_provider(state, place, account_id, NIL)
            row.assign_after = NIL
    if provider == NIL:
        row.rung += 1
        return
    to_come = providers_after(state, place, account_id, row.assign_after)
    share = mul_div_ceil(absolute(position.qty_lots), 1, to_come)
    lots = smaller(share, assignable_lots(state, place, account_id, provider))
    row.assign_after = provider
    report_step(state, wallet, Step.ASSIGN, lots, price)
    state.matches[0].price_ticks = price
    book_between(state, place, account_id, provider, lots, Role.ASSIGNOR)


@rule
def next_provider(state: State, place: I64, bankrupt_id: I64, after_id: I64) -> I64:
    """The first provider after an account that can take a lot; or nobody."""
    for account_id in range(after_id + 1, state.accounts_count + 1):
        if assignable_lots(state, place, bankrupt_id, account_id) > 0:
            return account_id
    return NIL


@rule
def providers_after(state: State, place: I64, bankrupt_id: I64, after_id: I64) -> I64:
    """How many providers after an account can take a lot."""
    count = 0
    for account_id in range(after_id + 1, state.accounts_count + 1):
        if assignable_lots(state, place, bankrupt_id, account_id) > 0:
            count += 1
    return count


@rule
def assignable_lots(state: State, place: I64, bankrupt_id: I64, account_id: I64) -> I64:
    """How much of a liquidated position a provider has room and margin for.

    The margin must carry the whole of its room, or of the position if that is less.
    """
    market = market_at(state, place)
    position = state.positions[position_slot(bankrupt_id, place)]
    if account_id == bankrupt_id:
        return 0
    room = assign_room_lots(state, market, account_id, position.qty_lots)
    lots = smaller(room, absolute(position.qty_lots))
    if lots == 0:
        return 0
    added = lots if position.qty_lots > 0 else -lots
    return lots if carries(state, market, account_id, added) else 0


@rule
def carries(state: State, market: Market, account_id: I64, added_lots: I64) -> bool:
    """Whether a provider's cross wallet has the initial margin for an added, signed size."""
    wallet = cross_wallet(state, account_id, market)
    spare = equity_atoms(state, wallet) - initial_with_orders_atoms(state, wallet)
    is_long = added_lots > 0
    place = leg_place(state, account_id, market.market_id, added_lots)
    held = state.positions[position_slot(account_id, place)]
    added_lots = absolute(added_lots)
    size = notional_atoms(market, held)
    lots = absolute(held.qty_lots)
    added_atoms = absolute(value_at(market, market.mark_subticks, added_lots))
    before = initial_requirement(state, market, held, size, lots)
    after = initial_requirement(state, market, held, size + added_atoms, lots + added_lots)
    return spare >= added_margin(state, market, is_long, after - before)


@rule
def cover(state: State, wallet: I64, market: Market, position: Position, step: I64) -> None:
    """Into the book, a fund paying what is worse.   LIQD-008, LIQD-010, LIQD-016"""
    place = state.wallets[wallet].rung_place
    state.wallets[wallet].rung += 1
    side = Side.SELL if position.qty_lots > 0 else Side.BUY
    best = best_level(market, opposite(side))
    if best == NIL or (step != Step.COVERED and fund_has_fallen(state, market)):
        return
    guaranteed = zero_equity_ticks(state, wallet, market, position)
    lots = absolute(position.qty_lots)
    best_subticks = state.levels[best].price_ticks * market.tick_subticks
    limit = band_ticks(market, position, best_subticks, market.cover_band_ppm)
    if market.cover_mark_ppm > 0:
        bound = band_ticks(market, position, market.mark_subticks, market.cover_mark_ppm)
        limit = larger(limit, bound) if side == Side.SELL else smaller(limit, bound)
    fund = System.POOL
    role = Role.TAKEN_OVER if step == Step.TAKEOVER else Role.COVERED
    if step != Step.COVERED:
        fund = System.INSURANCE
        limit = 1 if side == Side.SELL else ticks_max(market)
    report_step(state, wallet, step, lots, limit)
    send_liquidation(state, wallet, place, lots, limit, role)
    order = state.orders[state.tasks[state.tasks_count - 1].a]
    order.guaranteed_ticks = guaranteed
    order.fund_id = fund


@rule
def socialise(state: State, wallet: I64, market: Market, position: Position) -> None:
    """Into the book at any price; what the wallet then lacks, the winners bear.   LIQD-022"""
    place = state.wallets[wallet].rung_place
    state.wallets[wallet].rung += 1
    state.wallets[wallet].loss_market_id = market.market_id
    lots = absolute(position.qty_lots)
    limit = 1 if position.qty_lots > 0 else ticks_max(market)
    report_step(state, wallet, Step.SOCIALISE, lots, limit)
    send_liquidation(state, wallet, place, lots, limit, Role.LIQUIDATION)


@rule
def unwind(state: State, wallet: I64, market: Market, position: Position) -> None:
    """What is left, against the highest-ranked opposite position.   LIQD-009"""
    account_id = wallet_account(wallet)
    place = state.wallets[wallet].rung_place
    other_id = highest_ranked(state, market, position.qty_lots)
    assert other_id != NIL
    other_place = leg_place(state, other_id, market.market_id, -position.qty_lots)
    other = state.positions[position_slot(other_id, other_place)]
    lots = smaller(absolute(position.qty_lots), absolute(other.qty_lots))
    price = unwind_ticks(state, wallet, market, position)
    report_step(state, wallet, Step.UNWIND, lots, price)
    state.matches[0].price_ticks = price
    book_between(state, place, account_id, other_id, lots, Role.UNWIND_BANKRUPT)


@rule
def report_step(state: State, wallet: I64, step: I64, lots: I64, limit_ticks: I64) -> None:
    """The event of a step."""
    event = wallet_event(state, EventKind.LIQUIDATION_STEP, wallet)
    place = state.wallets[wallet].rung_place
    if step == Step.PARTIAL or step == Step.CUT_TIERS:
        place = worst_market(state, wallet)
    event.market_id = market_at(state, place).market_id
    event.type = step
    event.qty_lots = lots
    event.price_ticks = limit_ticks
    event.mark_subticks = market_at(state, place).mark_subticks


@rule
def send_liquidation(
    state: State, wallet: I64, place: I64, lots: I64, limit_ticks: I64, role: I64
) -> None:
    """A reduce-only, immediate-or-cancel order of the venue on the wallet's position."""
    draft = state.drafts[0]
    account_id = wallet_account(wallet)
    position = state.positions[position_slot(account_id, place)]
    clear_draft(draft)
    draft.account_id = account_id
    draft.market_id = market_at(state, place).market_id
    draft.place = place
    draft.side = Side.SELL if position.qty_lots > 0 else Side.BUY
    draft.type = OrderType.LIQUIDATION
    draft.price_ticks = limit_ticks
    draft.qty_lots = lots
    draft.role = role
    push_task(state, TASK_MATCH, new_order(state, draft, lots))


@rule
def leave_ladder(state: State, wallet: I64) -> None:
    """Cured, or nothing is open: bear what is lacking, return what is left.   LIQD-011, LIQD-014"""
    row = state.wallets[wallet]
    closed = not is_holding(state, wallet)
    if closed and row.loss_market_id != 0 and begin_sharing(state, wallet):
        return
    pop_task(state)
    left = own_atoms(state, wallet)
    row.loss_market_id = 0
    row.rung = 0
    row.rung_place = 0
    kind = wallet_kind(wallet)
    if closed:
        bear_shortfall(state, wallet)
        if is_isolated(wallet):
            account_id = wallet_account(wallet)
            market_id = kind - WalletKind.ISOLATED
            state.positions[position_slot(account_id, market_id)].margin_atoms = 0
            settle_isolated(state, account_id, market_id)
    elif is_isolated(wallet):
        position = state.positions[
            position_slot(wallet_account(wallet), kind - WalletKind.ISOLATED)
        ]
        position.margin_atoms = left
    event = wallet_event(state, EventKind.LIQUIDATION_ENDED, wallet)
    event.flag = 1 if closed else 0
    event.expire_us = row.paused_us
    touch(state, wallet)
