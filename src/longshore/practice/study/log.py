"""From an account's events, one after the other, to its trades, orders and refusals.

What is kept is all that is needed to go on: a log cut anywhere and taken up again is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, cast

import msgspec
from msgspec import Meta

from longshore.engine import codes
from longshore.engine.codes import OrderType, Reason, Reject, Role, Signal, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.margin import maintenance_requirement
from longshore.engine.rows import Event
from longshore.engine.state import State
from longshore.practice.study.exposure import Exposure, Exposures
from longshore.practice.study.notes import note_before, note_buffer, note_margin
from longshore.practice.study.rows import (
    ZERO,
    EndedBy,
    Fate,
    MarketKind,
    Order,
    OrderKind,
    Refusal,
    Trade,
    Trigger,
)
from longshore.rulebooks import Catalog, MarketInfo

HOUR_US = 3_600_000_000
MARGIN_MOVES = (Reason.ISOLATED_MARGIN, Reason.MARGIN_TOP_UP, Reason.TRANSFER)
MADE_GOOD = (Reason.COVER, Reason.BANKRUPTCY, Reason.TAKEOVER, Reason.SHARED_LOSS)
"""Why money comes to, or goes from, a liquidated position besides its fills."""

KINDS: dict[codes.MarketKind, MarketKind] = {
    codes.MarketKind.SPOT: "spot",
    codes.MarketKind.LINEAR_PERPETUAL: "perpetual",
    codes.MarketKind.LINEAR_FUTURE: "future",
}
TYPES: dict[OrderType, OrderKind] = {
    OrderType.LIMIT: "limit",
    OrderType.MARKET: "market",
    OrderType.POST_ONLY: "post",
    OrderType.STOP: "stop",
    OrderType.TAKE_PROFIT: "target",
}
TRIGGERS: dict[int, Trigger] = {
    Signal.MARK: "mark",
    Signal.INDEX: "index",
    Signal.LAST: "last",
}
FATES: dict[Reason, Fate] = {
    Reason.FILLED: "filled",
    Reason.BY_USER: "you",
    Reason.LINKED: "linked",
    Reason.REDUCE_ONLY_DONE: "position",
    Reason.LIQUIDATED: "liquidation",
    Reason.MARGIN_BREACH: "margin",
}
ENDINGS: dict[int, EndedBy] = {
    Role.LIQUIDATION: "liquidation",
    Role.PARTIAL_LIQUIDATION: "liquidation",
    Role.ASSIGNOR: "liquidation",
    Role.COVERED: "liquidation",
    Role.TAKEN_OVER: "liquidation",
    Role.UNWIND_BANKRUPT: "liquidation",
    Role.UNWIND_COUNTERPARTY: "unwinding",
}


class Rules(msgspec.Struct, frozen=True):
    """What a world's events are read with: symbols and units, its margin tiers, its start."""

    catalog: Catalog
    view: State
    start_us: int

    def maintenance_usd(self, market: MarketInfo, value: Decimal, lots: int) -> Decimal:
        """Maintenance margin on a value and a size."""
        row = self.view.markets[market.market_id]
        atoms = int(value.scaleb(market.settle.decimals))
        return market.settle.amount(int(maintenance_requirement(self.view, row, atoms, abs(lots))))


class Log(msgspec.Struct, kw_only=True):
    """What an account did so far. `fold` takes one event on; they come in order."""

    account_id: int
    paid_in_usd: Annotated[
        Decimal, Meta(description="Practice money paid in, less what was taken out.")
    ] = ZERO
    trades: list[Trade] = []
    orders: list[Order] = []
    refusals: list[Refusal] = []
    wallets: dict[int, Decimal] = {}
    held: Exposures = msgspec.field(default_factory=Exposures)

    @property
    def orders_open(self) -> int:
        """Orders that may still trade, stops and targets included."""
        return sum(order.open for order in self.orders)

    @property
    def positions_open(self) -> int:
        """Trades that are open."""
        return sum(trade.open for trade in self.trades)

    def fold(self, event: Event, rules: Rules) -> None:
        """Take one event into account; one of somebody else's changes nothing."""
        step = _STEPS.get(event.kind)
        if step is not None and self.account_id in (event.account_id, event.other_account_id):
            self.held.go_on(int(event.time_us))
            step(self, event, rules)

    def trade_in(self, market: str, leg: int) -> Trade | None:
        """The open trade of a market; with two legs, of the one."""
        held = (t for t in reversed(self.trades) if t.open and t.market == market)
        return next((t for t in held if t.leg == leg), None)

    def trade_of(self, market: str, lots: int) -> Trade | None:
        """The open trade of a market that is this way round."""
        held = (t for t in reversed(self.trades) if t.open and t.market == market)
        return next((t for t in held if (t.held_lots > 0) == (lots > 0)), None)


