"""Plans: what to begin one with, the size that follows from one, and keeping it with its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Side
from longshore.engine.ledger import cross_wallet
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.margin import equity_atoms
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice import plan as planned
from longshore.practice.plan import REASONS, Plan
from longshore.practice.sizing import Sizing, mean_ticks, taken
from longshore.venue.dialects.native import draft, render
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.markets import LimitQuery
from longshore.venue.dialects.native.schema.base import SideName
from longshore.venue.dialects.native.schema.bodies import PlanBody
from longshore.venue.dialects.native.schema.practice import (
    PlanReply,
    PlanRow,
    PlanStart,
    ReasonChoice,
)
from longshore.venue.dialects.native.wire import Call, Query, decimal

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.native.schema.account import OrderResult
    from longshore.venue.dialects.native.schema.bodies import OrderBody, PlanNote

HOUR_US = 3_600_000_000
US_PER_MS = 1_000
HOURS_MAX = 8_784
NOTE_MAX = 200


class PlanQuery(Query):
    """The order that is to be planned."""

    symbol: str
    side: SideName = "buy"


async def start_plan(call: Call, query: PlanQuery) -> PlanStart:
    """Values to begin a plan with, and the reasons it may name."""
    info = _margined(call, query.symbol)
    view = call.venue.view
    wallet = cross_wallet(view, call.account_id, view.markets[info.market_id])
    moves = await call.venue.moves.of(info.market_id, call.venue.now_us)
    equity = int(equity_atoms(view, wallet))
    begun = planned.start(view, info, draft.SIDES[query.side], equity, moves)
    return PlanStart(
        reasons=[ReasonChoice(code=code, label=say(f"reason-{code}")) for code in REASONS],
        max_loss=render.text(info.settle.amount(begun.loss_atoms)),
        stop_price=render.price(info, begun.stop_ticks),
        target_price=render.price(info, begun.target_ticks),
        text=begun.text,
    )


async def list_plans(call: Call, query: LimitQuery) -> list[PlanRow]:
    """The account's plans, newest first."""
    plans = call.venue.plans.newest(call.account_id, query.span().limit)
    return [plan_row(call.venue.catalog.market(each.market_id), each) for each in plans]


def plan_row(info: MarketInfo, plan: Plan) -> PlanRow:
    """One plan on the wire."""
    return PlanRow(
        order_id=str(plan.order_id),
        time=render.ms(plan.time_us),
        symbol=info.symbol,
        side="long" if plan.is_long else "short",
        reason=plan.reason,
        reason_text=say(f"reason-{plan.reason}"),
        note=plan.note,
        size=render.size(info, plan.lots),
        stop_price=render.price(info, plan.stop_ticks),
        max_loss=render.text(info.settle.amount(plan.loss_atoms)),
        max_loss_text=fmt.amount(info, plan.loss_atoms),
        target_price=render.price_or_none(info, plan.target_ticks),
        hold_ms=render.ms(plan.hold_us) or None,
        entry_price=render.price(info, plan.entry_ticks),
    )


async def size_plan(call: Call, body: PlanBody) -> PlanReply:
    """The size at which no more than the limit is lost at the stop, fees and slippage in."""
    info = _margined(call, body.symbol)
    side = draft.SIDES[body.side]
    way = 1 if side == Side.BUY else -1
    stop, loss = _stop(info, body.stop_price), _loss(info, body.max_loss, "max_loss")
    limit = 0 if body.price is None else _above_zero(info, body.price, "price")
    target = (
        0 if body.target_price is None else _above_zero(info, body.target_price, "target_price")
    )
    hold_us = _hold_us(body.hours, "hours")
    sizing = Sizing(call.venue.view, call.account_id, info.market_id, side)
    touch = limit or sizing.touch_ticks
    if touch and way * (touch - stop) <= 0:
        return _none(say("stop-wrong-side", stop=f"{info.price(stop):,f}"), "stop_price")
    found = sizing.sized(loss, stop, limit)
    if found is None:
        return _none(say("plan-no-book"), "")
    told = planned.told(call.venue.view, info, found, stop, target, hold_us)
    if found.limited == "least":
        return _none(told[0], "max_loss")
    amounts = (found.loss_atoms, found.fees_atoms, found.slippage_atoms)
    lost, fees, slippage = (render.text(info.settle.amount(atoms)) for atoms in amounts)
    return PlanReply(
        ok=True,
        reason="",
        field="",
        size=render.size(info, found.lots),
        loss=lost,
        fees=fees,
        slippage=slippage,
        sentences=told,
    )


