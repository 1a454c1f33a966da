"""Article 03, asked before an order: the account as it would be, and whether it can carry that.

Chosen: the requirement of MRGN-004 counts every order, reduce-only ones too. MAX_POSITION counts
what is filled now and what rests.
"""

from __future__ import annotations

import copy

from longshore.engine.codes import (
    OrderState,
    Reject,
    Side,
)
from tests.naive import fees, margin, worth
from tests.naive.book import (
    AT_ONCE,
    lost,
    sign,
)
from tests.naive.fills import margin_after, split
from tests.naive.ledger import balance
from tests.naive.prices import mark_value
from tests.naive.state import PPM, SHORT, Order, Position, State


class After:
    """The account after an order: what it takes now is filled at the book's prices."""

    def __init__(self, s: State, order: Order, replaced: Order | None, fills: list) -> None:
        """Walks through the fills with the very rules of booking (MRGN-004)."""
        self.s, self.order = s, order
        self.market = s.markets[order.where]
        account_id = order.account_id
        self.kind = s.margin_wallet(account_id, order.where)
        self.isolated = s.isolated(account_id, order.market_id)
        self.before = s.positions[account_id, order.where]
        self.position = copy.copy(self.before)
        self.fees = self.realised = 0
        self.taken = sum(qty for _, qty in fills)
        self.margin = margin.position_margin(s, account_id, self.market)
        parts = margin.accrued_parts(s, account_id, self.market, s.time_us)
        self.accrued = parts // self.market.atom_parts
        self.funding = self.accrued if fills else 0
        for maker, qty in fills:
            self.fill(maker.price_ticks, qty)
        self.left = left = order.qty_lots - self.taken - lost(s, order)
        rests = not order.reduce_only and order.type not in AT_ONCE
        self.rest_value = worth.value(self.market, order.price_ticks, left) * rests
        self.sides = {
            side: margin.open_value(s, account_id, self.market, side)
            - (self.old_value(replaced) if replaced and replaced.side == side else 0)
            + (self.rest_value if order.side == side else 0)
            for side in (Side.BUY, Side.SELL)
        }
        self.lots = {
            side: sum(
                o.qty_lots
                for o in margin.adding(s, account_id, order.where)
                if o.side == side and o is not replaced
            )
            + (left * rests if order.side == side else 0)
            for side in (Side.BUY, Side.SELL)
        }

    def old_value(self, replaced: Order) -> int:
        """What the amended order counted."""
        if replaced.reduce_only or replaced.state != OrderState.RESTING:
            return 0
        return worth.value(self.market, replaced.price_ticks, replaced.qty_lots)

    def fill(self, ticks: int, qty: int) -> None:
        """One fill on the imagined position."""
        s, market, account_id = self.s, self.market, self.order.account_id
        value = worth.value(market, ticks, qty)
        paid = fees.fee(value, fees.taker_ppm(s, account_id, market))
        funding, self.accrued = self.accrued, 0
        moved = sign(self.order.side) * qty
        done = split(self.position, moved, value, worth.way(market, moved))
        if self.isolated:
            money = [self.margin + funding, self.position.qty_lots, paid]
            self.margin = margin_after(s, account_id, market, done, money)
        self.position = done.after
        self.fees += paid
        self.realised += done.realised_atoms

    def rest_loss(self) -> int:
        """What the rest would lose by mark if it filled at its limit now."""
        order = self.order
        left = 0 if order.type in AT_ONCE else self.left
        moved = sign(order.side) * left
        paid = worth.way(self.market, moved) * worth.value(self.market, order.price_ticks, left)
        return max(0, paid - mark_value(self.market, moved))

    def signed(self, position: Position) -> int:
        """Notional with its sign."""
        return margin.basis(self.market, position.qty_lots, position.entry_atoms)

    def requirement(self) -> int:
        """Initial margin with orders after."""
        held = self.signed(self.position), self.position.qty_lots
        buys, sells = ((self.sides[side], self.lots[side]) for side in (Side.BUY, Side.SELL))
        larger = margin.larger_side(held, buys, sells)
        return margin.initial(self.s, self.order.account_id, self.market, *larger)

    def above_risk_limit(self, replaced: Order | None) -> bool:
        """MRGN-018: the order's side would grow above what the owner chose."""
        market, side = self.market, self.order.side
        if not market.risk_base_atoms:
            return False
        way = 1 if side == Side.BUY else -1
        before = margin.open_value(self.s, self.order.account_id, market, side)
        before -= self.old_value(replaced) if replaced and replaced.side == side else 0
        was = max(0, way * self.signed(self.before) + before)
        grown = max(0, way * self.signed(self.position) + self.sides[side])
        return was < grown > margin.risk_limit(self.s, self.order.account_id, market)

    def equity_change(self) -> int:
        """How equity differs afterwards; funding was part of it all along."""
        profits = [
            mark_value(self.market, p.qty_lots) - p.entry_atoms
            for p in (self.before, self.position)
        ]
        return self.realised - self.fees + profits[1] - profits[0]

    def maintenance(self) -> int:
        """The wallet's maintenance margin afterwards."""
        s, account_id, market = self.s, self.order.account_id, self.market
        kept = margin.maintenance_of(s, account_id, market, self.position)
        part = market.base_asset_id, self.position.qty_lots > 0, kept
        parts = margin.maintenance_parts(s, account_id, self.kind)
        return margin.netted(s, (parts | {market.market_id: part}).values())

    def initial(self) -> int:
        """The wallet's initial margin with orders afterwards."""
        s, market = self.s, self.market
        on_long = margin.counts_long(self.position.qty_lots, self.sides)
        part = market.base_asset_id, on_long, self.requirement()
        parts = margin.initial_parts(s, self.order.account_id, self.kind)
        return margin.netted(s, (parts | {market.market_id: part}).values())

    def isolated_need(self) -> int:
        """What must move from the cross wallet: P* + O* - B, all booked."""
        s, account_id, market = self.s, self.order.account_id, self.market
        signed = abs(self.signed(self.position))
        lots = abs(self.position.qty_lots)
        target = self.requirement() - margin.initial(s, account_id, market, signed, lots)
        rate = fees.taker_ppm(s, account_id, market)
        target += fees.fee(sum(self.sides.values()), rate)
        have = balance(s, (account_id, self.kind), market.settle_asset_id)
        return self.margin + target - (have + self.funding + self.realised - self.fees)

    def funded_margin(self, moved: int) -> int:
        """The position's own equity when this much has moved in."""
        have = balance(self.s, (self.order.account_id, self.kind), self.market.settle_asset_id)
        have += self.funding + self.realised - self.fees + moved
        profit = mark_value(self.market, self.position.qty_lots) - self.position.entry_atoms
        left = 0 if self.taken else self.accrued
        return min(self.margin, have) + profit + left