def _refused(log: Log, event: Event, rules: Rules) -> None:
    market = rules.catalog.market(int(event.market_id)).symbol if event.market_id else ""
    log.refusals.append(
        Refusal(
            reason=Reject(event.reject).name,
            market=market,
            seq=int(event.seq),
            time_us=int(event.time_us),
            start_us=rules.start_us,
        )
    )


def _placed(log: Log, event: Event, rules: Rules) -> None:
    market = rules.catalog.market(int(event.market_id))
    if event.account_id != log.account_id or not _in_dollars(market):
        return
    if event.type == OrderType.LIQUIDATION:
        return  # the venue's, in the account's name
    kind = TYPES.get(OrderType(event.type), "other")
    trigger = market.price(int(event.trigger_ticks)) if event.trigger_ticks else None
    log.orders.append(
        Order(
            order_id=int(event.order_id),
            market_id=market.market_id,
            leg=int(event.leg),
            market=market.symbol,
            side="buy" if event.side == codes.Side.BUY else "sell",
            type=kind,
            trigger_by=TRIGGERS.get(int(event.signal), "none") if trigger is not None else "none",
            price_usd=market.price(int(event.price_ticks)) if kind in ("limit", "post") else None,
            trigger_usd=trigger,
            reduce_only=event.flag == 1,
            placed_seq=int(event.seq),
            placed_us=int(event.time_us),
            start_us=rules.start_us,
        )
    )


def _amended(log: Log, event: Event, rules: Rules) -> None:
    order = _order(log, event)
    if order is None:
        return
    market = rules.catalog.market(order.market_id)
    if event.trigger_ticks:
        moved = market.price(int(event.trigger_ticks))
        trade = log.trade_in(order.market, order.leg)
        if trade is not None and _protects(order, trade) and order.trigger_usd is not None:
            away = moved < order.trigger_usd if trade.side == "long" else moved > order.trigger_usd
            trade.stop_kept = trade.stop_kept and not away
        order.trigger_usd = moved
    if order.price_usd is not None:
        order.price_usd = market.price(int(event.price_ticks))


def _ended(log: Log, event: Event, rules: Rules) -> None:
    order = _order(log, event)
    if order is None:
        return
    order.fate = FATES.get(Reason(event.reason), "other")
    order.ended_seq, order.ended_us = int(event.seq), int(event.time_us)
    trade = log.trade_in(order.market, order.leg)
    if order.fate == "you" and trade is not None and _protects(order, trade):
        trade.stop_kept = False


def _traded(log: Log, event: Event, rules: Rules) -> None:
    market = rules.catalog.market(int(event.market_id))
    if event.account_id != log.account_id or not _in_dollars(market):
        return
    order = _order(log, event)
    if order is not None:
        order.filled_coins += market.size(int(event.qty_lots))
        order.filled_usd += _value(market, event, int(event.qty_lots))
    _Fill(log, event, market, rules).take()