def _none(reason: str, field: str) -> PlanReply:
    return PlanReply(
        ok=False, reason=reason, field=field, size="", loss="", fees="", slippage="", sentences=[]
    )


class Intent:
    """What is meant by an order, read before it is sent; kept once it is taken."""

    def __init__(self, call: Call, info: MarketInfo, body: OrderBody, note: PlanNote) -> None:
        """Read it all. Raises ApiError by the name of the field."""
        if not info.is_margined or body.reduce_only:
            raise bad_value("A plan belongs to an order that opens risk.", "plan")
        if len(note.note) > NOTE_MAX:
            raise bad_value(f"A note has at most {NOTE_MAX} characters.", "plan.note")
        if body.stop_price is None:
            raise bad_value("A plan says where it is wrong: its order has a stop.", "stop_price")
        self._reason = note.reason
        self._note = note.note
        self._stop_ticks = _stop(info, body.stop_price)
        self.loss_atoms = _loss(info, note.max_loss, "plan.max_loss")
        self._hold_us = _hold_us(note.hours, "plan.hours")
        self._target_ticks = 0
        if body.target_price is not None:
            self._target_ticks = _above_zero(info, body.target_price, "target_price")
        if not (self._target_ticks or self._hold_us):
            raise bad_value("A plan has an exit: a target, a time, or both.", "target_price")
        self._info = info
        self._side = draft.SIDES[body.side]
        self._lots = draft.lots(info, body.size or "0")
        self._entry_ticks = self._expected(call, body)

    def _expected(self, call: Call, body: OrderBody) -> int:
        """The price that the book, or the limit, lets one expect."""
        if body.price is not None:
            return _above_zero(self._info, body.price, "price")
        sizing = Sizing(call.venue.view, call.account_id, self._info.market_id, self._side)
        return round(mean_ticks(taken(sizing.entry_levels, self._lots)))

    def keep(self, call: Call, result: OrderResult) -> None:
        """Keep it with the order it came with."""
        order_id = int(result.order.id)
        plan = Plan(
            order_id=order_id,
            seq=order_id // ORDER_IDS_PER_COMMAND,
            time_us=result.order.placed_ms * US_PER_MS,
            market_id=self._info.market_id,
            is_long=self._side == Side.BUY,
            reason=self._reason,
            note=self._note,
            stop_ticks=self._stop_ticks,
            loss_atoms=self.loss_atoms,
            target_ticks=self._target_ticks,
            hold_us=self._hold_us,
            lots=self._lots,
            entry_ticks=self._entry_ticks,
        )
        call.venue.plans.keep(call.account_id, plan)


def planned_loss(call: Call, body: OrderBody) -> int:
    """What an order's plan accepts to lose; 0 without a plan."""
    if body.plan is None:
        return 0
    info = draft.market_of(call.venue.catalog, body.symbol)
    return _loss(info, body.plan.max_loss, "plan.max_loss")


def intent(call: Call, info: MarketInfo, body: OrderBody) -> Intent | None:
    """The plan an order came with, read."""
    return None if body.plan is None else Intent(call, info, body, body.plan)


def _margined(call: Call, symbol: str) -> MarketInfo:
    info = draft.market_of(call.venue.catalog, symbol)
    if not info.is_margined:
        raise bad_value("Spot is owned: there is nothing to plan by a stop.", "symbol")
    return info


def _stop(info: MarketInfo, price: str) -> int:
    return _above_zero(info, price, "stop_price")


def _above_zero(info: MarketInfo, price: str, field: str) -> int:
    found = draft.ticks(info, price, field)
    if found <= 0:
        raise bad_value("This must be above zero.", field)
    return found


def _loss(info: MarketInfo, amount: str, field: str) -> int:
    number = decimal(amount, field)
    if number <= 0:
        raise bad_value("This must be above zero.", field)
    return draft.atoms(info.settle, number, field)


def _hold_us(hours: str | None, field: str) -> int:
    if hours is None:
        return 0
    number = decimal(hours, field)
    if not 0 < number <= HOURS_MAX:
        raise bad_value(f"This is above 0 and at most {HOURS_MAX} hours.", field)
    return int(number * HOUR_US)
