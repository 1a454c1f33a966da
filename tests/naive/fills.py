"""What a fill does to one side: funding, profit or loss, fee, isolated margin, collateral.

Chosen: the taker's side is booked whole before the maker's, and the maker's order ends before
the reduce-only orders that the fill makes useless (the maker's, then the taker's). An account's own
reduce-only orders end when the position closes or turns, waiting ones too, but for the order that
is just taking. Where several orders of an account end, the newest ends first: it matters where two
of them are linked.
Who is closed at the zero-equity price (assigned, covered, unwound) pays no fee.
"""

from __future__ import annotations

from dataclasses import dataclass

from longshore.engine.codes import MarketKind, OrderState, Reason, Role, Side, System, WalletKind
from longshore.engine.rows import Market
from tests.naive import fees, worth
from tests.naive.book import room_to_reduce, sign
from tests.naive.funding import index_at, realise, sweep_if_closed
from tests.naive.ledger import clearing, convert_debt, move, venue_purse
from tests.naive.margin import (
    equity,
    free,
    opening_margin,
    orders_changed,
    position_margin,
    rebalance,
)
from tests.naive.state import Order, Position, State, toward_zero

LADDER = (Role.LIQUIDATION, Role.PARTIAL_LIQUIDATION)
AT_ZERO = (Role.ASSIGNOR, Role.COVERED, Role.TAKEN_OVER, Role.UNWIND_BANKRUPT)
FREE_OF_FEE = (*AT_ZERO, Role.ASSIGNEE, Role.UNWIND_COUNTERPARTY)
KEEPS_MARGIN = (*LADDER, *AT_ZERO)


@dataclass
class Split:
    """One fill against one position: what it closes, realises and opens."""

    closed_lots: int
    realised_atoms: int
    opened_atoms: int
    rest: Position
    after: Position


def split(position: Position, moved_lots: int, value: int, way: int) -> Split:
    """MRGN-010, MRGN-011: a fill closes first and opens the rest. `value` is the whole fill's."""
    qty, entry = position.qty_lots, position.entry_atoms
    closed = min(abs(qty), abs(moved_lots)) if qty * moved_lots < 0 else 0
    direction = 1 if moved_lots > 0 else -1
    share = toward_zero(entry * closed, abs(qty)) if closed else 0
    opened = value * (abs(moved_lots) - closed) // abs(moved_lots)
    realised = -way * (value - opened) - share
    rest = Position(qty + direction * closed, entry - share)
    after = Position(qty + moved_lots, rest.entry_atoms + way * opened)
    return Split(closed, realised, opened, rest, after)


def margin_after(s: State, account_id: int, market: Market, fill: Split, money: list[int]) -> int:
    """P* after a fill; money: P with the funding, size before, fee."""
    margin, size, fee = money
    if fill.after.qty_lots == 0:
        return 0
    if fill.closed_lots and fill.rest.qty_lots == 0:
        return opening_margin(s, account_id, market, Position(), fill)
    if fill.closed_lots:
        share = margin * fill.closed_lots // abs(size)
        return margin - share + min(0, share + fill.realised_atoms - fee)
    return margin + opening_margin(s, account_id, market, fill.rest, fill)


def fee_due(s: State, account_id: int, market: Market, value: int, role: int) -> int:
    """Maker or taker fee of a fill outside the ladder."""
    if role in FREE_OF_FEE:
        return 0
    tier = fees.tier(s, account_id, market)
    return fees.fee(value, tier.maker_ppm if role == Role.MAKER else tier.taker_ppm)


def pay_fees(s: State, account_id: int, market: Market, value: int, role: int) -> int:
    """FEES-001, FEES-003: to the venue; in the ladder only as far as equity reaches."""
    kind = s.margin_wallet(account_id, market.market_id)
    wallet, purse = (account_id, kind), venue_purse(System.VENUE)
    due = [fee_due(s, account_id, market, value, role)]
    if role in LADDER:
        due.append(fees.fee(value, market.liquidation_fee_ppm))
        for number, amount in enumerate(due):
            due[number] = min(amount, max(0, equity(s, account_id, kind)))
            move(s, market.settle_asset_id, wallet, purse, due[number])
    else:
        move(s, market.settle_asset_id, wallet, purse, due[0])
    return sum(due)


def book_side(s: State, account_id: int, market: Market, moved: int, ticks: int, role: int) -> bool:
    """One side of a perpetual fill; `moved` is signed. Whether a position closed or turned."""
    position = s.positions[account_id, market.market_id]
    kind = s.margin_wallet(account_id, market.market_id)
    margin_before = position_margin(s, account_id, market)
    size_before = position.qty_lots
    funding = realise(s, account_id, market) if size_before else 0
    position.funding_index = index_at(market, s.time_us)
    value = worth.value(market, ticks, abs(moved))
    fill = split(position, moved, value, worth.way(market, moved))
    source = clearing(market.market_id)
    move(s, market.settle_asset_id, source, (account_id, kind), fill.realised_atoms)
    position.qty_lots, position.entry_atoms = fill.after.qty_lots, fill.after.entry_atoms
    paid = pay_fees(s, account_id, market, value, role)
    fees.count(s, account_id, market, value)
    if s.isolated(account_id, market.market_id) and role not in KEEPS_MARGIN:
        money = [margin_before + funding, size_before, paid]
        rebalance(s, account_id, market, margin_after(s, account_id, market, fill, money))
    convert_debt(s, (account_id, kind))
    return size_before != 0 and size_before * position.qty_lots <= 0


def book_both(s: State, market: Market, sides: list[tuple[int, int, int]], ticks: int) -> list[int]:
    """Both sides, given as account, signed size, role; whose position closed or turned."""
    closed = [a for a, moved, role in sides if book_side(s, a, market, moved, ticks, role)]
    sweep_if_closed(s, market)
    return closed[::-1]


