"""Orders from Python: an order's words and decimals as commands, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, TypedDict

import msgspec

from longshore.engine.codes import MarginMode, Origin, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.explain.figures import figures
from longshore.explain.outcomes import refused
from longshore.practice.trial import refusal_of
from longshore.rulebooks import MarketInfo
from longshore.world.plan import ORDER_TYPES

Number = Decimal | str | int | float
SideName = Literal["buy", "sell"]
TypeName = Literal["market", "limit", "post", "stop", "take_profit"]
SignalName = Literal["mark", "index", "last"]
MarginName = Literal["cross", "isolated"]
PPM = 1_000_000


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an order. `refused` names why it was not taken, `reason` says it in words."""

    order_id: int
    filled: Decimal
    average_price: Decimal | None
    refused: str
    reason: str
    seq: int

    @property
    def ok(self) -> bool:
        """Whether the venue took it."""
        return not self.refused


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A position as it stands; `size` is below zero for a short. Money in what the market settles.

    `liquidation_price` is None where no price alone does it.
    """

    symbol: str
    size: Decimal
    entry_price: Decimal | None
    mark_price: Decimal
    pnl: Decimal
    margin: Decimal
    equity: Decimal
    maintenance: Decimal
    isolated: bool
    liquidation_price: Decimal | None


def decimal(number: Number) -> Decimal:
    """A number as people write it; a float as it prints."""
    return number if isinstance(number, Decimal) else Decimal(str(number).replace(",", ""))


class OrderTerms(TypedDict, total=False):
    """More of an order: its price, what it waits for, the stop and target it brings along.

    `signal` is the price that sets stop and target off; the mark where nothing is said.
    """

    price: Number | None
    trigger: Number | None
    signal: SignalName
    stop: Number | None
    target: Number | None
    reduce_only: bool


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An order not sent yet."""

    side: SideName
    size: Number
    type: TypeName = "market"
    price: Number | None = None
    trigger: Number | None = None
    signal: SignalName = "mark"
    stop: Number | None = None
    target: Number | None = None
    reduce_only: bool = False


def place_command(market: MarketInfo, account_id: int, draft: Draft) -> Command:
    """The order as a command. Raises ConversionError: no multiple of tick or lot."""
    brings = draft.stop is not None or draft.target is not None
    waits = draft.trigger is not None
    return Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=account_id,
        market_id=market.market_id,
        side=Side.BUY if draft.side == "buy" else Side.SELL,
        type=ORDER_TYPES[draft.type],
        price_ticks=_ticks(market, draft.price),
        trigger_ticks=_ticks(market, draft.trigger),
        stop_ticks=_ticks(market, draft.stop),
        target_ticks=_ticks(market, draft.target),
        signal=Signal[draft.signal.upper()] if brings or waits else 0,
        qty_lots=market.qty_lots(decimal(draft.size)),
        reduce_only=int(draft.reduce_only),
    )


def leverage_command(
    market: MarketInfo, account_id: int, leverage: Number | None, margin: MarginName | None
) -> Command:
    """Margin mode and leverage; without a mode isolated at a leverage, or cross without one."""
    modes = {"cross": MarginMode.CROSS, "isolated": MarginMode.ISOLATED}
    return Command(
        kind=CommandKind.SET_LEVERAGE,
        origin=Origin.USER,
        account_id=account_id,
        market_id=market.market_id,
        leverage_ppm=0 if leverage is None else int(decimal(leverage) * PPM),
        value=MarginMode.BY_LEVERAGE if margin is None else modes[margin],
    )


def _ticks(market: MarketInfo, price: Number | None) -> int:
    return 0 if price is None else market.price_ticks(decimal(price))


def placed(market: MarketInfo, account_id: int, events: Sequence[Event], seq: int) -> Placed:
    """What an order's events say."""
    reject = refusal_of(list(events))
    orders = [e for e in events if e.kind == EventKind.ORDER_PLACED]
    own = [e for e in events if e.kind == EventKind.TRADED and e.account_id == account_id]
    ended = [e for e in events if e.kind == EventKind.ORDER_ENDED and e.reject]
    lots = sum(int(event.qty_lots) for event in own)
    paid = sum((market.price(int(e.price_ticks)) * int(e.qty_lots) for e in own), Decimal(0))
    if reject == Reject.NONE and ended and not lots:
        reject = Reject(ended[0].reject)
    return Placed(
        order_id=int(orders[0].order_id) if orders else 0,
        filled=market.size(lots),
        average_price=paid / lots if lots else None,
        refused="" if reject == Reject.NONE else reject.name,
        reason="" if reject == Reject.NONE else refused(reject),
        seq=seq,
    )


def position_of(view: State, market: MarketInfo, account_id: int) -> Position | None:
    """A position's figures as decimals; None where nothing is held."""
    held = figures(view, account_id, market.market_id)
    if held.qty_lots == 0:
        return None
    liquidation = held.liquidation
    by_price = liquidation.state == "price"
    return Position(
        symbol=market.symbol,
        size=market.size(held.qty_lots),
        entry_price=market.mark(held.entry_subticks),
        mark_price=market.mark(held.mark_subticks),
        pnl=market.settle.amount(held.pnl_atoms),
        margin=market.settle.amount(held.margin_atoms),
        equity=market.settle.amount(held.equity_atoms),
        maintenance=market.settle.amount(held.maintenance_atoms),
        isolated=held.is_isolated,
        liquidation_price=market.mark(liquidation.subticks) if by_price else None,
    )
