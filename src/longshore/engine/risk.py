"""The margin an order would need: the position and the wallet as they would be after it.

MRGN-004, MRGN-005, MRGN-006, MRGN-007
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import OrderType, Reject, Side, WalletKind
from longshore.engine.estimate import add_taken, unmet_lots
from longshore.engine.fees import taker_fee_atoms
from longshore.engine.isolated import keep_after_close, opening_margin_atoms, orders_margin_atoms
from longshore.engine.ledger import cross_wallet, settlement_atoms
from longshore.engine.legs import market_at
from longshore.engine.limits import VALUE_MAX_ATOMS
from longshore.engine.margin import (
    accrued_atoms,
    equity_atoms,
    free_atoms,
    initial_with_orders_atoms,
    initial_with_orders_of,
    maintenance_atoms,
    maintenance_of,
    maintenance_on,
    requirement_with_orders,
    unrealised_atoms,
)
from longshore.engine.nets import added_margin, is_on_long_side
from longshore.engine.positions import closed_lots, entry_after_fill, signed
from longshore.engine.risk_limits import exceeds_risk_limit
from longshore.engine.rows import Market, Order, Position
from longshore.engine.state import State, position_slot, wallet_slot
from longshore.engine.units import PPM, absolute, clamp, larger, mul_div_floor, smaller
from longshore.engine.value import lots_worth_too_much, signed_value, value_at, value_atoms


@rule
def margin_refusal(state: State, draft: Order) -> I64:
    """Position limit, initial margin, maintenance margin, risk limit, in this order."""
    market = state.markets[draft.market_id]
    position = state.positions[position_slot(draft.account_id, draft.place)]
    after = state.afters[0]
    if exceeds_value_limit(state, market, position, draft):
        return Reject.MAX_POSITION
    foresee(state, market, position, draft)
    if exceeds_position_limit(market, position, after, draft):
        return Reject.MAX_POSITION
    limited = market.risk_base_atoms > 0 and exceeds_risk_limit(market, position, after, draft)
    if position.isolated == 0:
        refusal = cross_refusal(state, market, position, draft)
    else:
        refusal = isolated_refusal(state, market, position, draft)
    if refusal == Reject.NONE and limited:
        return Reject.RISK_LIMIT
    return refusal


@rule
def resting_lots(state: State, draft: Order) -> I64:
    """What would rest of a draft and count as risk."""
    if draft.reduce_only == 1:
        return 0
    if draft.type != OrderType.LIMIT and draft.type != OrderType.POST_ONLY:
        return 0
    return unmet_lots(draft, state.estimates[0])


@rule
def foresee(state: State, market: Market, position: Position, draft: Order) -> None:
    """Fill `afters[0]` with the position after what the draft takes and rests."""
    estimate = state.estimates[0]
    after = state.afters[0]
    lots = signed(draft.side, estimate.qty_lots)
    value = signed_value(market, draft.side, estimate.value_atoms)
    resting = resting_lots(state, draft)
    resting_value = value_atoms(market, draft.price_ticks, resting)
    after.leverage_ppm = position.leverage_ppm
    after.risk_steps = position.risk_steps
    after.entry_value_atoms = entry_after_fill(position, lots, value)
    if estimate.closing_lots > 0 and estimate.qty_lots > estimate.closing_lots:
        rest = estimate.value_atoms - estimate.closing_value_atoms
        after.entry_value_atoms = signed_value(market, draft.side, rest)
    after.qty_lots = position.qty_lots + lots
    after.buy_lots = position.buy_lots
    after.buy_value_atoms = position.buy_value_atoms
    after.sell_lots = position.sell_lots
    after.sell_value_atoms = position.sell_value_atoms
    if draft.side == Side.BUY:
        after.buy_lots += resting
        after.buy_value_atoms += resting_value
    else:
        after.sell_lots += resting
        after.sell_value_atoms += resting_value


@rule
def exceeds_position_limit(
    market: Market, position: Position, after: Position, draft: Order
) -> bool:
    """Whether the order's side could grow the position above the market's maximum.   MRGN-006"""
    if draft.side == Side.BUY:
        reach = after.qty_lots + after.buy_lots
        grows = reach > position.qty_lots + position.buy_lots
    else:
        reach = after.sell_lots - after.qty_lots
        grows = reach > position.sell_lots - position.qty_lots
    too_dear = lots_worth_too_much(market, reach, market.mark_subticks)  # none below zero
    return grows and (reach > position_most_lots(market, reach) or too_dear)


@rule
def position_most_lots(market: Market, reach_lots: I64) -> I64:
    """The largest position: the market's maximum, or its share of open interest.   ORDR-029

    open_lots * position_open_ppm / 10**6, rounded down; asked only beyond the maximum.
    """
    most = market.position_max_lots
    if market.position_open_ppm == 0 or reach_lots <= most:
        return most
    return larger(most, mul_div_floor(market.open_lots, market.position_open_ppm, PPM))


@rule
def exceeds_value_limit(state: State, market: Market, position: Position, draft: Order) -> bool:
    """Whether one side's orders would be worth more than the engine counts with."""
    resting = value_atoms(market, draft.price_ticks, resting_lots(state, draft))
    waiting = larger(position.buy_value_atoms, position.sell_value_atoms)
    return resting > VALUE_MAX_ATOMS - waiting