def end_order(s: State, order: Order, reason: int) -> None:
    """An order is gone, and with it the one linked to it (ORDR-010)."""
    if s.orders.pop(order.order_id, None) is None:
        return
    s.ended.append((order.order_id, int(reason)))
    market = s.markets[order.market_id]
    orders_changed(s, order.account_id, market)
    for asleep in brackets(s, order):
        if asleep.state == OrderState.ASLEEP:
            end_order(s, asleep, Reason.LINKED)
    end_linked(s, order)


def brackets(s: State, order: Order) -> list[Order]:
    """ORDR-019: the stop and the target of an order that are still there."""
    return [s.orders[number] for number in order.brackets if number in s.orders]


def end_linked(s: State, order: Order) -> None:
    """ORDR-010."""
    linked = s.orders.get(order.linked_id)
    order.linked_id = 0
    if linked is not None and linked.state == OrderState.TAKING:
        linked.linked_id, linked.stopped = 0, True  # it ends itself, and takes no more
    elif linked is not None:
        linked.linked_id = 0 if linked.linked_id == order.order_id else linked.linked_id
        end_order(s, linked, Reason.LINKED)


def end_reduce_only(s: State, account_id: int, market: Market) -> None:
    """ORDR-008, ORDR-019: the position closed or turned."""
    have = s.positions[account_id, market.market_id].qty_lots
    for order in s.newest_first(account_id):
        here = order.market_id == market.market_id and order.reduce_only
        here = here and (order.qty_lots or order.closes)
        if not here or order.state in (OrderState.TAKING, OrderState.ASLEEP):
            continue
        if order.parent_id and room_to_reduce(have, order.side):
            continue
        if order.parent_id in s.orders:
            order.state, order.qty_lots = OrderState.ASLEEP, 0
        else:
            end_order(s, order, Reason.REDUCE_ONLY_DONE)


def match(s: State, taker: Order, maker: Order, qty: int, role: int, at_ticks: int = 0) -> None:
    """One match at the maker's price (ORDR-002), or at an auction's (HALT-007)."""
    market = s.markets[taker.market_id]
    ticks = at_ticks or maker.price_ticks
    rested = [order for order in (taker, maker) if order.state == OrderState.RESTING]
    for order in (taker, maker):
        order.qty_lots -= qty
        order.filled_lots += qty
    for order in rested if not at_ticks else (taker, maker):
        if order.display_lots and order.qty_lots:  # ORDR-027
            order.shown_lots = min(order.shown_lots, order.qty_lots + qty) - qty
            if order.shown_lots == 0:
                s.priority += 1
                order.priority, order.shown_lots = s.priority, order.display_lots
    if market.halt_move_ppm and not at_ticks:
        window = s.time_us // market.halt_window_us
        if window != market.halt_window:
            market.halt_window, market.halt_ticks = window, market.last_ticks
    market.last_ticks, market.last_time_us = ticks, s.time_us
    market.volume_lots += qty
    closed = []
    if market.kind == MarketKind.SPOT:
        book_spot(s, taker, maker, qty, ticks, role)
    else:
        moved = sign(taker.side) * qty
        sides = [(taker.account_id, moved, role), (maker.account_id, -moved, int(Role.MAKER))]
        held = [s.positions[a, market.market_id].qty_lots for a, _, _ in sides]
        closed = book_both(s, market, sides, ticks)
        for order, had, (_, size, _) in zip((taker, maker), held, sides, strict=True):
            closing = min(abs(had), abs(size)) if had * size < 0 else 0
            protect(s, order, abs(size) - closing)
    for order in rested:
        if order.qty_lots == 0:
            end_order(s, order, Reason.FILLED)
    for account_id in closed:
        end_reduce_only(s, account_id, market)


def protect(s: State, order: Order, opened: int) -> None:
    """ORDR-019: what a fill opened is added to the order's stop and target."""
    for bracket in brackets(s, order) if opened else ():
        bracket.qty_lots += opened
        bracket.state = OrderState.WAITING


def spot_hold(s: State, order: Order) -> int:
    """ORDR-017: what an order keeps; at its limit, with the taker fee of today's tier."""
    market = s.markets[order.market_id]
    if order.side == Side.SELL:
        return order.qty_lots * market.lot_base_atoms
    value = order.price_ticks * order.qty_lots * market.atoms_per_tick_lot
    return value + fees.fee(value, fees.taker_ppm(s, order.account_id, market))


def book_spot(s: State, taker: Order, maker: Order, qty: int, ticks: int, taken_as: int) -> None:
    """Coins one way, money the other, fees to the venue in the quote asset."""
    market = s.markets[taker.market_id]
    value = ticks * qty * market.atoms_per_tick_lot
    buyer, seller = (taker, maker) if taker.side == Side.BUY else (maker, taker)
    places = (buyer.account_id, WalletKind.CASH), (seller.account_id, WalletKind.CASH)
    move(s, market.base_asset_id, places[1], places[0], qty * market.lot_base_atoms)
    move(s, market.quote_asset_id, places[0], places[1], value)
    for order in (taker, maker):
        if order.state == OrderState.RESTING:
            order.hold_atoms = spot_hold(s, order)
    for order, role in ((taker, taken_as), (maker, Role.MAKER)):
        due = fee_due(s, order.account_id, market, value, role)
        due = min(due, free(s, order.account_id, WalletKind.CASH, market.quote_asset_id))
        purse = venue_purse(System.VENUE)
        move(s, market.quote_asset_id, (order.account_id, WalletKind.CASH), purse, due)
    for order in (taker, maker):
        fees.count(s, order.account_id, market, value)