class _Fill:
    """One fill of the account: it may open, grow, shrink, close or turn a trade."""

    def __init__(self, log: Log, event: Event, market: MarketInfo, rules: Rules) -> None:
        self.log, self.event, self.market, self.rules = log, event, market, rules
        self.side = 1 if event.side == codes.Side.BUY else -1
        self.trade = log.trade_in(market.symbol, int(event.leg))

    def take(self) -> None:
        lots = int(self.event.qty_lots)
        held = 0 if self.trade is None else self.trade.held_lots
        closing = min(lots, abs(held)) if held * self.side < 0 else 0
        fee = self._usd(self.event.fee_atoms)
        if closing and self.trade is not None:
            self._close(self.trade, closing, fee * closing / lots)
        if lots > closing:
            self._open(lots - closing, fee * (lots - closing) / lots)
        _expose(self.log, self.market, self.event, self.rules, self.side * lots)
        if self.market.is_margined:
            self.log.wallets[int(self.event.wallet)] = self._usd(self.event.balance_atoms)

    def _close(self, trade: Trade, lots: int, fee: Decimal) -> None:
        value = _value(self.market, self.event, lots)
        by_owner = self.event.role <= Role.TAKER
        if by_owner:
            note_buffer(trade, self.event, self.market, self.rules)
        self._settle_funding(trade)
        trade.left_coins += self.market.size(lots)
        trade.left_usd += value
        trade.fees_usd += fee
        trade.pnl_usd += self._pnl(trade, lots, value)
        trade.held_lots += self.side * lots
        if trade.held_lots == 0:
            self._end(trade)

    def _pnl(self, trade: Trade, lots: int, value: Decimal) -> Decimal:
        if self.market.is_margined:
            return self._usd(self.event.pnl_atoms)
        return value - trade.entry_usd * self.market.size(lots)

    def _end(self, trade: Trade) -> None:
        trade.closed_seq, trade.closed_us = int(self.event.seq), int(self.event.time_us)
        how = ENDINGS.get(int(self.event.role))
        if how is None:
            kind = TYPES.get(OrderType(self.event.type))
            how = cast("EndedBy", kind) if kind in ("stop", "target") else "you"
        trade.ended_by = how

    def _open(self, lots: int, fee: Decimal) -> None:
        trade = self.log.trade_in(self.market.symbol, int(self.event.leg))
        value = _value(self.market, self.event, lots)
        if trade is None:
            trade = self._begun()
            self.log.trades.append(trade)
        else:
            self._settle_funding(trade)
            trade.grown = trade.grown or trade.opened_by != int(self.event.order_id)
        trade.held_lots += self.side * lots
        trade.entered_coins += self.market.size(lots)
        trade.entered_usd += value
        trade.size_coins = max(trade.size_coins, self.market.size(abs(trade.held_lots)))
        trade.fees_usd += fee
        trade.fee_rate = trade.fees_usd / trade.entered_usd
        note_margin(self.log, trade, self.market, self.rules)

    def _begun(self) -> Trade:
        wallet = int(self.event.wallet)
        isolated = WalletKind.ISOLATED <= wallet < WalletKind.COIN
        if not self.market.is_margined:
            isolated = False
        else:
            self.log.wallets[wallet] = self._usd(self.event.balance_atoms)
        trade = Trade(
            market=self.market.symbol,
            kind=KINDS[self.market.kind],
            side="long" if self.side > 0 else "short",
            isolated=isolated,
            size_coins=ZERO,
            leg=int(self.event.leg),
            opened_by=int(self.event.order_id),
            opened_seq=int(self.event.seq),
            opened_us=int(self.event.time_us),
            settled_us=int(self.event.time_us),
            start_us=self.rules.start_us,
            wallet=wallet,
        )
        note_before(self.log, trade)
        stops = [order for order in self.log.orders if order.open and _protects(order, trade)]
        if stops:
            trade.stop_before_entry = trade.stop_kept = True
            trade.stop_usd = stops[-1].trigger_usd
            trade.stop_by = stops[-1].trigger_by
        return trade

    def _settle_funding(self, trade: Trade) -> None:
        _settle(trade, self._usd(self.event.funding_atoms), int(self.event.time_us))

    def _usd(self, atoms: int) -> Decimal:
        return self.market.settle.amount(int(atoms))


def _funding(log: Log, event: Event, rules: Rules) -> None:
    market = rules.catalog.market(int(event.market_id))
    trade = log.trade_of(market.symbol, int(event.position_lots))
    if trade is not None and _in_dollars(market):
        amount = market.settle.amount(int(event.funding_atoms))
        _settle(trade, amount, int(event.time_us))
        log.wallets[int(event.wallet)] = market.settle.amount(int(event.balance_atoms))


def _settle(trade: Trade, amount: Decimal, time_us: int) -> None:
    """Funding realised; what it came to an hour since it was realised before."""
    if amount and time_us > trade.settled_us:
        trade.funding_hour_usd = amount * HOUR_US / (time_us - trade.settled_us)
    trade.funding_usd += amount
    trade.settled_us = time_us


def _settled(log: Log, event: Event, rules: Rules) -> None:
    market = rules.catalog.market(int(event.market_id))
    trade = log.trade_of(market.symbol, int(event.position_lots))
    if trade is None or not _in_dollars(market):
        return
    usd = market.settle.amount
    _settle(trade, usd(int(event.funding_atoms)), int(event.time_us))
    lots = abs(trade.held_lots)
    _expose(log, market, event, rules, -trade.held_lots)
    trade.left_coins += market.size(lots)
    trade.left_usd += market.mark(int(event.mark_subticks)) * market.size(lots)
    trade.pnl_usd += usd(int(event.pnl_atoms))
    trade.fees_usd += usd(int(event.fee_atoms))
    trade.held_lots = 0
    trade.closed_seq, trade.closed_us = int(event.seq), int(event.time_us)
    trade.ended_by = "settlement"