@rule
def cross_refusal(state: State, market: Market, position: Position, draft: Order) -> I64:
    """The cross wallet after the order.   MRGN-004, MRGN-005"""
    estimate = state.estimates[0]
    after = state.afters[0]
    wallet = cross_wallet(state, draft.account_id, market)
    equity = equity_atoms(state, wallet) + taking_effect_atoms(state, market, position, draft)
    equity -= resting_loss_atoms(state, market, draft)
    asked = requirement_with_orders(state, market, after)
    if state.netting == 1 or asked > estimate.before_atoms:
        now = initial_with_orders_of(state, draft.account_id, draft.place)
        needed = initial_with_orders_atoms(state, wallet)
        needed += added_margin(state, market, is_on_long_side(position), -now)
        needed += added_margin(state, market, is_on_long_side(after), asked)
        grows = state.netting == 0 or needed > estimate.before_atoms
        if grows and equity < needed:
            return Reject.INSUFFICIENT_MARGIN
    if could_lose(state, market, draft):
        needed = maintenance_atoms(state, wallet)
        if position.qty_lots != 0:
            now = maintenance_of(state, draft.account_id, draft.place)
            needed += added_margin(state, market, position.qty_lots > 0, -now)
        kept = maintenance_on(state, market, after)
        needed += added_margin(state, market, after.qty_lots > 0, kept)
        if equity < needed:
            return Reject.WOULD_LIQUIDATE
    return Reject.NONE


@rule
def ask_before(state: State, account_id: I64, place: I64) -> None:
    """Keep what initial margin is before an order, itself if amended included.   MRGN-004

    The market's, or where the rulebook nets the cross wallet's, since others share the market's.
    """
    before = initial_with_orders_of(state, account_id, place)
    if state.netting == 1 and state.positions[position_slot(account_id, place)].isolated == 0:
        wallet = cross_wallet(state, account_id, market_at(state, place))
        before = initial_with_orders_atoms(state, wallet)
    state.estimates[0].before_atoms = before


@rule
def left_to_rest(state: State, draft: Order) -> I64:
    """What would rest of a draft, whether it counts as risk or not."""
    if draft.type != OrderType.LIMIT and draft.type != OrderType.POST_ONLY:
        return 0
    return unmet_lots(draft, state.estimates[0])


@rule
def resting_loss_atoms(state: State, market: Market, draft: Order) -> I64:
    """What the part that rests would lose by mark if it filled at its limit now.   MRGN-004"""
    lots = left_to_rest(state, draft)
    if lots == 0:
        return 0
    worth = value_at(market, market.mark_subticks, signed(draft.side, lots))
    paid = signed_value(market, draft.side, value_atoms(market, draft.price_ticks, lots))
    return larger(0, paid - worth)


@rule
def could_lose(state: State, market: Market, draft: Order) -> bool:
    """Whether an order takes, or could fill worse than mark.   MRGN-005"""
    return state.estimates[0].qty_lots > 0 or resting_loss_atoms(state, market, draft) > 0