def check_margin(s: State, order: Order, replaced: Order | None, fills: list) -> Reject:
    """MRGN-004 to MRGN-007."""
    if not order.reduce_only and above_maximum(s, order, replaced, fills):
        return Reject.MAX_POSITION
    after = After(s, order, replaced, fills)
    refusal = isolated_refusal(after, replaced, fills) if after.isolated else cross_refusal(after)
    if refusal == Reject.NONE and after.above_risk_limit(replaced):
        return Reject.RISK_LIMIT
    return refusal


def cross_refusal(after: After) -> Reject:
    """MRGN-004, MRGN-005."""
    s, account_id = after.s, after.order.account_id
    equity = margin.equity(s, account_id, after.kind) + after.equity_change()
    equity -= after.rest_loss()
    grows = after.initial() > margin.wallet_initial(s, account_id, after.kind)
    if grows and equity < after.initial():
        return Reject.INSUFFICIENT_MARGIN
    if (after.taken or after.rest_loss()) and equity < after.maintenance():
        return Reject.WOULD_LIQUIDATE
    return Reject.NONE


def isolated_refusal(after: After, replaced: Order | None, fills: list) -> Reject:
    """MRGN-005, MRGN-007."""
    s, order, market = after.s, after.order, after.market
    grows = after.requirement() > margin.initial_with_orders(s, order.account_id, market)
    need = after.isolated_need()
    home = s.cross_kind(market.market_id)
    can = margin.free(s, order.account_id, home, market.settle_asset_id)
    held = after.before.qty_lots
    closing = abs(held) if sign(order.side) * held < 0 else 0
    if (grows or after.taken > closing) and need > can:
        return Reject.INSUFFICIENT_MARGIN
    futures = [after] if after.taken else []
    if after.rest_loss():
        left = min(after.left, max(0, closing - after.taken)) if order.reduce_only else after.left
        futures.append(After(s, order, replaced, [*fills, (order, left)]))
    thin = (f.funded_margin(min(f.isolated_need(), can)) < f.maintenance() for f in futures)
    return Reject.WOULD_LIQUIDATE if any(thin) else Reject.NONE


def above_maximum(s: State, order: Order, replaced: Order | None, fills: list) -> bool:
    """MRGN-006."""
    market = s.markets[order.market_id]
    have = s.positions[order.account_id, order.where].qty_lots
    others = sum(
        o.qty_lots
        for o in margin.adding(s, order.account_id, order.where)
        if o.side == order.side and (replaced is None or o.order_id != replaced.order_id)
    )
    rests = order.qty_lots - lost(s, order)
    counted = sum(qty for _, qty in fills) if order.type in AT_ONCE else rests
    held = (p for (_, m), p in s.positions.items() if m % SHORT == market.market_id % SHORT)
    share = sum(max(0, p.qty_lots) for p in held) * market.position_open_ppm // PPM
    most = max(market.position_max_lots, share)  # ORDR-029
    return sign(order.side) * have + others + counted > most