def _moved(log: Log, event: Event, rules: Rules) -> None:
    """Money between wallets: paid in, put to a position, or lacking after a liquidation."""
    asset = rules.catalog.settlement
    mine, theirs = (event.account_id == log.account_id, event.other_account_id == log.account_id)
    if event.asset_id != asset.asset_id:
        _coins_moved(log, event, rules, int(theirs) - int(mine))
        return
    amount = asset.amount(int(event.amount_atoms))
    if mine:
        log.wallets[int(event.wallet)] = asset.amount(int(event.balance_atoms))
    if theirs:
        log.wallets[int(event.other_wallet)] = asset.amount(int(event.other_balance_atoms))
    if event.reason in (Reason.DEPOSIT, Reason.WITHDRAWAL):
        log.paid_in_usd += amount if theirs else -amount
    elif event.reason in MARGIN_MOVES and theirs:
        _margin_put(log, event, rules)
    elif event.reason in MADE_GOOD and mine != theirs:
        wallet = int(event.wallet) if mine else int(event.other_wallet)
        _make_good(log, wallet, -amount if mine else amount)


def _coins_moved(log: Log, event: Event, rules: Rules, way: int) -> None:
    """Coins paid in, taken out, or taken for a debt; between one's own wallets is no move."""
    coin = rules.catalog.asset(int(event.asset_id))
    if way:
        amount = way * coin.amount(int(event.amount_atoms))
        log.held.move(coin.symbol, amount, ZERO, _at(event, rules))


def _expose(log: Log, market: MarketInfo, event: Event, rules: Rules, lots: int) -> None:
    """So many lots more of a contract; what is bought for spot moves as coins do."""
    if market.is_margined:
        log.held.move(market.base.symbol, ZERO, market.size(lots), _at(event, rules))


def _at(event: Event, rules: Rules) -> Exposure:
    """An exposure's moment."""
    now_us = int(event.time_us)
    return Exposure(
        coin="",
        from_seq=int(event.seq),
        from_us=now_us,
        until_us=now_us,
        start_us=rules.start_us,
    )


def _margin_put(log: Log, event: Event, rules: Rules) -> None:
    """Margin for a position: of its opening command it is part of the entry, later it is more."""
    wallet = int(event.other_wallet)
    trade = next((t for t in reversed(log.trades) if t.open and t.wallet == wallet), None)
    if trade is None or not trade.isolated:
        return
    market = rules.catalog.market(trade.market)
    if event.seq == trade.opened_seq:
        note_margin(log, trade, market, rules)
    else:
        trade.topped_up = True


def _make_good(log: Log, wallet: int, amount: Decimal) -> None:
    trade = next((t for t in reversed(log.trades) if t.wallet == wallet), None)
    if trade is not None:
        trade.pnl_usd += amount


def _liquidated(log: Log, event: Event, rules: Rules) -> None:
    """Only where a liquidation began counts: a ladder may go on in many commands."""
    for trade in log.trades:
        if not trade.open or trade.wallet != event.wallet or trade.liquidated:
            continue
        trade.liquidated = True
        market = rules.catalog.market(trade.market)
        trade.liquidation_equity_usd = market.settle.amount(int(event.equity_atoms))
        if market.market_id == event.market_id:
            trade.liquidation_mark_usd = market.mark(int(event.mark_subticks))


def _order(log: Log, event: Event) -> Order | None:
    """The account's order an event is about."""
    number = int(event.order_id)
    return next((order for order in reversed(log.orders) if order.order_id == number), None)


def _protects(order: Order, trade: Trade) -> bool:
    """Whether an order is a stop that closes a trade."""
    way = "sell" if trade.side == "long" else "buy"
    same = order.market == trade.market and order.leg == trade.leg
    return same and order.type == "stop" and order.side == way


def _value(market: MarketInfo, event: Event, lots: int) -> Decimal:
    return market.price(int(event.price_ticks)) * market.size(lots)


def _in_dollars(market: MarketInfo) -> bool:
    return market.kind in KINDS and market.settle.is_settlement


_STEPS: dict[int, Callable[[Log, Event, Rules], None]] = {
    EventKind.REFUSED: _refused,
    EventKind.ORDER_PLACED: _placed,
    EventKind.ORDER_AMENDED: _amended,
    EventKind.ORDER_ENDED: _ended,
    EventKind.TRADED: _traded,
    EventKind.FUNDING_PAID: _funding,
    EventKind.POSITION_SETTLED: _settled,
    EventKind.TRANSFERRED: _moved,
    EventKind.LIQUIDATION_STARTED: _liquidated,
}