@rule
def taking_effect_atoms(state: State, market: Market, position: Position, draft: Order) -> I64:
    """What taking does to equity: what is taken, valued at mark, less what it costs and the fee."""
    estimate = state.estimates[0]
    after = state.afters[0]
    gained = value_at(market, market.mark_subticks, after.qty_lots)
    gained -= value_at(market, market.mark_subticks, position.qty_lots)
    fee = taker_fee_atoms(state, draft.account_id, market, estimate.value_atoms)
    return gained - signed_value(market, draft.side, estimate.value_atoms) - fee


@rule
def isolated_refusal(state: State, market: Market, position: Position, draft: Order) -> I64:
    """Whether the cross wallet can fund the isolated one, and this one keeps its margin after.

    MRGN-005, MRGN-007
    """
    estimate = state.estimates[0]
    after = state.afters[0]
    realised = foresee_margin(state, market, position, draft)
    opens = estimate.qty_lots > estimate.closing_lots
    if opens or requirement_with_orders(state, market, after) > estimate.before_atoms:
        if unfunded_atoms(state, market, draft, realised) > 0:
            return Reject.INSUFFICIENT_MARGIN
    if estimate.qty_lots > 0 and is_too_thin(state, market, draft, realised):
        return Reject.WOULD_LIQUIDATE
    if resting_loss_atoms(state, market, draft) > 0:
        take_rest(state, draft)
        foresee(state, market, position, draft)
        realised = foresee_margin(state, market, position, draft)
        if is_too_thin(state, market, draft, realised):
            return Reject.WOULD_LIQUIDATE
    return Reject.NONE


@rule
def isolated_need_atoms(state: State, market: Market, draft: Order) -> I64:
    """What the isolated wallet of `afters[0]` should hold: for itself, for orders.   MRGN-007"""
    after = state.afters[0]
    return after.margin_atoms + orders_margin_atoms(state, draft.account_id, market, after)


@rule
def unfunded_atoms(state: State, market: Market, draft: Order, realised_atoms: I64) -> I64:
    """What of that would be missing when all that is free in the cross wallet has come."""
    home = cross_wallet(state, draft.account_id, market)
    wallet = wallet_slot(draft.account_id, WalletKind.ISOLATED + market.market_id)
    held = settlement_atoms(state, wallet) + realised_atoms
    missing = isolated_need_atoms(state, market, draft) - held
    return larger(0, missing - free_atoms(state, home, market.settle_asset_id))


@rule
def is_too_thin(state: State, market: Market, draft: Order, realised_atoms: I64) -> bool:
    """Whether the position in `afters[0]` would have less than its maintenance margin."""
    after = state.afters[0]
    unfunded = unfunded_atoms(state, market, draft, realised_atoms)
    there = isolated_need_atoms(state, market, draft) - unfunded
    equity = smaller(after.margin_atoms, there) + unrealised_atoms(market, after)
    return equity < maintenance_on(state, market, after)


@rule
def take_rest(state: State, draft: Order) -> None:
    """Count what would rest of a draft as taken too, at its limit.   MRGN-005"""
    estimate = state.estimates[0]
    lots = left_to_rest(state, draft)
    if draft.reduce_only == 1:
        lots = clamp(estimate.closing_lots - estimate.qty_lots, 0, lots)
    add_taken(state, draft, estimate, draft.price_ticks, lots)


@rule
def foresee_margin(state: State, market: Market, position: Position, draft: Order) -> I64:
    """The margin of the position after what the draft takes; what the wallet realises by that.

    Funding first, then profit or loss, then the fee.
    """
    estimate = state.estimates[0]
    after = state.afters[0]
    after.margin_atoms = position.margin_atoms
    if estimate.qty_lots == 0:
        return 0
    funding = accrued_atoms(state, market, position)
    after.margin_atoms += funding
    lots = signed(draft.side, estimate.qty_lots)
    value = signed_value(market, draft.side, estimate.value_atoms)
    closed = closed_lots(position.qty_lots, lots)
    fee = taker_fee_atoms(state, draft.account_id, market, estimate.value_atoms)
    realised = after.entry_value_atoms - position.entry_value_atoms - value
    if closed > 0:
        keep_after_close(after, closed, absolute(position.qty_lots), realised - fee)
    if closed < estimate.qty_lots:
        opened = absolute(value) if closed == 0 else absolute(after.entry_value_atoms)
        lots_opened = estimate.qty_lots - closed
        after.margin_atoms += opening_margin_atoms(state, market, after, opened, lots_opened)
    return funding + realised - fee
